"""What learners do: they move a slider, draw a digit stroke by stroke, or watch a run."""

import asyncio
import base64
import io
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageDraw

from benchmarks.load.tab import Tab, UnansweredError

PAUSE = 3.0, 7.0
"""Seconds between an answer and the next move: the shortest, the longest."""

SLIDERS = {
    "one_weight": "ow_rate",
    "gradient_descent": "gd_rate",
    "weight_and_bias": "wb_rate",
    "playground": "pg_noise",
}
"""The pages on which a slider is moved, with its key."""

STROKES = 5
"""So many strokes, and the canvas is cleared."""

CANVAS, PEN = 280, 20
"""As `pages.shared.canvas` has it: the size in pixels, and the usual width of the pen."""


@dataclass
class Told:
    """What learners have met."""

    seconds: list[float] = field(default_factory=list)
    """Of each answer."""
    errors: Counter[str] = field(default_factory=Counter)
    """How often what went wrong."""


@dataclass
class Learner:
    """Somebody at a page.

    Parameters
    ----------
    tab : Tab
    rng : random.Random
        Of what they do, and when.
    """

    tab: Tab
    rng: random.Random

    async def go_on(self, until: float, told: Told, *, pause: tuple[float, float] = PAUSE) -> None:
        """Do what they do again and again, as a human would; `until` is a `time.monotonic`."""
        await asyncio.sleep(self.rng.uniform(0, pause[1]))  # they do not begin all at once
        while time.monotonic() < until:
            try:
                told.seconds.append(await self.do())
            except UnansweredError as error:
                told.errors[str(error)] += 1
            await asyncio.sleep(self.rng.uniform(*self.rest(pause)))

    async def do(self) -> float:
        """Do one thing; the seconds until the answer is there."""
        raise NotImplementedError

    def rest(self, pause: tuple[float, float]) -> tuple[float, float]:
        """Give the shortest and the longest rest after that."""
        return pause


@dataclass
class Slider(Learner):
    """Moves a slider, a few steps at a time."""

    key: str

    async def do(self) -> float:
        """Move it."""
        slider: Any = self.tab.widgets.get(self.key)
        if slider is None:
            raise UnansweredError(f"There is no slider {self.key}.")
        low, high, step = slider.min, slider.max, slider.step
        places = round((high - low) / step)
        return await self.tab.slide(self.key, low + step * self.rng.randint(1, places))


@dataclass
class Drawer(Learner):
    """Draws strokes on the canvas, clears it, draws again."""

    strokes: list[list[tuple[int, int]]] = field(default_factory=list)

    async def do(self) -> float:
        """Draw a stroke."""
        if len(self.strokes) == STROKES:
            self.strokes.clear()
        x, y = self.rng.randint(60, 220), self.rng.randint(40, 100)
        self.strokes.append([(x + self.rng.randint(-30, 30), y + 8 * i) for i in range(18)])
        return await self.tab.tell("canvas", canvas_state(self.strokes))


@dataclass
class Watcher(Learner):
    """Watches a run: the browser asks again and again by itself.

    Parameters
    ----------
    beat : callable
        A sign of life of the run's worker.
    """

    beat: Callable[[], object]

    async def do(self) -> float:
        """Look once."""
        if not self.tab.again:
            raise UnansweredError("There is nothing to watch.")
        self.beat()
        return await self.tab.run(next(iter(self.tab.again)), by_itself=True)

    def rest(self, pause: tuple[float, float]) -> tuple[float, float]:
        """Give the time that the page names."""
        every = next(iter(self.tab.again.values()), pause[0])
        return every, every


def canvas_state(strokes: list[list[tuple[int, int]]]) -> str:
    """Write what the canvas tells of strokes, each a list of points, in JSON."""
    picture = Image.new("RGBA", (CANVAS, CANVAS), "black")
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        pen.line(stroke, fill="white", width=PEN, joint="curve")
    file = io.BytesIO()
    picture.save(file, "PNG")
    objects = [
        {
            "type": "Path",
            "path": [["M", *stroke[0]], *(["L", *point] for point in stroke[1:])],
            "stroke": "#ffffff",
            "strokeWidth": PEN,
            "fill": None,
        }
        for stroke in strokes
    ]
    data = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    drawing = {"raw": {"objects": objects, "background": "#000000"}, "data": data}
    return json.dumps({"drawing": drawing, "backgroundFit": None})
