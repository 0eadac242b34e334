"""Fifty starts of Curves → MLP: where each of them ended, as a strip of points to click."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts import panels
from core.charts.as_dict import as_dict
from core.charts.layout import TABLET, Layout
from core.charts.number_text import number_text, quantity
from core.charts.palette import colour, in_role
from core.charts.player import VIEW, from_view
from core.curves.mlp.many_starts import ManyStarts
from core.messages import Translate

STARTS = alt.NamedData("starts")

PICK = "start"
"""The name of the selection: a point that was clicked, with its ``seed``."""

HEIGHT = 200
"""Pixels of the whole chart, legend and axis included."""

LANES = 7
"""Neighbours lie in different lanes, so that equal losses do not hide each other."""


def specification(*, layout: Layout = TABLET, translate: Translate = str) -> dict[str, Any]:
    """Lay out the strip, without its data."""
    labels = {"best": translate("found the curve"), "now": translate("stuck")}
    points = (
        alt.Chart(STARTS)
        .transform_calculate(loss_text=number_text("datum.loss"))
        .mark_circle(size=90, opacity=0.75, cursor="pointer")
        .encode(
            x=alt.X(
                "loss:Q",
                scale=from_view("loss_low", "loss_high", type="log"),
                title=translate("loss at the end (log)"),
                axis=quantity(tickCount=5),
            ),
            y=alt.Y("lane:Q", scale=alt.Scale(domain=[-1, LANES]), axis=None),
            color=panels.with_legend(labels, layout=layout),
            stroke=alt.StrokeValue(None),
            tooltip=[
                alt.Tooltip("seed:Q", title=translate("seed")),
                alt.Tooltip("loss_text:N", title=translate("loss")),
            ],
        )
        .add_params(alt.selection_point(name=PICK, fields=["seed"], on="click", toggle=False))
    )
    shown = (
        alt.Chart(STARTS)
        .transform_filter("datum.shown")
        .transform_calculate(role="'ink'")
        .mark_point(size=220, strokeWidth=2, filled=False)
        .encode(x=alt.X("loss:Q"), y=alt.Y("lane:Q"), color=colour())
    )
    threshold = alt.Chart(VIEW).mark_rule(strokeDash=[5, 4]).encode(x=alt.X("threshold:Q"))
    chart = alt.layer(in_role(threshold, "data"), points, shown).properties(
        width=layout.width - 16, height=HEIGHT
    )
    return as_dict(chart)


def tables(starts: ManyStarts, seed: int) -> dict[str, pd.DataFrame]:
    """Return the data of the strip.

    Parameters
    ----------
    starts : ManyStarts
        What `core.curves.mlp.many_starts.train_many` returned.
    seed : int
        The start that the page shows; its point gets a ring.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``starts`` with seed, loss, lane, role and shown; ``view`` with the range of the
        losses and the threshold above which a start is stuck.
    """
    rank = np.empty(starts.losses.size, dtype=np.int64)
    rank[np.argsort(starts.losses, kind="stable")] = np.arange(starts.losses.size)
    table = pd.DataFrame(
        {
            "seed": starts.seeds,
            "loss": np.maximum(starts.losses, panels.LOWEST),
            "lane": rank * 3 % LANES,
            "role": np.where(starts.is_stuck, "now", "best"),
            "shown": starts.seeds == seed,
        }
    )
    low, high = panels.around_powers([*table["loss"], starts.threshold])
    view = {"loss_low": low, "loss_high": high, "threshold": starts.threshold}
    return {"starts": table, "view": pd.DataFrame([view])}
