"""Squared error beside cross-entropy on Curves → Sigmoid neuron: the same start, both losses."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import panels
from core.charts.layout import TABLET, Layout
from core.charts.palette import colour, in_role
from core.charts.player import SAMPLES, Column, Panel, compose, from_view
from core.curves import sigmoid_neuron
from core.curves.sigmoid_neuron import Loss
from core.datasets import as_samples
from core.history import History
from core.messages import Translate

CURVES, RUNS = alt.NamedData("curves"), alt.NamedData("runs")

ROLES: dict[Loss, str] = {"mean_squared_error": "model", "binary_cross_entropy": "second"}
"""The colour of each loss."""

START = "third"
"""The colour of the common start."""

N_POINTS = 101


def specification(*, layout: Layout = TABLET, translate: Translate = str) -> dict[str, Any]:
    """Lay out both curves among the samples, and both errors over the updates."""
    labels = {
        "data": translate("samples"),
        START: translate("start of both"),
        ROLES["mean_squared_error"]: translate("learned with squared error"),
        ROLES["binary_cross_entropy"]: translate("learned with cross-entropy"),
    }
    samples = alt.Chart(SAMPLES).mark_circle(size=34, opacity=1, fillOpacity=0.5)
    curve = alt.Chart(CURVES).mark_line(strokeWidth=2.5)
    curves = alt.layer(
        in_role(samples.encode(x=_x(), y=_y("y")), "data").encode(
            color=panels.with_legend(labels, layout=layout)
        ),
        curve.encode(x=_x(), y=_y("y_hat"), color=colour()),
    )
    update = alt.X(
        "update:Q",
        scale=from_view("update_low", "update_high", type="log"),
        title=translate("updates (log)"),
        axis=alt.Axis(tickCount=4),
    )
    error = alt.Y(
        "error:Q",
        scale=from_view("error_low", "error_high"),
        title=translate("mean squared error"),
        axis=alt.Axis(**panels.NUMBERS),
    )
    line = alt.Chart(RUNS).mark_line(strokeWidth=2.5)
    alone = panels.lone_points(alt.Chart(RUNS), "role")
    errors = alt.layer(
        panels.reading_view(),
        line.encode(x=update, y=error, color=colour()),
        alone.encode(x=update, y=error, color=colour()),
    )
    columns = [Column([Panel(curves, 170)]), Column([Panel(errors, 170)])]
    return compose(columns, [], [], layout=layout)


def tables(x: ArrayLike, y: ArrayLike, runs: Mapping[Loss, History]) -> dict[str, pd.DataFrame]:
    """Return the data of the chart.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        The samples that all runs learned from.
    runs : mapping of str to History
        The run with each loss, from the same start.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``samples``; ``curves`` with x, y_hat and role, of the start and the end of each run;
        ``runs`` with update, error (the mean squared error, whatever was learned with) and role,
        from the first update on; and ``view`` with the ranges of the axes.

    Examples
    --------
    >>> config = sigmoid_neuron.Config(n_epochs=3)
    >>> runs = {config.loss: sigmoid_neuron.train([0, 1], [0, 1], config)}
    >>> tables([0, 1], [0, 1], runs)["runs"]["update"].tolist()
    [1, 2, 3, 4, 5, 6]
    """
    samples = as_samples(x, y)
    at = np.linspace(samples.x.min(), samples.x.max(), N_POINTS)
    first = next(iter(runs.values())).params[0]
    states = {START: first} | {ROLES[loss]: run.params[-1] for loss, run in runs.items()}
    curves = [
        pd.DataFrame({"x": at, "y_hat": sigmoid_neuron.predict(at, *params), "role": role})
        for role, params in states.items()
    ]
    errors = [
        pd.DataFrame(
            {
                "update": run.update,
                "error": sigmoid_neuron.losses(*samples, run.params, "mean_squared_error"),
                "role": ROLES[loss],
            }
        ).iloc[1:]
        for loss, run in runs.items()
    ]
    table = pd.concat(errors, ignore_index=True)
    ranges = {
        "x": panels.around(samples.x, 0),
        "update": panels.around_powers(table["update"]),
        "error": (0.0, 1.05 * float(table["error"].max()) or 1.0),
    }
    view = {f"{name}_low": low for name, (low, _high) in ranges.items()}
    view |= {f"{name}_high": high for name, (_low, high) in ranges.items()}
    return {
        "view": pd.DataFrame([view]),
        "samples": panels.shown_samples(samples),
        "curves": pd.concat(curves, ignore_index=True),
        "runs": table,
    }


def _x() -> alt.X:
    return alt.X("x:Q", scale=from_view("x_low", "x_high"), title="x")


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[-0.06, 1.06], nice=False), title="y")
