"""How many of each digit a network reads right: a point a digit, on one axis."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.charts.as_dict import as_dict
from core.charts.number_text import percent_text
from core.charts.palette import colour, in_role, legend
from core.digits.network.evaluation import Evaluation
from core.messages import Translate

DIGITS, MEANS = alt.NamedData("digits"), alt.NamedData("means")


def specification(*, compared: bool = False, translate: Translate = str) -> dict[str, Any]:
    """Lay the points out, without their data.

    Parameters
    ----------
    compared : bool, default=False
        Whether there is a network before and one after.
    """
    names = {"data": translate("with the units"), "model": translate("without them")}
    shown = legend(names, 1) if compared else None  # on a tablet there is no room for two
    scale = alt.Scale(
        domainMin=alt.ExprRef("data('means')[0].low"),
        domainMax=alt.ExprRef("data('means')[0].high"),
    )
    x = alt.X(
        "accuracy:Q",
        scale=scale,
        title=translate("read right"),
        axis=alt.Axis(format="~%", tickCount=4, labelExpr="datum.value > 1 ? '' : datum.label"),
    )
    y = alt.Y("digit:O", title=None, axis=alt.Axis(labelFontSize=14, ticks=False, grid=True))
    tips = [
        alt.Tooltip("digit:O", title=translate("true digit")),
        alt.Tooltip("percent:N", title=translate("read right")),
        alt.Tooltip("right:Q", title=translate("images read right")),
        alt.Tooltip("images:Q", title=translate("images")),
    ]
    rows = alt.Chart(DIGITS).transform_calculate(percent=percent_text("datum.accuracy"))
    points = rows.encode(x=x, y=y)
    dots = points.mark_circle(size=110, opacity=1).encode(color=colour(shown), tooltip=tips)
    texts = in_role(
        points.transform_filter("datum.role == 'model'")
        .mark_text(align="right", dx=-2, dy=-1, fontSize=12)
        .encode(text=alt.Text("percent:N"), x=alt.XValue("width")),
        "ink",
    )
    means = (
        alt.Chart(MEANS)
        .mark_rule(strokeDash=[5, 4], strokeWidth=1.5)
        .encode(x=alt.X("accuracy:Q", scale=scale), color=colour())
    )
    return as_dict(alt.layer(means, dots, texts).properties(height=320))


def tables(after: Evaluation, before: Evaluation | None = None) -> dict[str, pd.DataFrame]:
    """Return the data of the points.

    Parameters
    ----------
    after : Evaluation
        The network that the page shows.
    before : Evaluation, optional
        The one to compare it with.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``digits`` with digit, accuracy, right, images and role; ``means`` with the accuracy over
        all digits, the role, and the ends of the axis.
    """
    shown = [(after, "model")] if before is None else [(before, "data"), (after, "model")]
    digits = pd.concat([_rows(evaluation, role) for evaluation, role in shown])
    low, high = np.nanmin(digits["accuracy"]), np.nanmax(digits["accuracy"])
    room = max(high - low, 0.004)
    means = pd.DataFrame(
        {"accuracy": [e.accuracy for e, _ in shown], "role": [r for _, r in shown]}
    )
    means["low"], means["high"] = max(low - 0.08 * room, 0), high + 0.25 * room
    return {"digits": digits, "means": means}


def _rows(evaluation: Evaluation, role: str) -> pd.DataFrame:
    counts: NDArray[np.intp] = evaluation.confusion
    return pd.DataFrame(
        {
            "digit": np.arange(10),
            "accuracy": evaluation.accuracy_per_digit,
            "right": np.diagonal(counts),
            "images": counts.sum(axis=1),
            "role": role,
        }
    ).dropna()
