"""The explorer of Lines → Normal equation: drag w, and see line, squares and parabola answer.

It is no run, so it has no time line: the signal ``position`` (0 to 1000) says where on its range
the weight is, and every panel derives the weight from it, in the browser.
"""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import panels
from core.charts.lines import parabola
from core.charts.number_text import number_text
from core.charts.palette import in_role
from core.charts.player import (
    SAMPLES,
    VIEW,
    Column,
    Layers,
    Panel,
    compose,
    control,
    left_plot_size,
    thin,
)
from core.datasets import as_samples
from core.lines import normal_equation
from core.messages import Translate
from core.number import number

PARABOLAS = alt.NamedData("parabolas")

POSITIONS = 1000
"""Steps of the slider over the range of weights."""

AT_VERTEX = 600
"""The slider's position at the vertex: not the middle, or there would be nothing to find."""

AT_START = 300

FARTHEST = 4
"""A single pass that ended more than so many times the usual range away leaves the range alone."""

MAX_PARABOLAS, MAX_SQUARES = 60, 20
"""The most samples whose own parabola, and whose squared error as a square, is drawn."""

N_FIXED, N_FIXED_STACKED = 3, 7
"""Lines of numbers that do not move with the weight."""

FIT_HEIGHT, FIT_SHARE = 262, 1.2

WEIGHT = (
    "(data('view')[0].w_low + position / 1000 * (data('view')[0].w_high - data('view')[0].w_low))"
)
"""The chosen weight, as a Vega expression."""


def specification(*, stacked: bool = False, translate: Translate = str) -> dict[str, Any]:
    """Lay out the explorer, without its data."""
    columns = [
        Column([Panel(_fit(stacked, translate), FIT_HEIGHT)], share=FIT_SHARE),
        Column([Panel(_parabola(translate), FIT_HEIGHT)]),
    ]
    signals = [
        control(
            "position",
            AT_START,
            {"input": "range", "min": 0, "max": POSITIONS, "step": 1, "name": translate("Weight")},
            {"events": {"signal": "vertex"}, "update": str(AT_VERTEX), "force": True},
        ),
        control("vertex", False, {"input": "checkbox", "name": translate("To the vertex")}),
    ]
    return compose(columns, _lines(stacked, translate), signals, stacked=stacked)


def tables(
    x: ArrayLike,
    y: ArrayLike,
    one_weight: float,
    *,
    true_weight: float | None = None,
    stacked: bool = False,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the explorer.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        The samples; at least one x is not 0.
    one_weight : float
        Where one pass of `core.lines.one_weight` over the same samples ends.
    true_weight : float, optional
        The slope of the line through 0 that the noise was added to, if there is one.
    stacked : bool, default=False
        The panels' proportions on a phone.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``samples`` with each sample's own parabola, ``parabolas`` the few of them that are drawn,
        and ``view``.

    Examples
    --------
    >>> view = tables([1, 2], [1, 4], one_weight=5.0)["view"]
    >>> view[["a", "b", "c", "best"]].iloc[0].tolist()
    [2.5, -9.0, 8.5, 1.8]
    """
    samples = as_samples(x, y)
    mean = normal_equation.parabola(x, y)
    best = mean.vertex
    usual, far = max(1.0, abs(best)), abs(one_weight - best)
    reach = 1.25 * (max(usual, far) if far <= FARTHEST * usual else usual)
    w_low, w_high = best - reach * AT_VERTEX / 500, best + reach * (1000 - AT_VERTEX) / 500
    ranges = panels.sample_ranges(samples)
    a, b, c = normal_equation.sample_parabolas(x, y)
    shown = panels.shown_samples(samples)
    squares = thin(len(shown), MAX_SQUARES)
    drawn = thin(samples.x.size, MAX_PARABOLAS)
    highest = 1.05 * max(mean(w_low), mean(w_high))
    groups = [
        [
            f"a = Σx²/N = {number(mean.a)}",
            f"b = −2·Σxy/N = {number(mean.b)}",
            f"c = Σy²/N = {number(mean.c)}",
        ],
        [
            translate("vertex: w* = −b/2a = Σxy/Σx² = {w}").format(w=number(best)),
            f"L(w*) = {number(mean.lowest)}",
        ],
        [
            translate("One weight, a single pass: w = {w}").format(w=number(one_weight)),
            f"L(w) = {number(mean(one_weight))}",
        ],
    ]
    lines = [text for group in groups for text in group]
    if not stacked:
        lines = [",  ".join(group) for group in groups]
    view = {
        **ranges,
        "w_low": w_low,
        "w_high": w_high,
        "L_low": -0.04 * highest,
        "L_high": highest,
        "a": mean.a,
        "b": mean.b,
        "c": mean.c,
        **panels.truth(true_weight),
        "best": best,
        "lowest": mean.lowest,
        "one_weight": one_weight,
        "one_weight_loss": mean(one_weight),
        "x_per_y": _x_per_y(ranges, stacked),
        **{f"line_{i}": line for i, line in enumerate(lines, start=1)},
    }
    return {
        "samples": shown.assign(square=np.isin(np.arange(len(shown)), squares)),
        "parabolas": pd.DataFrame({"sample": drawn, "a": a[drawn], "b": b[drawn], "c": c[drawn]}),
        "view": pd.DataFrame([view]),
    }


def _x_per_y(ranges: dict[str, float], stacked: bool) -> float:
    """How wide in x a square is that is one high in y, on the screen."""
    width, height = left_plot_size(FIT_HEIGHT, FIT_SHARE, stacked=stacked)
    x_per_pixel = (ranges["x_high"] - ranges["x_low"]) / width
    y_per_pixel = (ranges["y_high"] - ranges["y_low"]) / height
    return x_per_pixel / y_per_pixel


def _fit(stacked: bool, translate: Translate) -> Layers:
    labels = {
        "data": translate("samples"),
        "model": translate("line now"),
        "now": translate("squared errors"),
        "best": translate("least squares"),
        "third": translate("true line"),
        "second": translate("One weight's pass"),
    }
    errors = alt.Chart(SAMPLES).transform_calculate(
        y_hat=f"{WEIGHT} * datum.x",
        beside="datum.x + abs(datum.y - datum.y_hat) * data('view')[0].x_per_y",
    )
    error = errors.mark_rule(clip=True, strokeOpacity=0.35).encode(
        x=panels.x_axis(), y=panels.y_axis(), y2=alt.Y2("y_hat:Q")
    )
    square = errors.transform_filter("datum.square").mark_rect(
        clip=True, fillOpacity=0.07, strokeWidth=1, strokeOpacity=0.6
    )
    line = panels.straight_line(alt.Chart(VIEW), WEIGHT, strokeWidth=3.5)
    single_pass = panels.straight_line(
        alt.Chart(VIEW), "datum.one_weight", strokeDash=[2, 3], strokeWidth=1.5
    )
    square = square.encode(
        x=panels.x_axis(), x2=alt.X2("beside:Q"), y=panels.y_axis(), y2=alt.Y2("y_hat:Q")
    )
    return alt.layer(
        panels.sample_points().encode(color=panels.with_legend(labels, stacked=stacked)),
        in_role(error, "now"),
        in_role(square, "now"),
        in_role(single_pass, "second"),
        panels.true_line(),
        panels.best_line(),
        in_role(line, "model"),
    )


def _parabola(translate: Translate) -> Layers:
    own = parabola.own_parabola(alt.Chart(PARABOLAS), "a", "b", "c")
    own = own.mark_line(clip=True, strokeWidth=1, strokeOpacity=0.25).encode(
        x=parabola.w_axis(translate), y=parabola.loss_axis(translate), detail=alt.Detail("sample:N")
    )
    view = alt.Chart(VIEW)
    chosen = view.transform_calculate(w=WEIGHT, L=parabola.loss_at(WEIGHT))
    slope = "2 * datum.a * datum.w + datum.b"
    return alt.layer(
        in_role(own, "data"),
        in_role(parabola.mean_parabola(translate), "loss"),
        in_role(parabola.point(view, 90, translate, "one_weight", "one_weight_loss"), "second"),
        in_role(parabola.point(view, 110, translate, "best", "lowest"), "best"),
        in_role(parabola.tangent(chosen, slope, translate), "now"),
        in_role(parabola.point(chosen, 130, translate), "now"),
    )


def _lines(stacked: bool, translate: Translate) -> list[alt.Chart]:
    """The lines of numbers: two that move with the weight, and the fixed ones of ``view``."""
    chosen = alt.Chart(VIEW).transform_calculate(w=WEIGHT, L=parabola.loss_at(WEIGHT))
    slope = "2 * datum.a * datum.w + datum.b"
    at = chosen.transform_calculate(
        line=f"'w = ' + {number_text('datum.w')} + ',  L(w) = a·w² + b·w + c = '"
        f" + {number_text('datum.L')}"
    )
    name = translate("slope")
    # At the vertex the two terms leave what the browser's arithmetic has lost: no slope.
    flat = f"abs({slope}) < 1e-9 * abs(datum.b)"
    steep = chosen.transform_calculate(slope=f"{flat} ? 0 : {slope}").transform_calculate(
        line=f"'{name}: 2·a·w + b = ' + {number_text('datum.slope')}"
    )
    n_fixed = N_FIXED_STACKED if stacked else N_FIXED
    fixed = [
        alt.Chart(VIEW).transform_calculate(line=f"datum.line_{i + 1}") for i in range(n_fixed)
    ]
    return [at, steep, *fixed]
