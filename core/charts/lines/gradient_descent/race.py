"""The race of Lines → Gradient descent: three batch sizes, the same start, the same samples."""

import dataclasses
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import panels
from core.charts.layout import TABLET, Layout
from core.charts.palette import colour, in_role
from core.charts.player import VIEW, Column, Panel, compose, from_view
from core.datasets import as_samples
from core.hyperparameters import count_batches, size_of_batch
from core.lines import gradient_descent
from core.messages import Translate

RACE = alt.NamedData("race")

ROLES = {"sgd": "model", "mini": "second", "full": "third"}
"""The colour of each variant."""

DEFAULT_BATCH = 10
MAX_RECORDS, MAX_POINTS = 20_000, 150
"""The most states a run keeps, and of these the most that are drawn, evenly on the log axis."""


def specification(*, layout: Layout = TABLET, translate: Translate = str) -> dict[str, Any]:
    """Lay out the race: loss over updates, and over samples seen; without the data."""
    labels = {
        ROLES["sgd"]: translate("SGD (batch size 1)"),
        ROLES["mini"]: translate("mini-batch"),
        ROLES["full"]: translate("full batch"),
        "best": translate("least squares"),
    }
    legend = panels.with_legend(labels, layout=layout, symbol="stroke")
    best = in_role(
        alt.Chart(VIEW).mark_rule(strokeDash=[5, 4], strokeWidth=1.5).encode(y=alt.Y("lowest:Q")),
        "best",
    )
    columns = [
        Column([Panel(alt.layer(*lines, best), 200)])
        for lines in (
            _panel("update", translate("updates (log)"), translate, legend),
            _panel("samples", translate("samples seen (log)"), translate),
        )
    ]
    return compose(columns, [], [], layout=layout)


def tables(x: ArrayLike, y: ArrayLike, config: gradient_descent.Config) -> dict[str, pd.DataFrame]:
    """Run the three variants from the same start on the same samples.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.
    config : gradient_descent.Config
        The hyperparameters of all three, but for the batch size: 1, ``config.batch_size`` (10
        where that is 1 or None), and all samples.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``race`` with role (its colour), update, samples (seen so far) and loss, from the first
        update on; and ``view`` with the lowest loss there is and the ranges of the axes.

    Examples
    --------
    >>> race = tables([1, 2], [1, 4], gradient_descent.Config(n_epochs=3))["race"]
    >>> race.groupby("role")["update"].max().to_dict()
    {'model': 6, 'second': 3, 'third': 3}
    """
    samples = as_samples(x, y)
    n = samples.x.size
    mini = DEFAULT_BATCH if config.batch_size in (None, 1) else config.batch_size
    updates, seen, losses = [], [], []
    for size in (1, mini, None):  # in the order of ROLES
        run = dataclasses.replace(config, batch_size=size)
        n_updates = run.n_epochs * count_batches(n, run.batch_size)
        run = dataclasses.replace(run, record_every=1 + n_updates // MAX_RECORDS)
        history = gradient_descent.train(x, y, run)
        rows = np.unique(np.geomspace(1, history.n_records, MAX_POINTS).astype(int))[1:] - 1
        updates.append(history.update[rows])
        seen.append(np.minimum(updates[-1] * size_of_batch(size, n), config.n_epochs * n))
        losses.append(np.maximum(history.loss[rows], panels.LOWEST))
    residuals = samples.y - panels.best_weight(x, y) * samples.x
    lowest = max(float(np.mean(residuals**2)), panels.LOWEST)
    race = pd.DataFrame(
        {
            "role": np.repeat(list(ROLES.values()), [update.size for update in updates]),
            "update": np.concatenate(updates),
            "samples": np.concatenate(seen),
            "loss": np.concatenate(losses),
        }
    )
    view = {"lowest": lowest}
    for field in ("update", "samples", "loss"):
        shown = [*race[field], lowest] if field == "loss" else race[field]
        view[f"{field}_low"], view[f"{field}_high"] = panels.around_powers(shown)
    return {"race": race, "view": pd.DataFrame([view])}


def _panel(
    field: str, title: str, translate: Translate, colours: alt.Color | None = None
) -> list[alt.Chart]:
    """The three losses over a column; a run of one record is a point."""
    x = alt.X(
        f"{field}:Q",
        scale=from_view(f"{field}_low", f"{field}_high", type="log"),
        title=title,
        axis=alt.Axis(tickCount=4),
    )
    y = alt.Y(
        "loss:Q",
        scale=from_view("loss_low", "loss_high", type="log"),
        title=translate("loss (log)"),
        axis=alt.Axis(**panels.NUMBERS),
    )
    race = alt.Chart(RACE)
    line = race.mark_line(clip=True, strokeWidth=2)
    return [
        line.encode(x=x, y=y, color=colours or colour()),
        panels.lone_points(race, "role").encode(x=x, y=y, color=colour()),
    ]
