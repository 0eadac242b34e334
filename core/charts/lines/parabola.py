"""Parts of the panels that show the loss of every weight as a parabola.

They read the parabola's coefficients ``a``, ``b``, ``c`` and the ranges ``w_low``, ``w_high``,
``L_low``, ``L_high`` from the table ``view``, and draw the curve in closed form, in the browser.
"""

import altair as alt

from core.charts.player import from_view
from core.messages import Translate

GRID = "data('view')[0].w_low + datum.share * (data('view')[0].w_high - data('view')[0].w_low)"
"""The weight at the share ``share`` of the range, as a Vega expression."""


def w_axis(translate: Translate, field: str = "w") -> alt.X:
    """Return the x channel: the weight."""
    return alt.X(f"{field}:Q", scale=from_view("w_low", "w_high"), title=translate("weight w"))


def loss_axis(translate: Translate, field: str = "L") -> alt.Y:
    """Return the y channel: the loss."""
    return alt.Y(f"{field}:Q", scale=from_view("L_low", "L_high"), title=translate("loss L(w)"))


def loss_at(weight: str) -> str:
    """Return the mean squared error of all samples at a weight, as a Vega expression.

    Examples
    --------
    >>> loss_at("datum.w").count("datum.w")
    3
    """
    a, b, c = (f"data('view')[0].{name}" for name in "abc")
    return f"({a} * {weight} * {weight} + {b} * {weight} + {c})"


def mean_parabola(translate: Translate) -> alt.Chart:
    """Return the parabola of all samples."""
    curve: alt.Chart = (
        alt.Chart(alt.sequence(0, 1.005, 0.01, as_="share"))
        .transform_calculate(w=GRID)
        .transform_calculate(L=loss_at("datum.w"))
        .mark_line(clip=True, strokeWidth=2.5)
        .encode(x=w_axis(translate), y=loss_axis(translate))
    )
    return curve


def own_parabola(rows: alt.Chart, a: str, b: str, c: str) -> alt.Chart:
    """Return the parabola of each of `rows`, from its columns `a`, `b` and `c`; without a mark."""
    curve: alt.Chart = (
        rows.transform_calculate(share="sequence(0, 1.01, 0.04)")
        .transform_flatten(["share"])
        .transform_calculate(
            w=GRID, L=f"datum.{a} * datum.w * datum.w + datum.{b} * datum.w + datum.{c}"
        )
    )
    return curve


def point(
    rows: alt.Chart, size: int, translate: Translate, w: str = "w", loss: str = "L"
) -> alt.Chart:
    """Return a point at the columns `w` and `loss` of `rows`."""
    mark: alt.Chart = rows.mark_circle(clip=True, opacity=1, size=size)
    return mark.encode(x=w_axis(translate, w), y=loss_axis(translate, loss))


def tangent(rows: alt.Chart, slope: str, translate: Translate) -> alt.Chart:
    """Return the tangent of the slope `slope` at each row's ``w`` and ``L``."""
    ends: alt.Chart = rows.transform_calculate(
        reach="0.16 * (data('view')[0].w_high - data('view')[0].w_low)",
        w_left="datum.w - datum.reach",
        w_right="datum.w + datum.reach",
        L_left=f"datum.L - ({slope}) * datum.reach",
        L_right=f"datum.L + ({slope}) * datum.reach",
    )
    rule: alt.Chart = ends.mark_rule(clip=True, strokeWidth=2)
    return rule.encode(
        x=w_axis(translate, "w_left"),
        x2=alt.X2("w_right:Q"),
        y=loss_axis(translate, "L_left"),
        y2=alt.Y2("L_right:Q"),
    )
