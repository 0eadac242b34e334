"""The curves of several runs over each other: a colour for each, loss beside accuracy."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from core.charts import player
from core.charts.layout import TABLET, Layout
from core.charts.number_text import number_text, percent_text, tick_text
from core.charts.palette import RUNS, colour, legend
from core.charts.panels import LOWEST, SQUEEZE, lone_points, reach, reading_view
from core.charts.player import Column, Panel, from_view
from core.messages import Translate

POINTS = alt.NamedData("points")

Axis = Literal["epoch", "images", "seconds"]
"""What the horizontal axis counts."""

MAX_SPOTS = 60
"""So many records of a curve can be pointed at: more are too close, and slow in the browser."""

DETOUR = 1.5
"""A linear axis goes this many times beyond the first loss of a run whose loss explodes."""


class Shown(NamedTuple):
    """A run that is drawn: its place, name and curve (`core.lab.compare.learning_curves.curve`)."""

    place: int
    name: str
    curve: pd.DataFrame

    @property
    def role(self) -> str:
        """Its colour's role."""
        return RUNS[self.place]


def specification(
    names: Mapping[str, str],
    *,
    axis: Axis = "epoch",
    accuracy: bool = True,
    logarithmic: bool = False,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay the panels out, without their data.

    Parameters
    ----------
    names : mapping of str to str
        The runs' names by their roles.
    axis : {"epoch", "images", "seconds"}, default="epoch"
        What the horizontal axes count.
    accuracy : bool, default=True
        Whether there is a panel for it beside the loss.
    logarithmic : bool, default=False
        A logarithmic axis for the loss.
    """
    titles = {
        "epoch": translate("epochs"),
        "images": translate("images or samples seen"),
        "seconds": translate("seconds of learning"),
    }
    x = alt.X(
        "x:Q",
        scale=from_view("x_low", "x_high"),
        title=titles[axis],
        axis=alt.Axis(tickCount=5),
    )
    loss = alt.Y(
        "loss:Q",
        scale=from_view("loss_low", "loss_high", type="log" if logarithmic else "linear"),
        title=translate("loss (log)") if logarithmic else translate("loss"),
        axis=alt.Axis(tickCount=5, minExtent=36, maxExtent=36),
    )
    right = alt.Y(
        "accuracy:Q",
        scale=from_view("accuracy_low", "accuracy_high"),
        title=translate("accuracy"),
        axis=alt.Axis(
            tickCount=5, format="~%", labelExpr="datum.label", minExtent=48, maxExtent=48
        ),
    )
    shown = legend(
        dict(names), 1 if layout.stacked else 3, "stroke", limit=270 if layout.stacked else 190
    )
    columns = [Column([Panel(_curves(x, loss, colour(shown), translate), 250)])]
    if accuracy:
        columns.append(Column([Panel(_curves(x, right, colour(), translate), 250)]))
    return player.compose(columns, [], [_pointed_at()], layout=layout)


def tables(
    runs: Sequence[Shown],
    *,
    axis: Axis = "epoch",
    logarithmic: bool = False,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the panels.

    Parameters
    ----------
    runs : sequence of Shown
        The runs that are drawn; of each, at most `player.MAX_FRAMES` records.
    axis, logarithmic, translate
        As in `specification`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``points`` with role, name, part ("test", or "train" beside it), of (the same as a reader
        calls it), end (the last record), spot (can be pointed at), x, epoch, images, seconds,
        loss and accuracy; ``view`` with the ranges of the axes.
    """
    words = {
        "test": translate("test images"),
        "train": translate("training images"),
        "all": translate("all samples"),
    }
    points = pd.concat([_points(run, axis, words) for run in runs], ignore_index=True)
    if logarithmic:
        points["loss"] = points["loss"].clip(lower=LOWEST)
    return {"points": points, "view": pd.DataFrame([_ranges(points, logarithmic)])}


def explodes(losses: pd.Series) -> bool:
    """Tell whether one loss of a run would squeeze all others on a linear axis.

    Examples
    --------
    >>> explodes(pd.Series([1.0, 0.5, 400.0]))
    True
    """
    known = losses.dropna()
    return bool(len(known) and known.max() > SQUEEZE * max(known.iloc[0], LOWEST))


def spans_powers(runs: Sequence[Shown]) -> bool:
    """Tell whether losses lie so far apart that a linear axis shows most of them as 0.

    Parameters
    ----------
    runs : sequence of Shown
        The runs that are drawn.

    Returns
    -------
    bool
        Whether they span more than two powers of ten.
    """
    if not runs:
        return False
    losses = pd.concat([run.curve[side] for run in runs for side in ("train_loss", "test_loss")])
    above = losses[losses > 0]
    return bool(len(above) and above.max() > 100 * above.min())


def is_cut(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Tell whether some accuracy lies below its axis, in what `tables` gave."""
    return bool((tables["points"]["accuracy"] < tables["view"]["accuracy_low"].item()).any())


def _points(run: Shown, axis: Axis, words: Mapping[str, str]) -> pd.DataFrame:
    """A run's records, of the test images and of the training images one below the other."""
    curve = run.curve[run.curve[axis].notna()]
    rows = player.thin(len(curve), player.MAX_FRAMES)
    curve = curve.iloc[rows]
    sides = [("train", "train_loss", "train_accuracy"), ("test", "test_loss", "test_accuracy")]
    if curve["test_loss"].isna().all() and curve["test_accuracy"].isna().all():
        sides = [("all", "train_loss", "train_accuracy")]
    tables = [
        curve[["epoch", "images", "seconds"]].assign(
            role=run.role,
            name=run.name,
            part="train" if side == "train" else "test",
            of=words[side],
            end=rows == rows[-1],
            spot=np.isin(rows, rows[player.thin(len(rows), MAX_SPOTS)]),
            x=curve[axis],
            loss=curve[loss],
            accuracy=curve[accuracy],
        )
        for side, loss, accuracy in sides
    ]
    return pd.concat(tables)


def _ranges(points: pd.DataFrame, logarithmic: bool) -> dict[str, float]:
    """The ends of the three axes."""
    x_high = _or(points["x"].max(), 1)
    losses = points["loss"].dropna()
    if logarithmic:
        low, high = _or(losses.min(), 0.1) / 1.5, _or(losses.max(), 1) * 1.5
    else:
        high = 1.05 * max((_highest(run["loss"]) for _, run in points.groupby("role")), default=1)
        low = -0.02 * high
    accuracies = points.loc[points["part"] == "test", ["role", "accuracy"]].dropna()
    halves = [run["accuracy"].iloc[len(run) // 2] for _, run in accuracies.groupby("role")]
    least, best = _or(accuracies["accuracy"].min(), 0), _or(points["accuracy"].max(), 1)
    worst = 1 - reach(1 - least, 1 - min(halves, default=0.0))
    room = max(best - worst, 0.01)
    return {
        "x_low": 0.0,
        "x_high": 1.03 * x_high or 1.0,
        "loss_low": low,
        "loss_high": high or 1.0,
        "accuracy_low": max(worst - 0.35 * room, 0.0),
        "accuracy_high": min(best + 0.08 * room, 1.0) if best < 1 else 1.002,
    }


def _highest(losses: pd.Series) -> float:
    """How far a linear axis must reach for a run."""
    known = losses.dropna()
    if known.empty:
        return 0.0
    return float(DETOUR * known.iloc[0] if explodes(known) else known.max())


def _or(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else float(value)


def _pointed_at() -> dict[str, Any]:
    """The signal ``pointed``: the role of the curve under the pointer."""
    return {
        "name": "pointed",
        "value": "",
        "on": [
            {"events": "symbol:pointerover", "update": "datum && datum.role || ''"},
            {"events": "symbol:pointerout", "update": "''"},
        ],
    }


def _curves(x: alt.X, y: alt.Y, colours: alt.Color, translate: Translate) -> player.Layers:
    """One panel's curves: of the test images strong, of the training images thin and dashed."""
    here = "pointed == '' || pointed == datum.role"
    strength = alt.condition(here, alt.value(1), alt.value(0.2))
    points = alt.Chart(POINTS).encode(x=x, y=y, color=colours)
    test = points.transform_filter("datum.part == 'test'").encode(opacity=strength)
    train = points.transform_filter("datum.part == 'train'").encode(opacity=strength)
    ends = test.transform_filter("datum.end")
    spots = points.transform_filter("datum.spot").transform_calculate(
        epoch_text=tick_text("datum.epoch"),
        loss_text=number_text("datum.loss"),
        accuracy_text=percent_text("datum.accuracy"),
    )
    return alt.layer(
        reading_view(),
        train.mark_line(clip=True, strokeWidth=1.3, strokeDash=[4, 3]),
        lone_points(train, "role"),
        test.mark_line(clip=True, strokeWidth=2.5),
        ends.mark_circle(clip=True, size=55),
        spots.mark_circle(clip=True, size=220, opacity=0).encode(tooltip=_tooltip(translate)),
    )


def _tooltip(translate: Translate) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=translate("run")),
        alt.Tooltip("of:N", title=translate("measured on")),
        alt.Tooltip("epoch_text:N", title=translate("epoch")),
        alt.Tooltip("images:Q", title=translate("images or samples seen"), format=","),
        alt.Tooltip("loss_text:N", title=translate("loss")),
        alt.Tooltip("accuracy_text:N", title=translate("accuracy")),
    ]
