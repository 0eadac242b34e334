"""What a person waits for in a real Chromium, timed in the page itself.

From the event of the key or the pen to the first sign of the answer, or from the start of the
navigation to the first heading.
"""

import importlib.util
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.table import UnavailableError
from tests.e2e.chromium import FLAGS, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PATIENCE = 90
"""Seconds until an answer counts as missed; the first visit of a lesson compiles its loop."""

CHART = ".stVegaLiteChart"
PICTURE = '.stImage:has(img[alt^="The 28 by 28 pixels"])'
"""What the network sees of a drawing. Each stroke makes another picture of it, while the answer and
its ten bars may stay as they are."""

WATCH = """([event, selector, loads]) => {
  window.waits = [];
  let since = null;
  const seen = changed => {
    const place = document.querySelector(selector);
    if (since === null || place === null || !changed(place)) return;
    window.waits.push(performance.now() - since);
    since = null;
  };
  addEventListener(event, () => { since = performance.now(); }, true);
  if (loads) {
    document.addEventListener("load", ({target}) => seen(place => place.contains(target)), true);
    return;
  }
  const touches = (record, place) =>
    place.contains(record.target) || [...record.addedNodes].some(node => node.contains(place));
  new MutationObserver(records => seen(place => records.some(record => touches(record, place))))
    .observe(document.body,
             {subtree: true, childList: true, attributes: true, characterData: true});
}"""
"""From each event to the first change in a place of the page, or to the first picture loaded there.
The place is looked up anew each time, as the app may put another element there."""


NEWS = """() => {
  const places = "[data-testid=stMain], [data-testid=stSidebar]";
  const tell = records => {
    if (!records.some(({target}) => target.closest?.(places))) return;
    if (!document.querySelector("[data-testid=stElementContainer]")) return;
    window.tell(Date.now(), document.querySelector("[data-testid=stSpinner]") !== null);
  };
  new MutationObserver(tell).observe(document, {subtree: true, childList: true});
}"""
"""Tells each change of the page since the app's first element, and whether a sentence is on it that
says what the reader waits for."""

DRAWN = """() => {
  const app = document.querySelector("[data-test-script-state]");
  const charts = [...document.querySelectorAll(".stVegaLiteChart")].filter(one => one.offsetParent);
  return document.querySelector("h1") !== null && app?.dataset.testScriptState === "notRunning"
    && charts.every(one => one.querySelector(".marks"));
}"""
"""Whether the page has run to its end and all charts in sight are drawn."""

STILL = "() => performance.now() - window.jumps.changed > 500"
"""Whether nothing on the page has changed for half a second; for a page with `JUMPS`."""

JUMPS = """() => {
  window.jumps = { sum: 0, changed: performance.now() };
  new MutationObserver(() => { window.jumps.changed = performance.now(); })
    .observe(document, { subtree: true, childList: true, attributes: true });
  new PerformanceObserver(list => {
    for (const { value, hadRecentInput } of list.getEntries())
      if (!hadRecentInput) window.jumps.sum += value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
"""Adds up the browser's own layout shift, and tells when the page changed last."""


@dataclass(frozen=True)
class Visit:
    """How long a page took to be there."""

    seconds: float
    """From the address to the last chart."""
    silent: float
    """The longest stretch in which nothing new came and nothing said why."""


class UnansweredError(Exception):
    """The page did not answer, told in one sentence."""


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A Chromium, as long as the block lasts.

    Raises
    ------
    UnavailableError
        If there is none on this machine.
    """
    if importlib.util.find_spec("playwright") is None:
        raise UnavailableError("needs Playwright: pip install -r requirements-dev.txt")
    path = find_chromium()
    if path is None:
        raise UnavailableError("needs Chromium: none was found on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def new_page(browser: "Browser") -> "Page":
    """Open an empty page as large as a laptop's, in a browser that has never been anywhere.

    Nor does its tab remember a drawing from one address to the next: a canvas that is given it back
    while a stroke is drawn would lose the stroke.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script("try { sessionStorage.clear() } catch { /* an empty page has none */ }")
    page.set_default_timeout(1000 * PATIENCE)
    return page


def first_paint(browser: "Browser", address: str) -> float:
    """Seconds until the heading is on the page, in a browser that has never been here."""
    page = new_page(browser)
    try:
        page.goto(address, wait_until="commit")
        _wait_for(page, "h1", "a heading")
        seconds: float = page.evaluate("performance.now() / 1000")
        return seconds
    finally:
        page.close()


def drawn(browser: "Browser", address: str, width: int, height: int) -> tuple[float, float]:
    """Seconds until a page is drawn, in a window of this size, and how much it has jumped."""
    page = new_page(browser)
    try:
        page.set_viewport_size({"width": width, "height": height})
        page.add_init_script(f"({JUMPS})()")
        page.goto(address, wait_until="commit")
        page.wait_for_function(DRAWN)
        seconds: float = page.evaluate("performance.now() / 1000")
        page.wait_for_function(STILL)
        jumped: float = page.evaluate("window.jumps.sum")
        return seconds, jumped
    finally:
        page.close()


def visit(browser: "Browser", address: str) -> Visit:
    """Open a page in a browser that has never been here, until all of it is drawn."""
    from playwright.sync_api import TimeoutError as TooLate

    page, news = new_page(browser), list[tuple[float, bool]]()
    try:
        page.expose_function("tell", lambda at, is_told: news.append((at / 1000, is_told)))
        page.add_init_script(f"({NEWS})()")
        began = time.time()
        page.goto(address, wait_until="commit")
        try:
            page.wait_for_function(DRAWN)
        except TooLate:
            raise UnansweredError(f"{address} was not drawn within {PATIENCE} s.") from None
        seconds = time.time() - began
    finally:
        page.close()
    news.append((began + seconds, False))
    stretches = [after - at for (at, told), (after, _) in pairwise(news) if not told]
    return Visit(seconds, max(stretches, default=0.0))


def slider_waits(page: "Page", address: str, name: str, n: int) -> list[float]:
    """Seconds from a key on the slider called `name` to the chart's new picture, `n` times."""
    page.goto(address)
    _wait_for(page, f"{CHART} svg.marks", "a chart")
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    page.evaluate(WATCH, ["keydown", CHART, False])
    for i in range(n):
        slider.press("ArrowLeft" if i % 2 else "ArrowRight")
        seen = _waits(page, f"move {i + 1} of {n} of the slider {name}", i + 1)
    return seen


def stroke_waits(page: "Page", address: str, n: int) -> list[float]:
    """Seconds from the end of a stroke to the picture of what the network sees, `n` times."""
    page.goto(address)
    _wait_for(page, PICTURE, "the picture of what the network sees")
    return _strokes(page, n, PICTURE, loads=True)


def chart_waits(page: "Page", address: str, n: int, chart: str) -> list[float]:
    """Seconds from the end of a stroke to a chart that is there once something is drawn.

    Parameters
    ----------
    page : Page
    address : str
    n : int
        How many strokes.
    chart : str
        The chart's key.
    """
    page.goto(address)
    _wait_for(page, PICTURE, "the picture of what the network sees")
    _stroke(page, page.locator("canvas.upper-canvas"), n)
    place = f".st-key-{chart} {CHART}"
    _wait_for(page, f"{place} svg.marks", "the chart")
    return _strokes(page, n, place, loads=False)


def _strokes(page: "Page", n: int, selector: str, *, loads: bool) -> list[float]:
    """Draw `n` strokes; the seconds from the end of each to what happens in a place of the page."""
    _wait_for(page, "[data-test-script-state='notRunning']", "its end")
    page.evaluate(WATCH, ["pointerup", selector, loads])
    canvas = page.locator("canvas.upper-canvas")
    for i in range(n):
        _stroke(page, canvas, i)
        seen = _waits(page, f"stroke {i + 1} of {n}", i + 1)
    return seen


def _stroke(page: "Page", canvas: "Locator", i: int) -> None:
    """Draw one of many strokes, each at another place."""
    x, y = 40 + 7 * i, 60 + 11 * (i % 13)
    canvas.hover(position={"x": x, "y": y})
    box = canvas.bounding_box()
    assert box, "there is no canvas"
    page.mouse.down()
    page.mouse.move(box["x"] + x + 5, box["y"] + y + 60, steps=5)
    page.mouse.up()


def _wait_for(page: "Page", selector: str, what: str) -> None:
    """Wait until there is something on the page."""
    from playwright.sync_api import TimeoutError as TooLate

    try:
        page.wait_for_selector(selector)
    except TooLate:
        raise UnansweredError(f"{page.url} did not show {what} within {PATIENCE} s.") from None


def _waits(page: "Page", what: str, n: int) -> list[float]:
    """Wait until the page has answered `n` times; the seconds each took."""
    from playwright.sync_api import TimeoutError as TooLate

    try:
        page.wait_for_function("n => window.waits.length >= n", arg=n)
    except TooLate:
        raise UnansweredError(f"The page did not answer {what} within {PATIENCE} s.") from None
    return [milliseconds / 1000 for milliseconds in page.evaluate("window.waits")]
