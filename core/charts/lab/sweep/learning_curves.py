"""How the accuracy of a sweep's runs grew: faint lines, the best and the chosen one strong."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.lab.sweep.run_cells import (
    EARLY,
    accuracy_axis,
    accuracy_range,
    misread,
)
from core.charts.layout import TABLET, Layout
from core.charts.number_text import quantity
from core.charts.palette import ROLES, colour, legend
from core.charts.panels import lone_points, reading_view
from core.lab.sweep.results import Result
from core.messages import Translate
from core.percent import percent
from core.store.records import EpochRow

CURVES = alt.NamedData("curves")
ENDS = alt.NamedData("ends")

HEIGHT = 320

MOST_ROWS = 6_000
"""So many points the browser gets, or little more: the epochs of all runs are thinned alike."""


def specification(
    n_epochs: int, *, layout: Layout = TABLET, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the curves, without their data.

    Parameters
    ----------
    n_epochs : int
        Of a run that goes to its end.
    """
    labels = {
        "best": translate("best run"),
        "ink": translate("chosen run"),
        "data": translate("other runs, × where one was ended early"),
    }
    x = alt.X(
        "epoch:Q",
        scale=alt.Scale(domain=[0, n_epochs], nice=False),
        title=translate("epoch"),
        axis=quantity(tickCount=6, tickMinStep=1),
    )
    y = accuracy_axis(translate)
    detail = alt.Detail("trial:N")
    shown = colour(legend(labels, 1 if layout.stacked else 3, "stroke"))
    faint = (
        alt.Chart(CURVES)
        .transform_filter("datum.role === 'data'")
        .mark_line(clip=True, strokeWidth=1.3, opacity=0.45)
    )
    strong = (
        alt.Chart(CURVES)
        .transform_filter("datum.role !== 'data'")
        .mark_line(clip=True, strokeWidth=2.6)
    )
    ends = alt.Chart(ENDS).mark_text(text=EARLY, fontSize=15, fontWeight="bold", clip=True)
    lone = lone_points(alt.Chart(CURVES), "trial", clip=False)
    told = alt.Chart(CURVES).mark_circle(size=110, opacity=0, clip=True)
    return as_dict(
        alt.layer(
            faint.encode(x=x, y=y, detail=detail, color=shown),
            lone.encode(x=x, y=y, color=colour()),
            ends.encode(x=x, y=y, color=colour()),
            strong.encode(x=x, y=y, detail=detail, color=colour()),
            told.encode(
                x=x,
                y=y,
                color=colour(),
                tooltip=[
                    alt.Tooltip("values:N", title=translate("recipe")),
                    alt.Tooltip("epoch:Q", title=translate("epoch")),
                    alt.Tooltip("told:N", title=translate("validation accuracy, %")),
                ],
            ),
            reading_view(),
        ).properties(height=HEIGHT)
    )


def tables(
    results: Sequence[Result],
    values: Mapping[int, str],
    *,
    best: int | None = None,
    shown: int | None = None,
) -> dict[str, pd.DataFrame]:
    """Give the data of the curves.

    Parameters
    ----------
    results : sequence of Result
    values : mapping of int to str
        What is told of each run, by its number.
    best, shown : int, optional
        The numbers of the best run, and of the chosen one.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``curves`` with a row for each epoch, ``ends`` with the last of each run that was ended
        early, and ``view`` with the ends of the axis of accuracies.
    """
    curves = pd.DataFrame(
        [
            (result.run.trial, row.epoch, row.validation_accuracy)
            for result, row in thinned(results)
        ],
        columns=["trial", "epoch", "accuracy"],
    )
    curves["y"] = [misread(accuracy) for accuracy in curves["accuracy"]]
    curves["told"] = [percent(accuracy) for accuracy in curves["accuracy"]]
    curves["values"] = [values.get(trial, "") for trial in curves["trial"]]
    curves["role"] = [
        "ink" if trial == shown else "best" if trial == best else ROLES[0]
        for trial in curves["trial"]
    ]
    ended = {result.run.trial for result in results if result.run.status == "pruned"}
    last = curves[curves["trial"].isin(ended)].groupby("trial").tail(1)
    view = pd.DataFrame([accuracy_range(curves["y"])])
    return {"curves": curves, "ends": last, "view": view}


def thinned(results: Sequence[Result]) -> list[tuple[Result, EpochRow]]:
    """Give the epochs to show, each with its run: of very many some, of each run both its ends."""
    measured = [
        (result, [row for row in result.epochs if row.validation_accuracy is not None])
        for result in results
    ]
    every = max(1, -(-sum(len(rows) for _, rows in measured) // MOST_ROWS))
    return [
        (result, row)
        for result, rows in measured
        for row in rows
        if row.epoch % every == 0 or row.epoch in (rows[0].epoch, rows[-1].epoch)
    ]
