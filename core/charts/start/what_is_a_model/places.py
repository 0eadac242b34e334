"""Where the circles and arrows of `tiny_network` stand, in pixels of the panel.

The plot of the loss below needs room for its axis on the left; the network may use that room too,
so its pixels begin at a negative number there.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from core.charts.player import AXIS, STACKED_WIDTH, WIDTH

FORWARD, LOSS, BACKWARD, UPDATE, END = range(5)
"""The stages of a round, and the frame after the last round."""

LEFT = 2 - AXIS
"""Where the drawing begins; it ends at its width."""

GAP = 20
"""Pixels between two boxes of the row of stages, for the sign between them."""

SYMBOLS = {
    "w1": "w₁",
    "w2": "w₂",
    "b1": "b₁",
    "b2": "b₂",
    "v1": "v₁",
    "v2": "v₂",
    "c": "c",
    "a1": "a₁",
    "a2": "a₂",
    "y_hat": "ŷ",
    "loss": "L",
    "target": "",
}
"""What stands on parameters and neurons; on the others their own names."""

NODE_STAGES = {
    "x": (FORWARD, BACKWARD, END),
    "a1": (FORWARD, BACKWARD, END),
    "a2": (FORWARD, BACKWARD, END),
    "y_hat": (FORWARD, LOSS, BACKWARD, END),
    "loss": (LOSS, BACKWARD),
    "y": (LOSS,),
}
"""The stages in which each circle matters."""

ARROW_STAGES = {"error": (LOSS, BACKWARD), "target": (LOSS,)}
"""The same for arrows; those not named carry a parameter, which matters in all but the loss."""


class Arrow(NamedTuple):
    """From where to where an arrow goes, and where its text stands."""

    start: str | tuple[float, float]
    """The name of a circle, or a point."""
    end: str
    """The name of a circle."""
    text: tuple[float, float]
    align: str


class Layout(NamedTuple):
    """One drawing of the network."""

    width: float
    height: int
    radius: float
    """Of the circles."""
    room: int
    """Letters in a line of the sentence above."""
    n_sentence: int
    """Lines of that sentence."""
    circles: Mapping[str, tuple[float, float]]
    arrows: Mapping[str, Arrow]


BESIDE = Layout(
    width=WIDTH - AXIS,
    height=256,
    radius=25,
    room=92,
    n_sentence=2,
    circles={
        "x": (-10, 128),
        "a1": (192, 66),
        "a2": (192, 190),
        "y_hat": (394, 128),
        "loss": (604, 128),
        "y": (604, 30),
    },
    arrows={
        "w1": Arrow("x", "a1", (91, 76), "right"),
        "w2": Arrow("x", "a2", (91, 190), "right"),
        "b1": Arrow((192, 5), "a1", (202, 14), "left"),
        "b2": Arrow((192, 251), "a2", (202, 243), "left"),
        "v1": Arrow("a1", "y_hat", (291, 76), "left"),
        "v2": Arrow("a2", "y_hat", (291, 190), "left"),
        "c": Arrow((394, 54), "y_hat", (404, 68), "left"),
        "error": Arrow("y_hat", "loss", (500, 110), "center"),
        "target": Arrow("y", "loss", (612, 79), "left"),
    },
)
"""From left to right, for the room beside a sidebar."""

STACKED = Layout(
    width=STACKED_WIDTH - AXIS,
    height=366,
    radius=22,
    room=52,
    n_sentence=3,
    circles={
        "x": (126, 24),
        "a1": (72, 130),
        "a2": (180, 130),
        "y_hat": (126, 236),
        "loss": (126, 340),
        "y": (228, 340),
    },
    arrows={
        "w1": Arrow("x", "a1", (86, 70), "right"),
        "w2": Arrow("x", "a2", (166, 70), "left"),
        "b1": Arrow((-40, 130), "a1", (47, 111), "right"),
        "b2": Arrow((292, 130), "a2", (205, 111), "left"),
        "v1": Arrow("a1", "y_hat", (86, 181), "right"),
        "v2": Arrow("a2", "y_hat", (166, 181), "left"),
        "c": Arrow((32, 236), "y_hat", (98, 217), "right"),
        "error": Arrow("y_hat", "loss", (135, 289), "left"),
        "target": Arrow("y", "loss", (177, 326), "center"),
    },
)
"""From top to bottom, for a phone."""


def layout(stacked: bool) -> Layout:
    """Return the drawing for a phone, or for more room."""
    return STACKED if stacked else BESIDE


def nodes(drawing: Layout) -> pd.DataFrame:
    """Return the table ``nodes``: name, symbol, x, y and the stages it matters in, as digits."""
    return pd.DataFrame(
        {
            "name": name,
            "symbol": SYMBOLS.get(name, name),
            "x": x,
            "y": y,
            "stages": _digits(NODE_STAGES[name]),
        }
        for name, (x, y) in drawing.circles.items()
    )


def edges(drawing: Layout) -> pd.DataFrame:
    """Return the table ``edges``: as `nodes`, with both ends, the angle and the text's place.

    Examples
    --------
    An arrow that points to the right; 0 is up, as Vega measures a symbol's angle.

    >>> table = edges(BESIDE).set_index("name")
    >>> table.loc["error", ["x", "x2", "angle"]].tolist()
    [426.0, 572.0, 90.0]
    """
    return pd.DataFrame(_edge(drawing, name) for name in drawing.arrows)


def stages(drawing: Layout, names: Sequence[str]) -> pd.DataFrame:
    """Return the table ``stages``: four boxes in a row, each with room for a sign behind it."""
    box = (drawing.width - LEFT) / len(names) - GAP
    left = [LEFT + i * (box + GAP) for i in range(len(names))]
    return pd.DataFrame(
        {
            "stage": range(len(names)),
            "name": names,
            "x": left,
            "x2": [x + box for x in left],
            "middle": [x + box / 2 for x in left],
            "after": [x + box + GAP / 2 for x in left],
        }
    )


def _edge(drawing: Layout, name: str) -> dict[str, object]:
    arrow, cut = drawing.arrows[name], drawing.radius + 7
    tail = np.array(_point(drawing, arrow.start), dtype=float)
    head = np.array(_point(drawing, arrow.end), dtype=float)
    along = (head - tail) / np.hypot(*(head - tail))
    (x, y), (x2, y2) = tail + along * cut * isinstance(arrow.start, str), head - along * cut
    return {
        "name": name,
        "symbol": SYMBOLS.get(name, name),
        "x": x,
        "y": y,
        "x2": x2,
        "y2": y2,
        "angle": math.degrees(math.atan2(y2 - y, x2 - x)) + 90,
        "text_x": arrow.text[0],
        "text_y": arrow.text[1],
        "align": arrow.align,
        "stages": _digits(ARROW_STAGES.get(name, (FORWARD, BACKWARD, UPDATE, END))),
    }


def _point(drawing: Layout, place: str | tuple[float, float]) -> tuple[float, float]:
    return drawing.circles[place] if isinstance(place, str) else place


def _digits(stages: Sequence[int]) -> str:
    return "".join(map(str, stages))
