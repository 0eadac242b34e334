"""Benchmarks in a real Chromium: what a person waits for, beside a one-line Streamlit app."""

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.in_chromium.vega import vega_seconds
from benchmarks.in_chromium.visits import (
    chart_waits,
    chromium,
    drawn,
    first_paint,
    new_page,
    slider_waits,
    stroke_waits,
)
from benchmarks.table import Measurement, Row
from core.planes.playground.network import LABELS, MAX_LAYERS, MAX_NEURONS
from tests.e2e.chromium import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TITLE = 'import streamlit as st; st.title("Hello")'
SLIDER = 'import streamlit as st; st.line_chart([0, st.slider("x", 0, 100)])'
"""The one-line apps to compare with: one for the first paint, one for a slider and its chart."""

LARGEST = "playground?" + urlencode(
    {"pg_x": list(LABELS.values()), "pg_layers": MAX_LAYERS}
    | {f"pg_h{layer}": MAX_NEURONS for layer in range(1, MAX_LAYERS + 1)},
    doseq=True,
)
"""The address of the Playground with the largest network there is."""

LESSONS = {
    "one_weight": ("one_weight", "Learning rate"),
    "normal_equation": ("normal_equation", "True slope"),
    "gradient_descent": ("gradient_descent", "Learning rate"),
    "weight_and_bias": ("weight_and_bias", "Learning rate"),
    "playground": ("playground", "Learning rate"),
    "playground, largest network": (LARGEST, "Learning rate"),
}
"""The address of each lesson's page, and the slider that is moved there."""

JUMPY = ("", "one_weight", "sketch")
"""The pages with the most to keep room for: cards, a player, a canvas."""

WINDOWS = [(390, 844), (1280, 800), (1920, 1080)]
"""A phone's, a laptop's and a projector's."""

DEBOUNCE = 0.2
"""Seconds the canvas component itself waits after a stroke."""


def arrivals(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows of how pages come; `tiny`: so few that they only show that they can be."""
    with served() as (browser, ours), one_line(TITLE) as title:
        yield from paints(browser, ours, title, 1 if tiny else 9)
        yield from jumps(browser, ours, WINDOWS[:1] if tiny else WINDOWS)


def answers(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows of how soon a slider and a stroke are answered; `tiny` as in `arrivals`."""
    n, lessons = (2, ["one_weight"]) if tiny else (30, list(LESSONS))
    with served() as (browser, ours), one_line(SLIDER) as plain:
        page = new_page(browser)
        waits = Answers()
        move = partial(slider_waits, page, n=n)
        yield waits.base("slider to chart: one-line app", partial(move, plain, "x"))
        for lesson in lessons:
            address, slider = LESSONS[lesson]
            moves = partial(move, f"{ours}/{address}", slider)
            yield waits.compared(f"slider to chart: {lesson}", moves)
            of_it = partial(vega_seconds, page, f"{ours}/{address}", slider, n)
            yield one_row(f"slider to chart: {lesson}, of it Vega", of_it)
        stroke = partial(waits.compared, less=DEBOUNCE)
        name = "stroke, less the canvas's own 200 ms: "
        inside, why = f"{ours}/sketch?look=inside", f"{ours}/sketch?look=why"
        yield stroke(
            f"{name}answer, Inside the network open", partial(stroke_waits, page, inside, n)
        )
        yield stroke(
            f"{name}tiles of Inside the network",
            partial(chart_waits, page, inside, n, "chart_tiles"),
        )
        yield stroke(f"{name}answer, Why this digit? open", partial(stroke_waits, page, why, n))


@contextmanager
def served() -> Iterator[tuple["Browser", str]]:
    """A browser, and the address of a server of the app whose folder is empty."""
    with (
        chromium() as browser,
        tempfile.TemporaryDirectory() as home,
        serve(environment={"NEURON_LADDER_HOME": home}) as ours,
    ):
        yield browser, ours


def one_row(name: str, seconds: Callable[[], float]) -> Measurement:
    """Measure what is one number by itself."""
    return Measurement(name, lambda: [Row(name, seconds(), "mean")])


def jumps(
    browser: "Browser", ours: str, windows: Sequence[tuple[int, int]]
) -> Iterator[Measurement]:
    """Tell how much pages jump while they are drawn: less than 0.1 is good."""

    def rows(name: str) -> Iterator[Row]:
        for width, height in windows:
            seconds, jumped = drawn(browser, f"{ours}/{name}", width, height)
            yield Row(
                f"until drawn, {width} pixels wide: {name or 'Home'}",
                seconds,
                f"jumps {jumped:.3f}",
            )

    for name in JUMPY:
        yield Measurement(f"until drawn: {name or 'Home'}", partial(rows, name))


@contextmanager
def one_line(script: str) -> Iterator[str]:
    """A server of a one-line app, as long as the block lasts; its address."""
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "app.py"
        app.write_text(script, encoding="utf-8")
        with serve(app) as address:
            yield address


def paints(browser: "Browser", ours: str, plain: str, repeat: int) -> Iterator[Measurement]:
    """Compare Home with a title alone, on fresh servers and then `repeat` times in turns."""
    for name, times in (("first visit of a fresh server", 1), ("first paint", repeat)):
        yield Measurement(name, partial(_paints, name, browser, ours, plain, times))


def _paints(name: str, browser: "Browser", ours: str, plain: str, repeat: int) -> Iterator[Row]:
    turns = [(first_paint(browser, plain), first_paint(browser, ours)) for _ in range(repeat)]
    base, home = (statistics.median(times) for times in zip(*turns, strict=True))
    yield Row(f"{name}: one-line app", base)
    yield Row(f"{name}: Home", home, _times(home, base))


class Answers:
    """Waits for an answer, each beside those of the one-line app."""

    def __init__(self) -> None:
        self.plain: list[float] = []
        """The one-line app's, once they are measured."""

    def base(self, name: str, waits: Callable[[], list[float]]) -> Measurement:
        """Measure the one-line app."""

        def rows() -> Iterator[Row]:
            self.plain = waits()
            yield from self._spread(name, self.plain)

        return Measurement(name, rows)

    def compared(
        self, name: str, waits: Callable[[], list[float]], less: float = 0.0
    ) -> Measurement:
        """Measure one of our pages; `less` are the seconds of each that are not ours."""
        return Measurement(
            name, lambda: self._spread(name, [seconds - less for seconds in waits()])
        )

    def _spread(self, name: str, times: list[float]) -> Iterator[Row]:
        for which, value in (("median", statistics.median), ("p95", p95)):
            base = value(self.plain) if self.plain else None
            yield Row(f"{name}, {which}", value(times), _times(value(times), base))


def p95(times: list[float]) -> float:
    """Give the time that one in twenty takes longer than."""
    return statistics.quantiles(times, n=20)[-1]


def _times(seconds: float, base: float | None) -> str:
    if base is None:
        return "nothing to compare with: the one-line app failed"
    return f"{seconds / base:.2f} times the one-line app"
