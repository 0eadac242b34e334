"""Benchmarks in a real Chromium: what a person waits for, beside a one-line Streamlit app.

Every time is taken in the page: from the event of the key or the pen to the first change of the
chart's picture, or from the start of the navigation to the first heading.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.table import Row
from tests.e2e.chromium import FLAGS, find_chromium, serve

TITLE = 'import streamlit as st; st.title("Hello")'
SLIDER = 'import streamlit as st; st.line_chart([0, st.slider("x", 0, 100)])'
"""The one-line apps to compare with: one for the first paint, one for a slider and its chart."""

LESSONS = {
    "one_weight": "Learning rate",
    "normal_equation": "True slope",
    "gradient_descent": "Learning rate",
    "weight_and_bias": "Learning rate",
}
"""The slider that is moved on each lesson's page."""

DEBOUNCE = 0.2
"""Seconds the canvas component itself waits after a stroke."""

WATCH = """([event, chart]) => {
  window.waits = [];
  let since = null;
  addEventListener(event, () => { since = performance.now(); }, true);
  new MutationObserver(() => {
    if (since === null) return;
    window.waits.push(performance.now() - since);
    since = null;
  }).observe(document.querySelectorAll(".stVegaLiteChart")[chart],
             {subtree: true, childList: true, attributes: true, characterData: true});
}"""


def first_paint(browser: Browser, address: str) -> float:
    """Seconds until the heading is on the page, in a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("h1")
    seconds: float = page.evaluate("performance.now() / 1000")
    context.close()
    return seconds


def waits(page: Page, n: int) -> list[float]:
    """Wait until the page has seen `n` answers; the seconds each took."""
    page.wait_for_function("n => window.waits.length >= n", arg=n)
    return [milliseconds / 1000 for milliseconds in page.evaluate("window.waits")]


def slider_waits(page: Page, address: str, name: str, n: int) -> list[float]:
    """Seconds from a key on the slider called `name` to the chart's new picture, `n` times."""
    page.goto(address)
    page.wait_for_selector(".stVegaLiteChart svg.marks")
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    page.evaluate(WATCH, ["keydown", 0])
    for i in range(n):
        slider.press("ArrowLeft" if i % 2 else "ArrowRight")
        seen = waits(page, i + 1)
    return seen


def stroke_waits(page: Page, address: str, n: int, *, chart: int = 0) -> list[float]:
    """Seconds from the end of a stroke to a chart's new picture, `n` times.

    The page's first chart are the ten bars; the next ones are there once something is drawn.
    """
    page.goto(address)
    page.wait_for_selector(".stVegaLiteChart svg.marks")
    canvas = page.locator("canvas.upper-canvas")
    if chart > 0:
        _stroke(page, canvas, n)
    page.locator(".stVegaLiteChart").nth(chart).wait_for()
    page.wait_for_selector("[data-test-script-state='notRunning']")  # all views are complete
    page.evaluate(WATCH, ["pointerup", chart])
    for i in range(n):
        _stroke(page, canvas, i)
        seen = waits(page, i + 1)
    return seen


def _stroke(page: Page, canvas: Locator, i: int) -> None:
    """Draw one of many strokes, each at another place."""
    canvas.hover(position={"x": 40 + 7 * i, "y": 60 + 11 * (i % 13)})
    page.mouse.down()
    page.mouse.move(*_below(canvas.bounding_box(), i), steps=5)
    page.mouse.up()


def rows(repeat: int = 9, n: int = 30) -> list[Row]:
    """Measure, and give the rows of the table; none where there is no Chromium."""
    chromium = find_chromium()
    if chromium is None:
        return []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        title, slider_script = Path(folder) / "title.py", Path(folder) / "slider.py"
        title.write_text(TITLE, encoding="utf-8")
        slider_script.write_text(SLIDER, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serve() as ours, serve(title) as plain_title, serve(slider_script) as plain_slider:
            cold = first_paint(browser, plain_title), first_paint(browser, ours)
            paints = [
                (first_paint(browser, plain_title), first_paint(browser, ours))
                for _ in range(repeat)
            ]
            page = browser.new_page()
            plain = slider_waits(page, plain_slider, "x", n)
            sliders = {
                lesson: slider_waits(page, f"{ours}/{lesson}", name, n)
                for lesson, name in LESSONS.items()
            }
            page.goto("about:blank")
            stroke = stroke_waits(page, f"{ours}/sketch?look=inside", n)
            tiles = stroke_waits(page, f"{ours}/sketch?look=inside", n, chart=1)
            why = stroke_waits(page, f"{ours}/sketch?look=why", n)
        browser.close()
    base, home = (statistics.median(times) for times in zip(*paints, strict=True))
    strokes = {
        "answer, Inside the network open": stroke,
        "tiles of Inside the network": tiles,
        "answer, Why this digit? open": why,
    }
    return [
        Row("first visit of a fresh server: one-line app", cold[0]),
        Row("first visit of a fresh server: Home", cold[1], _times(cold[1], cold[0])),
        Row("first paint: one-line app", base),
        Row("first paint: Home", home, _times(home, base)),
        *_spread("slider to chart: one-line app", plain, plain),
        *(
            row
            for lesson, times in sliders.items()
            for row in _spread(f"slider to chart: {lesson}", times, plain)
        ),
        *(
            row
            for name, times in strokes.items()
            for row in _spread(
                f"stroke, less the canvas's own 200 ms: {name}",
                [seconds - DEBOUNCE for seconds in times],
                plain,
            )
        ),
    ]


def _spread(name: str, times: list[float], base: list[float]) -> list[Row]:
    return [
        Row(f"{name}, {which}", value(times), _times(value(times), value(base)))
        for which, value in (("median", statistics.median), ("p95", p95))
    ]


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _times(seconds: float, base: float) -> str:
    return f"{seconds / base:.2f} times the one-line app"


def _below(box: object, i: int) -> tuple[float, float]:
    assert isinstance(box, dict)
    return box["x"] + 45 + 7 * i, box["y"] + 120 + 11 * (i % 13)
