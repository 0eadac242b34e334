"""Every page on every screen: ``python -m benchmarks.screens FOLDER``; 1 if a check failed.

Each page is opened at the widths of a small phone, a phone, a portrait tablet, a laptop and a
projector, light and dark, in English and Chinese. The machine looks for what nobody should see:
something wider than the window, text cut off, a control on another, a chart without a mark, and a
page that jumps while it is drawn. Screenshots go into FOLDER, with a contact sheet of each page;
they belong into no repository. ``--pages one_weight mlp`` and ``--widths 390 1280`` look at fewer;
``--widths 320`` at a laptop's window that is enlarged four times; ``--whole`` keeps each page to
its end, too, so that one can read it.

How much a page jumps is the browser's own layout shift, with its sidebar; below 0.1 is good. Pages
follow each other in one browser for each width, theme and language, as a reader's do.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from core.command import importing, quiet

with importing():
    from PIL import Image

    from benchmarks.in_chromium.visits import DRAWN, JUMPS, STILL, chromium
    from core.ladder import GLOSSARY, HOME, PATHS, PRIVACY, TEACH
    from tests.e2e.chromium import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = [HOME.name, *PATHS, TEACH.name, GLOSSARY.name, PRIVACY.name]
WIDTHS = {360: 640, 390: 844, 820: 1180, 1280: 800, 1920: 1080}
"""The height of the window of each width."""

ENLARGED = {320: 256}
"""The window of a laptop of 1280 by 1024 at 400 %."""

Theme = Literal["light", "dark"]
LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
THEMES: tuple[Theme, ...] = get_args(Theme)

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"
THUMBNAIL = 320
GOOD = 0.1
"""The most that a page may jump."""

FILLED = """() => !document.querySelector("[data-testid=stSkeleton]")
  && getComputedStyle(document.querySelector(".stAppViewContainer")).opacity === "1"
  && [...document.querySelectorAll("[class*=st-key-player_]")].every(p => p.querySelector(".marks"))
"""
"""Whether the page is shown, and nothing is still on its way: there Streamlit shows a grey bar."""

FINDINGS = """() => {
  const found = [];
  const main = document.querySelector(".stMain");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
  if (main.scrollWidth > main.clientWidth + 1) found.push("the page scrolls sideways");
  const isShown = element => element.checkVisibility({ visibilityProperty: true });
  const right = main.getBoundingClientRect().right;
  const wide = ".katex-html, .katex-display .base, .stVegaLiteChart, iframe, canvas, button";
  for (const element of main.querySelectorAll(wide)) {
    const box = element.getBoundingClientRect();
    if (box.width && isShown(element) && (box.right > right + 1 || box.left < -1))
      found.push(`cut at a side: ${element.className || element.tagName}`);
  }
  for (const button of main.querySelectorAll("button p, h1, h2, h3, label p"))
    if (isShown(button) && button.scrollWidth > button.clientWidth + 1)
      found.push(`text cut off: ${button.textContent.slice(0, 40)}`);
  const charts = [...main.querySelectorAll(".stVegaLiteChart")].filter(isShown);
  for (const chart of charts) {
    const svg = chart.querySelector("svg.marks");
    const marks = "[class*=mark-]:not(.role-axis *) > *";
    const drawn = svg ? svg.querySelectorAll(marks).length : 1;
    if (!drawn || chart.getBoundingClientRect().height < 20) found.push("an empty chart");
  }
  for (const text of main.querySelectorAll("svg.marks text")) {
    const svg = text.closest("svg");
    const [box, all] = [text, svg].map(e => e.getBoundingClientRect());
    // Its box is higher than its letters.
    const spare = 4 * Math.max(all.width / svg.viewBox.baseVal.width || 1, 1);
    const isOut = box.right > all.right + spare || box.left < all.left - spare;
    if (isShown(text) && box.width && isOut)
      found.push(`text cut in a chart: ${text.textContent.slice(0, 40)}`);
  }
  const controls = "button, input:not([type=checkbox]), select, canvas:not(.marks)";
  const boxes = [...main.querySelectorAll(controls)].filter(isShown)
   .map(e => [e, e.getBoundingClientRect()]).filter(([, b]) => b.width && b.height);
  boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    const bound = a.closest(".vega-bindings, iframe") || b.closest(".vega-bindings, iframe");
    const names = [a, b].map(e => (e.textContent || e.name || e.tagName).slice(0, 30));
    if (wide > 4 && high > 4 && !a.contains(b) && !b.contains(a) && !bound)
      found.push(`on each other: ${names.join(" / ")}`);
  }));
  return [...new Set(found)];
}"""


ROOM = """() => {
  const main = document.querySelector(".stMain");
  const top = document.querySelector(".stAppHeader").getBoundingClientRect().bottom;
  const bar = document.querySelector("#sheet_bar").getBoundingClientRect();
  const bottom = bar.height && bar.top > top ? bar.top : innerHeight;
  return [main.scrollHeight - innerHeight + bottom - top, top, bottom].map(Math.floor);
}"""
"""How high a page is between its header and what stands at the foot of the window, and where
those are."""

SCROLL = """at => {
  const main = document.querySelector(".stMain");
  main.scrollTo({ top: at, behavior: "instant" });
  return Math.round(main.scrollTop);
}"""


@dataclass(frozen=True)
class Screen:
    """One page on one screen."""

    page: str
    width: int
    theme: Theme
    language: str

    @property
    def file(self) -> str:
        """What its picture is called."""
        return f"{self.page}_{self.width}_{self.theme}_{self.language}.png"


@contextmanager
def window(browser: "Browser", screen: Screen) -> Iterator["Page"]:
    """A browser's window, as long as the block lasts, of a screen's width, theme and language."""
    is_phone = screen.width < 600 and screen.width not in ENLARGED
    options: dict[str, Any] = {"user_agent": PHONE, "is_mobile": True, "has_touch": True}
    context = browser.new_context(
        viewport={"width": screen.width, "height": (WIDTHS | ENLARGED)[screen.width]},
        color_scheme=screen.theme,
        locale=LANGUAGES[screen.language],
        **(options if is_phone else {}),
    )
    try:
        page = context.new_page()
        page.add_init_script(f"({JUMPS})()")
        yield page
    finally:
        context.close()


def look(
    page: "Page", server: str, screen: Screen, folder: Path, *, whole: bool
) -> tuple[list[str], float]:
    """Open a page on a screen, keep its picture; return what is wrong and how much it jumped."""
    from playwright.sync_api import TimeoutError as TooLate

    path = "" if screen.page == HOME.name else screen.page
    page.goto(f"{server}/{path}?lang={screen.language}", wait_until="commit")
    found = []
    try:
        page.wait_for_function(DRAWN, timeout=60_000)
        page.wait_for_function(FILLED, timeout=60_000)
        page.wait_for_function(DRAWN, timeout=60_000)
        page.wait_for_function(STILL, timeout=60_000)
    except TooLate:
        found.append("not drawn in time")
    found += page.evaluate(FINDINGS)
    jumped: float = page.evaluate("window.jumps.sum")
    page.screenshot(path=folder / screen.file)
    if whole:
        keep_whole(page, folder / f"whole_{screen.file}")
    if jumped >= GOOD:
        found.append(f"jumps by {jumped:.2f}")
    return found, jumped


def keep_whole(page: "Page", file: Path) -> None:
    """Keep a picture of a page to its end; one scrolls through it, as a reader does."""
    size = page.viewport_size
    assert size, "the window has a size"
    height, top, bottom = page.evaluate(ROOM)
    whole = Image.new("RGB", (size["width"], height))
    for at in range(0, height, bottom - top):
        reached = page.evaluate(SCROLL, at)
        page.wait_for_function(DRAWN, timeout=60_000)
        with Image.open(BytesIO(page.screenshot())) as seen:
            whole.paste(seen.crop((0, top, size["width"], bottom)), (0, reached))
    whole.save(file)


def sheet(folder: Path, screens: Sequence[Screen], name: str) -> None:
    """Put the pictures of several screens onto one, equally wide."""
    small = []
    for screen in screens:
        with Image.open(folder / screen.file) as picture:
            size = (THUMBNAIL, round(THUMBNAIL * picture.height / picture.width))
            small.append(picture.convert("RGB").resize(size))
    columns = min(len(small), 5)
    rows = [small[i : i + columns] for i in range(0, len(small), columns)]
    heights = [max(one.height for one in row) for row in rows]
    whole = Image.new("RGB", (columns * THUMBNAIL, sum(heights)), "gray")
    for i, row in enumerate(rows):
        for j, one in enumerate(row):
            whole.paste(one, (j * THUMBNAIL, sum(heights[:i])))
    whole.save(folder / f"sheet_{name}.png")


def screens(
    pages: Sequence[str], widths: Sequence[int], themes: Sequence[Theme], languages: Sequence[str]
) -> Iterator[list[Screen]]:
    """Give each window's screens, one for each page."""
    for theme, language, width in product(themes, languages, widths):
        yield [Screen(page, width, theme, language) for page in pages]


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at the screens; 1 if something is wrong with one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screens", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=PAGES)
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=[*LANGUAGES])
    widths = [*ENLARGED, *WIDTHS]
    parser.add_argument("--widths", nargs="+", type=int, choices=widths, default=[*WIDTHS])
    parser.add_argument("--whole", action="store_true")
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    chosen_screens = [*screens(chosen.pages, chosen.widths, chosen.themes, chosen.languages)]
    n_wrong = 0
    with (
        chromium() as browser,
        tempfile.TemporaryDirectory() as home,
        serve(environment={"NEURON_LADDER_HOME": home}) as server,
    ):
        for in_window in chosen_screens:
            with window(browser, in_window[0]) as page:
                for screen in in_window:
                    found, jumped = look(page, server, screen, chosen.folder, whole=chosen.whole)
                    n_wrong += bool(found)
                    told = "; ".join(found) or "good"
                    print(f"{screen.file:46} jumps {jumped:.3f}  {told}", flush=True)
    for of_page in zip(*chosen_screens, strict=True):
        sheet(chosen.folder, of_page, of_page[0].page)
    return int(n_wrong > 0)


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
