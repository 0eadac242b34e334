"""The explorer of Curves → Activations' second part: stretch a sigmoid and move it.

The signals ``w`` and ``b`` are moved by two sliders. Everything is derived from them in the
browser: there is no other data than one row that says where a button puts them.
"""

import json
from string import Formatter
from typing import Any

import altair as alt
import pandas as pd

from core.charts.curves.activations.sliders import PRESSED, slider
from core.charts.number_text import number_text
from core.charts.palette import in_role
from core.charts.panels import with_legend
from core.charts.player import VIEW, Column, Layers, Panel, compose
from core.curves.activations.stretch import N_POINTS
from core.messages import Translate

START_W, START_B = 1.0, 0.0
"""Where the sliders stand at first: the sigmoid as it is."""

LARGEST_W, LARGEST_B, STEP = 30.0, 20.0, 0.5
LARGEST_Z = 10.0
"""The sigmoid is drawn from z = −10 to 10; farther out it is flat."""

HEIGHT = 230


def specification(*, stacked: bool = False, translate: Translate = str) -> dict[str, Any]:
    """Lay out the explorer, without its data."""
    columns = [
        Column([Panel(_piece(), HEIGHT)]),
        Column([Panel(_stretched(stacked, translate), HEIGHT)], share=1.2),
    ]
    signals = [
        PRESSED,
        slider("w", START_W, LARGEST_W, STEP),
        slider("b", START_B, LARGEST_B, STEP),
    ]
    return compose(columns, _lines(translate), signals, stacked=stacked)


def tables(
    *, weight: float = START_W, bias: float = START_B, pressed: int = 0
) -> dict[str, pd.DataFrame]:
    """Return the data of the explorer: where a button puts the sliders.

    Parameters
    ----------
    weight : float, default=1
    bias : float, default=0
    pressed : int, default=0
        How often a button was pressed: only another number moves the sliders.

    Returns
    -------
    dict of str to pandas.DataFrame
    """
    return {"view": pd.DataFrame([{"w": weight, "b": bias, "pressed": pressed}])}


def _sigmoid(z: str) -> str:
    """Return σ(z) as a Vega expression."""
    return f"1 / (1 + exp(-({z})))"


def _points() -> alt.Chart:
    """Return x over [0, 1] with z, a on the curve and on the chord, and their distance."""
    step = 1 / (N_POINTS - 1)
    chart: alt.Chart = alt.Chart(alt.sequence(0, 1 + step / 2, step, as_="x")).transform_calculate(
        z="w * datum.x + b",
        a=_sigmoid("w * datum.x + b"),
        line=f"{_sigmoid('b')} + datum.x * ({_sigmoid('w + b')} - {_sigmoid('b')})",
        distance="abs(datum.a - datum.line)",
    )
    return chart


def _farthest() -> alt.Chart:
    """The point where the curve is farthest from its chord."""
    chart: alt.Chart = _points().transform_aggregate(far="argmax(distance)")
    return chart.transform_calculate(
        x="datum.far.x", a="datum.far.a", line="datum.far.line", distance="datum.far.distance"
    )


def _a_axis(field: str = "a") -> alt.Y:
    scale = alt.Scale(domain=[-0.05, 1.05], nice=False)
    axis = alt.Axis(values=[0, 0.5, 1], minExtent=30, maxExtent=30)
    return alt.Y(f"{field}:Q", scale=scale, title="a = σ(z)", axis=axis)


def _piece() -> Layers:
    """The panel of the whole sigmoid, with the piece of it that x in [0, 1] shows."""
    scale = alt.Scale(domain=[-LARGEST_Z, LARGEST_Z], nice=False)
    x = alt.X("z:Q", scale=scale, title="z = w·x + b", axis=alt.Axis(tickCount=5))
    whole = alt.Chart(alt.sequence(-LARGEST_Z, LARGEST_Z + 0.05, 0.1, as_="z")).transform_calculate(
        a=_sigmoid("datum.z")
    )
    whole = whole.mark_line(clip=True, strokeWidth=1.5).encode(x=x, y=_a_axis())
    piece = _points().mark_line(clip=True, strokeWidth=5).encode(x=x, y=_a_axis())
    ends = _points().transform_filter("datum.x == 0 || datum.x > 0.999")
    return alt.layer(
        in_role(whole, "data"),
        in_role(piece, "model"),
        in_role(ends.mark_circle(clip=True, size=110, opacity=1).encode(x=x, y=_a_axis()), "model"),
    )


def _stretched(stacked: bool, translate: Translate) -> Layers:
    """The panel of that piece over x, its chord, and how far they are apart."""
    labels = {
        "model": translate("the neuron: σ(w·x + b)"),
        "second": translate("straight line"),
        "now": translate("largest distance"),
        "best": translate("step: a = ½"),
        "data": translate("the whole σ"),
    }
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1])
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False), title="x", axis=axis)
    curve = (
        _points()
        .mark_line(clip=True, strokeWidth=3.5)
        .encode(x=x, y=_a_axis(), color=with_legend(labels, stacked=stacked))
    )
    chord = _points().transform_filter("datum.x == 0 || datum.x > 0.999")
    chord = chord.mark_line(clip=True, strokeWidth=2, strokeDash=[6, 4])
    far = _farthest().mark_rule(strokeWidth=3).encode(x=x, y=_a_axis(), y2=alt.Y2("line:Q"))
    step = alt.Chart(VIEW).transform_calculate(x="-b / w", a="0.5")
    step = step.transform_filter("datum.x >= 0 && datum.x <= 1")
    rule = step.mark_rule(strokeWidth=1.5, strokeDash=[2, 3]).encode(x=x)
    dot = step.mark_circle(size=110, opacity=1).encode(x=x, y=_a_axis())
    return alt.layer(
        in_role(chord.encode(x=x, y=_a_axis("line")), "second"),
        in_role(rule, "best"),
        curve.transform_calculate(role="'model'"),
        in_role(far, "now"),
        in_role(dot, "best"),
    )


def _lines(translate: Translate) -> list[alt.Chart]:
    """The lines of numbers, filled in by the browser."""
    view = alt.Chart(VIEW).transform_calculate(
        z0="b", z1="w + b", a0=_sigmoid("b"), a1=_sigmoid("w + b"), at="-b / w", slope="w / 4"
    )
    piece = sentence(
        translate("x from 0 to 1: z from {z0} to {z1}, a from {a0} to {a1}"),
        **{name: number_text(f"datum.{name}") for name in ("z0", "z1", "a0", "a1")},
    )
    distance = sentence(
        translate("largest distance from the straight line: {distance}"),
        distance=number_text("datum.distance"),
    )
    step = sentence(
        translate("step at x = −b/w = {x}, slope there w/4 = {slope}"),
        x=number_text("datum.at"),
        slope=number_text("datum.slope"),
    )
    no_step = sentence(translate("w = 0: no step, a is the same for every x"))
    return [
        view.transform_calculate(line=piece),
        _farthest().transform_calculate(line=distance),
        view.transform_calculate(line=f"w == 0 ? {no_step} : {step}"),
    ]


def sentence(template: str, **values: str) -> str:
    """Return a Vega expression for `template` with each ``{name}`` replaced by an expression.

    So the browser fills in its numbers.

    Parameters
    ----------
    template : str
        The sentence, in the reader's language.
    **values
        For each name in `template` a Vega expression, of a text.

    Examples
    --------
    >>> sentence("slope {slope} at {z}", slope="format(a, 1)", z="datum.z")
    '"slope " + format(a, 1) + " at " + datum.z'
    """
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            parts.append(json.dumps(text, ensure_ascii=False))
        if name:
            parts.append(values[name])
    return " + ".join(parts)
