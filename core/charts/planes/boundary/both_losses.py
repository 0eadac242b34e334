"""Both losses from one start on Planes → Boundary: the accuracy, and how long the weights grow."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts import panels
from core.charts.layout import TABLET, Layout
from core.charts.palette import colour
from core.charts.planes.boundary.boundary import accuracies
from core.charts.player import Column, Layers, Panel, compose, from_view
from core.history import History
from core.messages import Translate
from core.planes.boundary import Loss
from core.planes.points import Points

RUNS = alt.NamedData("runs")

ROLES: dict[Loss, str] = {"mean_squared_error": "model", "binary_cross_entropy": "second"}
"""The colour of each loss."""

HEIGHT = 170


def specification(*, layout: Layout = TABLET, translate: Translate = str) -> dict[str, Any]:
    """Lay out the accuracy and the length of the weights over the updates, each of both losses."""
    labels = {
        ROLES["mean_squared_error"]: translate("squared error"),
        ROLES["binary_cross_entropy"]: translate("cross-entropy"),
    }
    right = alt.Scale(domain=[-0.03, 1.06], nice=False)
    long = from_view("length_low", "length_high")
    shown = panels.with_legend(labels, layout=layout, symbol="stroke")
    accuracy = _curves("accuracy", translate("accuracy"), right, shown, translate)
    length = _curves("length", translate("length of the weights"), long, colour(), translate)
    columns = [Column([Panel(accuracy, HEIGHT)]), Column([Panel(length, HEIGHT)])]
    return compose(columns, [], [], layout=layout)


def tables(points: Points, runs: Mapping[Loss, History]) -> dict[str, pd.DataFrame]:
    """Return the data of the chart.

    Parameters
    ----------
    points : Points
        The samples that all runs learned from.
    runs : mapping of str to History
        The run with each loss, from the same start.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``runs`` with update, accuracy, length and role, from the first update on; ``view`` with the
        ranges of the axes.

    Examples
    --------
    >>> from core.planes import boundary
    >>> from core.planes.points import as_points
    >>> points, config = as_points([[0, 1], [1, 0]], [0, 1]), boundary.Config(n_epochs=3)
    >>> runs = {config.loss: boundary.train(*points, config)}
    >>> tables(points, runs)["runs"]["update"].tolist()
    [1, 2, 3]
    """
    curves = [
        pd.DataFrame(
            {
                "update": run.update,
                "accuracy": accuracies(points, run.params),
                "length": np.hypot(run.params[:, 0], run.params[:, 1]),
                "role": ROLES[loss],
            }
        ).iloc[1:]
        for loss, run in runs.items()
    ]
    table = pd.concat(curves, ignore_index=True)
    low, high = panels.around_powers(table["update"])
    view = {"update_low": low, "update_high": high, "length_low": 0.0}
    view["length_high"] = 1.05 * float(table["length"].max()) or 1.0
    return {"runs": table, "view": pd.DataFrame([view])}


def _curves(
    field: str, title: str, scale: alt.Scale, colours: alt.Color, translate: Translate
) -> Layers:
    x = alt.X(
        "update:Q",
        scale=from_view("update_low", "update_high", type="log"),
        title=translate("updates (log)"),
        axis=alt.Axis(tickCount=4),
    )
    axis = alt.Axis(**panels.NUMBERS)
    y = alt.Y(f"{field}:Q", scale=scale, title=title, axis=axis)
    line = alt.Chart(RUNS).mark_line(strokeWidth=2.5, clip=True).encode(x=x, y=y, color=colours)
    alone = panels.lone_points(alt.Chart(RUNS), "role").encode(x=x, y=y, color=colour())
    return alt.layer(panels.reading_view(), line, alone)
