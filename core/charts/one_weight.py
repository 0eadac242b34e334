"""The player of Lines → One weight: the line, the loss, the weight, and this step's numbers."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import player
from core.charts.numbers import factor, number
from core.charts.palette import colour, in_role, legend
from core.charts.player import (
    FRAMES,
    MAX_FRAMES,
    MAX_SAMPLES,
    SAMPLES,
    VIEW,
    Column,
    Layers,
    Panel,
    from_view,
    now,
    thin,
    until_now,
)
from core.datasets import Samples, as_samples
from core.history import History
from core.lines import one_weight
from core.messages import Translate

SQUEEZE = 20
"""A loss that grows beyond this many times its first value gets a logarithmic axis."""


def specification(
    n_frames: int, *, squeezed: bool = False, stacked: bool = False, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the player, without its data.

    Parameters
    ----------
    n_frames : int
        How many frames it has, the rows of ``frames`` in `tables`.
    squeezed : bool, default=False
        A logarithmic axis for the loss; see `is_squeezed`.
    stacked : bool, default=False
        All panels in one column, for a phone.
    translate : callable, default=str
        Gives each text in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification for ``st.vega_lite_chart``.
    """
    columns = [
        Column([Panel(_fit(stacked, translate), 270)], share=1.6),
        Column([Panel(_loss(squeezed, translate), 97), Panel(_weight(translate), 97)]),
    ]
    n_lines = 5 if stacked else 3
    return player.specification(columns, n_lines, n_frames, stacked=stacked, translate=translate)


def tables(
    x: ArrayLike,
    y: ArrayLike,
    config: one_weight.Config,
    history: History,
    *,
    stacked: bool = False,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: a run of `core.lines.one_weight`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        The samples the run learned from.
    config : one_weight.Config
        Its hyperparameters.
    history : History
        Its record.
    stacked : bool, default=False
        More and shorter lines of numbers, for a phone.
    translate : callable, default=str
        Gives each text in the reader's language.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples`` and ``view``; see `core.charts.player.tables`.

    Examples
    --------
    >>> config = one_weight.Config()
    >>> frames = tables([1, 2], [1, 4], config, one_weight.train([1, 2], [1, 4], config))["frames"]
    >>> frames["weight"].tolist()
    [0.5, 1.0, 5.0]
    >>> frames["line_3"][1]
    'w ← w + 2·η·error·x = 1.000 + 2·0.500·2.000·2.000 = 5.000'
    """
    samples = as_samples(x, y)
    best = best_weight(x, y)
    shown = thin(samples.x.size, MAX_SAMPLES)
    return player.tables(
        _frames(samples, config, history, best, stacked, translate),
        pd.DataFrame({"x": samples.x[shown], "y": samples.y[shown]}),
        _view(samples, history, best),
    )


def is_squeezed(history: History) -> bool:
    """Tell whether one exploding loss would squeeze a linear axis flat."""
    return bool(history.loss.max() > SQUEEZE * max(history.loss[0], 1e-12))


def best_weight(x: ArrayLike, y: ArrayLike) -> float:
    """Return the weight with the least mean squared error, Σxy / Σx² (0 if every x is 0)."""
    x, y = as_samples(x, y)
    denominator = float(x @ x)
    return float(x @ y) / denominator if denominator > 0 else 0.0


def _frames(
    samples: Samples,
    config: one_weight.Config,
    history: History,
    best: float,
    stacked: bool,
    translate: Translate,
) -> pd.DataFrame:
    """One row a frame: the state, the sample that comes next, and what is written below."""
    rows = thin(history.n_records, MAX_FRAMES)
    update, weight = history.update[rows], history.column("weight")[rows]
    n = samples.x.size
    next_x, next_y = (np.append(values, np.nan)[update] for values in samples)
    frames = pd.DataFrame(
        {
            "update": update,
            "weight": weight,
            "loss": history.loss[rows],
            "x": next_x,
            "y": next_y,
            "y_hat": weight * next_x,
        }
    )
    eta = config.learning_rate
    lines: list[list[str]] = []
    for u, w, xi, yi in zip(update, weight, next_x, next_y, strict=True):
        error = yi - w * xi
        lines.append(
            [
                translate("Sample {i} of {n}:  x = {x},  y = {y}").format(
                    i=u + 1, n=n, x=number(xi), y=number(yi)
                ),
                translate("error = y − w·x"),
                f"= {number(yi)} − {factor(w)}·{factor(xi)} = {number(error)}",
                "w ← w + 2·η·" + translate("error") + "·x",
                f"= {number(w)} + 2·{number(eta)}·{factor(error)}·{factor(xi)}"
                f" = {number(w + 2 * eta * error * xi)}",
            ]
        )
    lines[-1] = _last_lines(samples, history, best, translate)
    if not stacked:
        lines = [[line[0], " ".join(line[1:3]), " ".join(line[3:5])] for line in lines]
    for i, column in enumerate(zip(*lines, strict=True), start=1):
        frames[f"line_{i}"] = column
    return frames


def _last_lines(samples: Samples, history: History, best: float, translate: Translate) -> list[str]:
    """What stands below once there is no next sample."""
    weight = f"w = {number(history.column('weight')[-1])}"
    loss = translate("mean squared error = {loss}").format(loss=number(history.loss[-1]))
    best_weight = translate("(least squares: {best})").format(best=number(best))
    if history.diverged:
        update, limit = history.update[-1], one_weight.overshoot_learning_rate(samples.x)
        headline = translate("Diverged at update {i}: the weight has run away.").format(i=update)
        hint = translate("stable: every η below {limit}").format(limit=number(limit))
        return [headline, weight, best_weight, loss, f"({hint})"]
    headline = translate("All {n} samples have been learned from.").format(n=samples.x.size)
    return [headline, weight, best_weight, loss, ""]


def _view(samples: Samples, history: History, best: float) -> dict[str, float]:
    """The ranges of the axes and the exact solution."""
    weight, squeezed = history.column("weight"), is_squeezed(history)
    n_updates = max(int(history.update[-1]), 1)
    reach = 1.5 * max(abs(weight[0] - best), 0.5)
    seen = [best - reach, best + reach] if squeezed else [*weight, best]
    x_low, x_high = _around([0.0, *samples.x], 0.02)
    y_low, y_high = _around([0.0, *samples.y], 0.06)
    w_low, w_high = _around(seen, 0.1)
    loss_high = float(history.loss.max())
    # A logarithmic axis stays above 0 and shows no more than twelve powers of ten.
    lowest = max(float(history.loss.min()), loss_high * 1e-12)
    loss_low = lowest if squeezed else -0.05 * loss_high
    return {
        "x_low": x_low,
        "x_high": x_high,
        "y_low": y_low,
        "y_high": y_high,
        "w_low": w_low,
        "w_high": w_high,
        "loss_low": loss_low,
        "loss_high": loss_high * (3 if squeezed else 1.08)
        if loss_high > loss_low
        else loss_low + 1,
        "update_low": -0.02 * n_updates,
        "update_high": 1.04 * n_updates,
        "best": best,
    }


def _around(values: list[float], margin: float) -> tuple[float, float]:
    low, high = float(np.min(values)), float(np.max(values))
    room = (high - low) * margin or 0.5
    return low - room, high + room


def _fit(stacked: bool, translate: Translate) -> Layers:
    x_scale, y_scale = from_view("x_low", "x_high"), from_view("y_low", "y_high")
    x, y = alt.X("x:Q", scale=x_scale, title="x"), alt.Y("y:Q", scale=y_scale, title="y")
    labels = {
        "data": translate("samples"),
        "model": translate("line now"),
        "now": translate("next sample and its error"),
        "best": translate("least squares"),
    }

    def line(chart: alt.Chart, weight: str, **mark: Any) -> alt.Chart:
        ends: alt.Chart = chart.transform_calculate(
            x1="data('view')[0].x_low",
            x2="data('view')[0].x_high",
            y1=f"{weight} * datum.x1",
            y2=f"{weight} * datum.x2",
        )
        rule: alt.Chart = ends.mark_rule(clip=True, **mark).encode(
            x=alt.X("x1:Q", scale=x_scale, title="x"),
            x2="x2:Q",
            y=alt.Y("y1:Q", scale=y_scale, title="y"),
            y2="y2:Q",
        )
        return rule

    samples = alt.Chart(SAMPLES).mark_circle(size=34, opacity=1, fillOpacity=0.5).encode(x=x, y=y)
    error = now().mark_rule(clip=True, strokeWidth=3).encode(x=x, y=y, y2="y_hat:Q")
    point = now().mark_circle(clip=True, size=130, opacity=1).encode(x=x, y=y)
    return alt.layer(
        in_role(samples, "data").encode(color=colour(legend(labels, 2 if stacked else 4))),
        in_role(line(until_now(), "datum.weight", strokeOpacity=0.09), "model"),
        in_role(line(alt.Chart(VIEW), "datum.best", strokeDash=[5, 4], strokeWidth=1.5), "best"),
        in_role(line(now(), "datum.weight", strokeWidth=3.5), "model"),
        in_role(error, "now"),
        in_role(point, "now"),
    )


def _loss(logarithmic: bool, translate: Translate) -> Layers:
    title = translate("loss (log)") if logarithmic else translate("loss")
    scale = from_view("loss_low", "loss_high", type="log" if logarithmic else "linear")
    return _curve("loss", title, scale, "loss", translate)


def _weight(translate: Translate) -> Layers:
    scale = from_view("w_low", "w_high")
    best = alt.Chart(VIEW).mark_rule(strokeDash=[5, 4], strokeWidth=1.5).encode(y="best:Q")
    curve = _curve("weight", translate("weight w"), scale, "model", translate)
    return curve + in_role(best, "best")


def _curve(field: str, title: str, scale: alt.Scale, role: str, translate: Translate) -> Layers:
    """A column of the frames over the updates: all of it faint, up to now strong, now as a dot."""
    x = alt.X(
        "update:Q",
        scale=from_view("update_low", "update_high"),
        title=translate("update"),
        axis=alt.Axis(tickCount=4, format="~s"),
    )
    y = alt.Y(
        f"{field}:Q",
        scale=scale,
        title=title,
        axis=alt.Axis(tickCount=4, format="~g", minExtent=30),
    )
    whole = alt.Chart(FRAMES).mark_line(clip=True, strokeOpacity=0.3, strokeWidth=1.5)
    part = until_now().mark_line(clip=True, strokeWidth=2.5)
    dot = now().mark_circle(clip=True, size=80, opacity=1)
    return alt.layer(
        *(
            in_role(layer.encode(x=x, y=y), layer_role)
            for layer, layer_role in ((whole, role), (part, role), (dot, "now"))
        )
    )
