"""The explorer of Curves → Activations: move z, and see each function, its slope, what is left.

It is no run, so it has no time line. The signal ``z`` picks rows of the table ``curves``, which
holds every chosen activation at every position of the slider.
"""

import json
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.curves.activations.sliders import PRESSED, slider
from core.charts.number_text import number_text
from core.charts.palette import colour, in_role
from core.charts.panels import around
from core.charts.player import VIEW, Column, Layers, Panel, compose, from_view
from core.curves.activations.functions import ACTIVATIONS
from core.messages import Translate
from core.number import number

CURVES = alt.NamedData("curves")

LARGEST_Z, STEP, START_Z = 6.0, 0.05, 2.0
"""The slider goes from −6 to 6 in steps of 0.05, and stands at 2 at first."""

N_LAYERS, TOLD_LAYERS = 20, 10
"""Layers drawn, and how many of them the table tells about."""

SMALLEST, LARGEST = 1e-12, 1e2
"""The range of what is left of the gradient, for weights of 1."""

ROLES = {
    "sigmoid": "model",
    "tanh": "second",
    "relu": "best",
    "leaky_relu": "third",
    "softplus": "data",
    "gelu": "loss",
}
"""Each activation's colour."""

DASHED = "leaky_relu"
"""Drawn with dashes: right of 0 it lies on ReLU."""

FUNCTION_HEIGHT, SLOPE_HEIGHT = 220, 150
TABLE_HEIGHT, LAYERS_HEIGHT = 168, 202
TABLE_ROW = 24


def specification(*, stacked: bool = False, translate: Translate = str) -> dict[str, Any]:
    """Lay out the explorer, without its data."""
    left = [
        Panel(_functions(), FUNCTION_HEIGHT),
        Panel(_slopes(), SLOPE_HEIGHT),
    ]
    right = [Panel(_table(), TABLE_HEIGHT), Panel(_layers(translate), LAYERS_HEIGHT)]
    if stacked:  # the table's empty rows at the end
        right.reverse()
    signals = [PRESSED, slider("z", START_Z, LARGEST_Z, STEP)]
    return compose([Column(left, share=1.2), Column(right)], [], signals, stacked=stacked)


def tables(
    chosen: Sequence[str], *, z: float = START_Z, pressed: int = 0
) -> dict[str, pd.DataFrame]:
    """Return the data of the explorer.

    Parameters
    ----------
    chosen : sequence of str
        The activations to lay over each other, keys of `ACTIVATIONS`.
    z : float, default=2
        Where a button puts the slider.
    pressed : int, default=0
        How often a button was pressed: only another number moves the slider.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``curves`` with f(z) and f′(z) of each chosen activation, and ``view``.

    Examples
    --------
    >>> curves = tables(["relu"])["curves"]
    >>> curves[["z", "value", "slope"]].iloc[-1].tolist()
    [6.0, 6.0, 1.0]
    """
    n_steps = round(LARGEST_Z / STEP)
    grid = np.arange(-n_steps, n_steps + 1) * STEP
    curves = pd.concat([_rows(row, key, grid) for row, key in enumerate(chosen)])
    f_low, f_high = around(curves["value"], 0.05)
    slope_low, slope_high = around([0.0, 1.0, *curves["slope"]], 0.08)
    view = {
        "f_low": f_low,
        "f_high": f_high,
        "slope_low": slope_low,
        "slope_high": slope_high,
        "z": z,
        "pressed": pressed,
    }
    return {"curves": curves, "view": pd.DataFrame([view])}


def _rows(row: int, key: str, grid: ArrayLike) -> pd.DataFrame:
    activation = ACTIVATIONS[key]
    value, slope = activation.function(grid), activation.derivative(grid)
    return pd.DataFrame(
        {
            "row": row,
            "name": activation.name,
            "activation": key,
            "role": ROLES[key],
            "z": grid,
            "value": value,
            "slope": slope,
            "value_text": [number(v) for v in value],
            "slope_text": [number(s) for s in slope],
            "left_text": [number(s**TOLD_LAYERS) for s in slope],
        }
    )


def _at_z() -> alt.Chart:
    """The rows at the chosen z."""
    return alt.Chart(CURVES).transform_filter(f"abs(datum.z - z) < {STEP / 2}")


def _dashes() -> Any:
    return alt.condition(f"datum.activation == '{DASHED}'", alt.value([6, 4]), alt.value([1, 0]))


def _z_axis(field: str = "z", *, labels: bool = True) -> alt.X:
    scale = alt.Scale(domain=[-LARGEST_Z, LARGEST_Z], nice=False)
    axis = alt.Axis(values=list(range(-6, 7, 2)), labels=labels, ticks=labels)
    return alt.X(f"{field}:Q", scale=scale, title="z" if labels else None, axis=axis)


def _lines(rows: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    """A line for each activation."""
    lines: alt.Chart = rows.mark_line(clip=True, strokeWidth=2.5).encode(
        x=x, y=y, detail=alt.Detail("row:N"), strokeDash=_dashes(), color=colour(None)
    )
    return lines


def _points(rows: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    points: alt.Chart = rows.mark_circle(clip=True, size=90, opacity=1)
    return points.encode(x=x, y=y, color=colour())


def _chosen(x: alt.X) -> alt.Chart:
    """The upright line at the chosen z."""
    at = alt.Chart(VIEW).transform_calculate(z="z").mark_rule(strokeWidth=1, strokeOpacity=0.7)
    return in_role(at.encode(x=x), "now")


def _functions() -> Layers:
    """The panel of the functions, each with its tangent at z."""
    x = _z_axis(labels=False)
    axis = alt.Axis(tickCount=5, minExtent=30, maxExtent=30)
    y = alt.Y("value:Q", scale=from_view("f_low", "f_high"), title="f(z)", axis=axis)
    ends = _at_z().transform_calculate(
        z1="datum.z - 1",
        z2="datum.z + 1",
        v1="datum.value - datum.slope",
        v2="datum.value + datum.slope",
    )
    tangent = ends.mark_rule(clip=True, strokeWidth=2).encode(
        x=_z_axis("z1", labels=False),
        x2=alt.X2("z2:Q"),
        y=alt.Y("v1:Q", title="f(z)"),
        y2=alt.Y2("v2:Q"),
    )
    curves = _lines(alt.Chart(CURVES), x, y)
    return alt.layer(curves, _chosen(x), in_role(tangent, "now"), _points(_at_z(), x, y))


def _slopes() -> Layers:
    """The panel of the slopes."""
    x = _z_axis()
    axis = alt.Axis(values=[0, 0.25, 0.5, 1], minExtent=30, maxExtent=30)
    y = alt.Y("slope:Q", scale=from_view("slope_low", "slope_high"), title="f′(z)", axis=axis)
    return alt.layer(_lines(alt.Chart(CURVES), x, y), _chosen(x), _points(_at_z(), x, y))


def _layers(translate: Translate) -> Layers:
    """The panel of what is left of the gradient, layer by layer."""
    x = alt.X(
        "layer:Q",
        scale=alt.Scale(domain=[0, N_LAYERS], nice=False),
        title=translate("layers"),
        axis=alt.Axis(values=[0, 5, 10, 15, 20]),
    )
    powers = {"0": "1", "-4": "10⁻⁴", "-8": "10⁻⁸", "-12": "10⁻¹²"}
    axis = alt.Axis(
        values=[1, 1e-4, 1e-8, 1e-12],
        labelExpr=f"{json.dumps(powers, ensure_ascii=False)}[round(log(datum.value) / LN10)]",
        minExtent=36,
        maxExtent=36,
    )
    scale = alt.Scale(type="log", domain=[SMALLEST, LARGEST], nice=False)
    y = alt.Y("left:Q", scale=scale, title=translate("left of the gradient"), axis=axis)
    # A logarithmic axis has no 0: what is lost altogether falls out of the panel.
    rows = (
        _at_z()
        .transform_calculate(layer=f"sequence(0, {N_LAYERS + 1})")
        .transform_flatten(["layer"])
        .transform_calculate(left="max(pow(abs(datum.slope), datum.layer), 1e-300)")
    )
    told = rows.transform_filter(f"datum.layer == {TOLD_LAYERS}")
    return alt.layer(_lines(rows, x, y), _points(told, x, y))


def _table() -> Layers:
    """The panel with the numbers at z, a row an activation; it is the legend too."""
    heads = {"value_text": "f(z)", "slope_text": "f′(z)", "left_text": "f′(z)¹⁰"}
    n_rows = TABLE_HEIGHT / TABLE_ROW
    down = alt.Scale(domain=[-1.5, n_rows - 1.5], reverse=True, nice=False)
    y = alt.Y("row:Q", scale=down, axis=None)
    head = alt.Chart(VIEW).transform_calculate(row="-1", at="'z = ' + " + number_text("z"))
    rows = _at_z()
    swatch = rows.transform_calculate(x1="0", x2="0.07").mark_rule(strokeWidth=3)
    swatch = swatch.encode(
        x=_place("x1"), x2=alt.X2("x2:Q"), y=y, strokeDash=_dashes(), color=colour()
    )
    layers = [swatch, _cell(head, "at", 0, y, bold=True), _cell(rows, "name", 0.1, y)]
    for (field, title), place in zip(heads.items(), (0.5, 0.74, 1), strict=True):
        named = head.transform_calculate(title=f"'{title}'")
        layers.append(_cell(named, "title", place, y, bold=True, align="right"))
        layers.append(_cell(rows, field, place, y, align="right"))
    return alt.layer(*layers).properties(view=alt.ViewConfig(stroke=None))


def _place(field: str) -> alt.X:
    """A place between the left edge (0) and the right one (1)."""
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)


def _cell(
    rows: alt.Chart,
    field: str,
    place: float,
    y: alt.Y,
    *,
    bold: bool = False,
    align: Literal["left", "right"] = "left",
) -> alt.Chart:
    text = rows.transform_calculate(place=str(place)).mark_text(
        align=align, baseline="middle", fontSize=13, fontWeight="bold" if bold else "normal"
    )
    return in_role(text.encode(x=_place("place"), y=y, text=alt.Text(f"{field}:N")), "ink")
