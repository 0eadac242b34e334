"""The curves of a run that trains on digits: loss and accuracy, of training and of test images.

Full epochs are lines. What was measured in the middle of the epoch under way are dots, on fewer
images, until the epoch's own numbers take their place. All that changes while a run learns is data,
the ranges of the axes included: so the chart is never built anew.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts import panels, player
from core.charts.layout import TABLET, Layout
from core.charts.number_text import number_text, percent_text
from core.charts.palette import colour, in_role
from core.charts.player import VIEW, Column, Panel, from_view
from core.digits.train.verdict import Measured
from core.messages import Translate

CURVES, NOW = alt.NamedData("curves"), alt.NamedData("under_way")

ROLES = {"train": "second", "test": "model"}
"""The colour of each set of images."""

ENDS = (10, 20, 50, 100, 200, 500)
"""Where the axis of the epochs may end before it shows the whole of a long run."""

FLOORS = (0.99, 0.98, 0.95, 0.9, 0.8, 0.5)
"""Where the axis of the accuracy may begin; the highest that keeps in sight what is to be seen."""


def specification(
    *, logarithmic: bool = False, layout: Layout = TABLET, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the two panels, without their data.

    Parameters
    ----------
    logarithmic : bool, default=False
        A logarithmic axis for the loss.
    """
    labels = {
        ROLES["train"]: translate("training images"),
        ROLES["test"]: translate("test images"),
        "best": translate("best epoch"),
    }
    loss = alt.Y(
        "loss:Q",
        scale=from_view("loss_low", "loss_high", type="log" if logarithmic else "linear"),
        title=translate("loss (log)") if logarithmic else translate("loss"),
        axis=alt.Axis(tickCount=4, minExtent=38, maxExtent=38),
    )
    accuracy = alt.Y(
        "accuracy:Q",
        scale=from_view("accuracy_low", "accuracy_high"),
        title=translate("accuracy"),
        axis=alt.Axis(
            tickCount=5, format="~%", labelExpr="datum.label", minExtent=38, maxExtent=38
        ),
    )
    shown = panels.with_legend(labels, layout=layout, symbol="stroke")
    columns = [
        Column([Panel(_curves(loss, colour(), translate), 230)]),
        Column([Panel(_curves(accuracy, shown, translate), 230)]),
    ]
    return player.compose(columns, [], [], layout=layout)


def _curves(y: alt.Y, colours: alt.Color, translate: Translate) -> player.Layers:
    x = alt.X(
        "epoch:Q",
        scale=from_view("epoch_low", "epoch_high"),
        title=translate("epoch"),
        axis=alt.Axis(tickCount=5, tickMinStep=1),
    )
    best = alt.Chart(VIEW).transform_filter("isValid(datum.epoch)")
    rule = best.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, clip=True).encode(x=x)
    curves = alt.Chart(CURVES)
    lines = curves.mark_line(clip=True, strokeWidth=2.5).encode(x=x, y=y, color=colours)
    first = panels.lone_points(curves, "role").encode(x=x, y=y, color=colour())
    under_way = alt.Chart(NOW).encode(x=x, y=y, color=colour())
    return alt.layer(
        in_role(rule, "best"),
        lines,
        first,
        under_way.mark_line(clip=True, strokeWidth=1.5, strokeDash=[2, 3]),
        under_way.mark_circle(clip=True, size=24, opacity=1),
        alt.Chart(CURVES)
        .transform_calculate(
            loss_text=number_text("datum.loss"), accuracy_text=percent_text("datum.accuracy")
        )
        .mark_circle(clip=True, size=160, opacity=0)
        .encode(x=x, y=y, color=colour(), tooltip=_tooltip(translate)),
    )


def _tooltip(translate: Translate) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("images:N", title=translate("images")),
        alt.Tooltip("epoch:Q", title=translate("epoch")),
        alt.Tooltip("loss_text:N", title=translate("loss")),
        alt.Tooltip("accuracy_text:N", title=translate("accuracy")),
    ]


def tables(
    epochs: Sequence[Measured],
    under_way: Sequence[Measured] = (),
    *,
    n_epochs: int,
    best: float | None = None,
    logarithmic: bool = False,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the two panels.

    Parameters
    ----------
    epochs : sequence of Measured
        The full epochs so far, the first one first.
    under_way : sequence of Measured, optional
        What was measured in the middle of the next epoch; anything older is left out.
    n_epochs : int
        Of the whole run.
    best : float, optional
        The epoch to mark.
    logarithmic : bool, default=False
        As in `specification`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``curves`` and ``under_way`` with epoch, loss, accuracy, role and images; ``view`` with the
        ranges of the axes, and the best epoch as epoch.
    """
    last = epochs[-1].epoch if epochs else 0
    curves = _rows(epochs, translate)
    now = _rows([point for point in under_way if point.epoch > last], translate)
    measured = pd.concat([curves, now])
    return {
        "curves": curves,
        "under_way": now,
        "view": pd.DataFrame(
            [{"epoch": best, **ranges(measured, n_epochs, logarithmic=logarithmic)}],
            dtype=np.float64,
        ),
    }


def _rows(points: Sequence[Measured], translate: Translate) -> pd.DataFrame:
    """A row for each point and set of images, without what no axis can show."""
    names = {"train": translate("training images"), "test": translate("test images")}
    numbers = np.array(
        [
            (point.epoch, getattr(point, f"{part}_loss"), getattr(point, f"{part}_accuracy"))
            for point in points
            for part in names
        ],
        np.float64,
    ).reshape(-1, 3)
    parts = np.tile(list(names), len(points))
    shown = np.isfinite(numbers).all(axis=1)
    epoch, loss, accuracy = numbers[shown].T
    return pd.DataFrame(
        {
            "epoch": epoch,
            "loss": loss,
            "accuracy": accuracy,
            "role": [ROLES[part] for part in parts[shown]],
            "images": [names[part] for part in parts[shown]],
        }
    )


def ranges(measured: pd.DataFrame, n_epochs: int, *, logarithmic: bool) -> dict[str, float]:
    """Return the ranges of the axes for what was measured so far, for the table ``view``.

    The later half of the epochs is always in sight, the first ones as `panels.reach` has it. They
    move seldom and by round steps: a curve should be seen to fall, not its axis to jump.
    """
    far = float(measured["epoch"].max()) if len(measured) else 0.0
    high = axis_of_epochs(far, n_epochs)
    later = measured[measured["epoch"] >= min(far / 2, far - 1)]
    misread = 1 - measured["accuracy"].min(), 1 - later["accuracy"].min()
    accuracy = 1 - panels.reach(*misread) if len(later) else 0.0
    floor = next((floor for floor in FLOORS if accuracy >= floor), 0.0)
    losses = measured["loss"][measured["loss"] > 0]
    lowest, highest = (losses.min(), losses.max()) if len(losses) else (0.01, 1.0)
    if logarithmic:
        low = round_down(max(lowest, highest * 1e-12))
        top = round_up(highest)
    else:
        most = panels.reach(highest, later["loss"].max()) if len(later) else 0.0
        low, top = 0.0, round_up(most) if most > 0 else 1.0
    return {
        "epoch_low": 0.0,
        "epoch_high": high,
        "accuracy_low": floor,
        "accuracy_high": 1.0 + 0.02 * (1 - floor),
        "loss_low": low,
        "loss_high": top if top > low else low * 10,
    }


def is_cut(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Tell whether some of what was measured lies outside the axes, in what `tables` gave."""
    view = tables["view"].iloc[0]
    measured = pd.concat([tables["curves"], tables["under_way"]])
    above, below = measured["loss"] > view["loss_high"], measured["accuracy"] < view["accuracy_low"]
    return bool((above | below).any())


def axis_of_epochs(far: float, n_epochs: int) -> float:
    """Return where the axis of the epochs ends: all of a short run, a part of a long one.

    Examples
    --------
    >>> [axis_of_epochs(far, 200) for far in (0, 8, 9.5, 60, 95, 200)]
    [10, 10, 20, 100, 200, 200]
    >>> axis_of_epochs(0, 5)
    5
    """
    return min(next((end for end in ENDS if far <= 0.9 * end), n_epochs), n_epochs)


def round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20 … from `value` on.

    Examples
    --------
    >>> round_up(0.11), round_up(2), round_up(2.3)
    (0.2, 2.0, 5.0)
    """
    power = 10.0 ** math.floor(math.log10(value))
    return next(float(f"{step * power:.3g}") for step in (1, 2, 5, 10) if step * power >= value)


def round_down(value: float) -> float:
    """Return the last of 1, 2, 5, 10, 20 … up to `value`.

    Examples
    --------
    >>> round_down(0.11), round_down(2)
    (0.1, 2.0)
    """
    power = 10.0 ** math.floor(math.log10(value))
    return next(float(f"{step * power:.3g}") for step in (5, 2, 1) if step * power <= value)
