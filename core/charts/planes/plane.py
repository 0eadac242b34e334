"""The plane of two inputs as a panel: samples of two classes, and straight lines across it.

A line of equal answers is where a weighted sum w₁·x₁ + w₂·x₂ + b has one value. It is drawn in
pixels, from the panel's centre: `line_columns` says in which direction the sum grows, how fast, and
what it is at the centre. So it stands right whatever the scales of both axes, and however large or
small the weights.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.charts import panels
from core.charts.palette import in_role
from core.charts.player import MAX_SAMPLES, SAMPLES, from_view, thin
from core.planes.points import Points

CLASSES = ("second", "third")
"""The colours of class 0 and class 1; their points also differ in shape."""

SHAPES = ("circle", "square")

UNEQUAL = 4
"""Where one input spreads so many times as far as the other, each axis has a scale of its own."""

MARGIN = 0.08

SHADES, SHADE = (0.5, 0.6, 0.7, 0.8, 0.9), 0.07
"""Each class's side is shaded from these answers on, each time a little more."""


class Frame(NamedTuple):
    """Where the panel lies in the plane, and how many pixels a unit has in each direction."""

    x1: float
    """Of the centre."""
    x2: float
    width: float
    """In pixels."""
    height: float
    pixels_1: float
    pixels_2: float

    def view(self) -> dict[str, float]:
        """Return the ranges of both axes and all else that the panel reads in ``view``."""
        half_1, half_2 = self.width / 2 / self.pixels_1, self.height / 2 / self.pixels_2
        return {
            "x_low": self.x1 - half_1,
            "x_high": self.x1 + half_1,
            "y_low": self.x2 - half_2,
            "y_high": self.x2 + half_2,
            "centre_1": self.x1,
            "centre_2": self.x2,
            "pixels_1": self.pixels_1,
            "pixels_2": self.pixels_2,
        }


def frame_around(points: Points, size: tuple[float, float]) -> Frame:
    """Return the panel's place: around all points, a unit equally long both ways where it can be.

    Parameters
    ----------
    points : Points
    size : tuple of float
        Width and height of the panel's plot in pixels.

    Examples
    --------
    >>> square = Points(np.array([[0.0, 0.0], [10.0, 10.0]]), np.array([0.0, 1.0]))
    >>> frame = frame_around(square, (200, 100))
    >>> frame.pixels_1 == frame.pixels_2, [round(end, 3) for end in list(frame.view().values())[:4]]
    (True, [-6.6, 16.6, -0.8, 10.8])
    """
    ends = np.array([panels.around(column, MARGIN) for column in points.x.T])
    spread = ends[:, 1] - ends[:, 0]
    pixels = np.array(size) / spread
    if max(spread) < UNEQUAL * min(spread):
        pixels[:] = pixels.min()
    (x1, x2), (pixels_1, pixels_2) = ends.mean(axis=1).tolist(), pixels.tolist()
    return Frame(x1, x2, *size, pixels_1, pixels_2)


def line_columns(params: NDArray[np.float64], frame: Frame) -> dict[str, NDArray[np.float64]]:
    """Return how z lies in the panel, for each row (w₁, w₂, b) of `params`.

    Parameters
    ----------
    params : ndarray of float, shape (n_rows, 3)
    frame : Frame

    Returns
    -------
    dict of str to ndarray
        ``across`` and ``down``: the direction in which z grows fastest, of length 1 in pixels, nan
        where both weights are 0; ``growth``: how much a pixel; ``z_centre``: z at the centre.

    Examples
    --------
    >>> frame = Frame(0, 0, 200, 200, 10, 10)
    >>> columns = line_columns(np.array([[3.0, 4.0, 1.0]]), frame)
    >>> [round(float(column[0]), 3) for column in columns.values()]
    [0.6, -0.8, 0.5, 1.0]
    """
    across, down = params[:, 0] / frame.pixels_1, -params[:, 1] / frame.pixels_2
    growth = np.hypot(across, down)
    with np.errstate(invalid="ignore"):
        across, down = across / growth, down / growth
    z_centre = params @ [frame.x1, frame.x2, 1.0]
    return {"across": across, "down": down, "growth": growth, "z_centre": z_centre}


def shown_points(points: Points) -> pd.DataFrame:
    """Return the table ``samples``: no more than a chart shows well."""
    return points.to_frame().iloc[thin(points.y.size, MAX_SAMPLES)].reset_index(drop=True)


def x1_axis(field: str = "x1") -> alt.X:
    """Return the x channel of the plane."""
    scale, axis = from_view("x_low", "x_high"), alt.Axis(tickCount=6)
    return alt.X(f"{field}:Q", scale=scale, title="x₁", axis=axis)


def x2_axis(field: str = "x2") -> alt.Y:
    """Return the y channel of the plane."""
    scale, axis = from_view("y_low", "y_high"), alt.Axis(tickCount=6)
    return alt.Y(f"{field}:Q", scale=scale, title="x₂", axis=axis)


def samples(**properties: Any) -> list[alt.Chart]:
    """Return the samples, a layer for each class; `properties` are of their marks."""
    layers = []
    for label, (role, shape) in enumerate(zip(CLASSES, SHAPES, strict=True)):
        of_class = alt.Chart(SAMPLES).transform_filter(f"(datum.y >= 0.5) == {label}")
        marks = of_class.mark_point(
            shape=shape, filled=True, size=42, opacity=1, clip=True, **properties
        )
        layers.append(in_role(marks.encode(x=x1_axis(), y=x2_axis()), role))
    return layers


def lines(chart: alt.Chart, levels: Sequence[float], reach: float, **mark: Any) -> alt.Chart:
    """Return the lines across the panel where z has the values `levels`, for each row of `chart`.

    Parameters
    ----------
    chart : altair.Chart
        Without a mark yet, of rows with `line_columns`.
    levels : sequence of float
        Values of z.
    reach : float
        Further from the centre than any corner, in pixels.
    **mark
        Properties of the mark.
    """
    return _strips(_at(chart, levels, reach), reach, **mark)


def shading(chart: alt.Chart, reach: float) -> list[alt.Chart]:
    """Return both sides of the line, shaded the more, the surer the answer.

    Each shade is a stroke so thick that it covers all of its side of a line of equal answers; the
    shades lie over each other. So ten marks do, and none of them has a seam.

    Parameters
    ----------
    chart : altair.Chart
        Without a mark yet, of rows with `line_columns`.
    reach : float
        Further from the centre than any corner, in pixels.
    """
    layers = []
    for side, role in zip((-1, 1), CLASSES, strict=True):
        levels = [side * float(np.log(answer / (1 - answer))) for answer in SHADES]
        middles = _at(chart, levels, reach, beyond=side * 2 * reach)
        strips = _strips(middles, reach, strokeWidth=4 * reach, strokeOpacity=SHADE)
        layers.append(in_role(strips, role))
    return layers


VIEW_ROW = "data('view')[0]"

_ENDS: dict[str, Any] = {
    "x": x1_axis("from_1"),
    "x2": alt.X2("to_1:Q"),
    "y": x2_axis("from_2"),
    "y2": alt.Y2("to_2:Q"),
}


def _at(chart: alt.Chart, levels: Sequence[float], reach: float, beyond: float = 0.0) -> alt.Chart:
    """A row for each level: how far from the centre it is, in pixels, and so many beyond it."""
    distance = "(datum.level - datum.z_centre) / datum.growth"
    made: alt.Chart = (
        chart.transform_filter("isValid(datum.across)")
        .transform_calculate(level=json.dumps(list(levels)))
        .transform_flatten(["level"])
        .transform_calculate(away=f"clamp({distance}, {-reach}, {reach}) + {beyond}")
    )
    return made


def _strips(chart: alt.Chart, reach: float, **mark: Any) -> alt.Chart:
    """Strokes across the panel, perpendicular to the direction in which z grows."""
    across, down = "datum.away * datum.across", "datum.away * datum.down"
    ends = {
        "from_1": _data(1, f"{across} - {reach} * datum.down"),
        "from_2": _data(2, f"{down} + {reach} * datum.across"),
        "to_1": _data(1, f"{across} + {reach} * datum.down"),
        "to_2": _data(2, f"{down} - {reach} * datum.across"),
    }
    placed = chart.transform_calculate(**ends)
    strips: alt.Chart = placed.mark_rule(clip=True, **mark).encode(**_ENDS)
    return strips


def _data(axis: int, pixels: str) -> str:
    """The place on an axis, so many pixels right of the centre or below it."""
    sign = "+" if axis == 1 else "-"
    return f"{VIEW_ROW}.centre_{axis} {sign} ({pixels}) / {VIEW_ROW}.pixels_{axis}"


def arrow(chart: alt.Chart, length: str, reach: float) -> list[alt.Chart]:
    """Return an arrow from the line z = 0 in the direction in which z grows, and its head.

    Parameters
    ----------
    chart : altair.Chart
        Without a mark yet, of rows with `line_columns`.
    length : str
        In pixels, as a Vega expression.
    reach : float
        Further from the centre than any corner, in pixels.
    """
    tip = f"(datum.away + {length})"
    placed = _at(chart, [0.0], reach).transform_calculate(
        from_1=_data(1, "datum.away * datum.across"),
        from_2=_data(2, "datum.away * datum.down"),
        to_1=_data(1, f"{tip} * datum.across"),
        to_2=_data(2, f"{tip} * datum.down"),
        angle="atan2(datum.across, -datum.down) * 180 / PI",
    )
    shaft = placed.mark_rule(clip=True, strokeWidth=3, strokeCap="round").encode(**_ENDS)
    head = placed.mark_point(
        shape="triangle-up", filled=True, size=130, opacity=1, clip=True
    ).encode(x=x1_axis("to_1"), y=x2_axis("to_2"), angle=alt.Angle("angle:Q", scale=None))
    return [shaft, head]
