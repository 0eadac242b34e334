"""The player of Curves → Sigmoid neuron: the curve, the path over the loss, and the chain rule."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import panels, player
from core.charts.curves.sigmoid_neuron import chain_boxes, landscape
from core.charts.palette import in_role
from core.charts.player import (
    FRAMES,
    VIEW,
    Column,
    Layers,
    Panel,
    now,
    thin,
)
from core.curves import sigmoid_neuron
from core.datasets import Samples, as_samples
from core.history import History
from core.hyperparameters import size_of_batch
from core.messages import Translate
from core.number import factor, number
from core.percent import percent

MAX_FRAMES = 250
"""Fewer than elsewhere: each frame carries the numbers of eight boxes."""

N_GHOSTS = 12
"""Earlier curves that stay faintly in sight."""

N_LINES = 3


def specification(
    n_frames: int,
    *,
    squeezed: bool = False,
    stacked: bool = False,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay out the player, without its data."""
    columns = [
        Column(
            [
                Panel(_fit(stacked, translate), 150),
                Panel(panels.loss_curve(logarithmic=squeezed, translate=translate), 70),
            ],
        ),
        Column([Panel(landscape.panel(translate), 272)]),
    ]
    made = player.specification(columns, N_LINES, n_frames, stacked=stacked, translate=translate)
    made["vconcat"].insert(1, chain_boxes.view(stacked=stacked))
    return made


def tables(
    x: ArrayLike,
    y: ArrayLike,
    config: sigmoid_neuron.Config,
    history: History,
    *,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: a run of `core.curves.sigmoid_neuron`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        The samples the run learned from.
    config : sigmoid_neuron.Config
        Its hyperparameters.
    history : History
        Its record.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples``, ``view``, ``contours`` and ``boxes``; see
        `core.charts.player.tables`.

    Examples
    --------
    >>> config = sigmoid_neuron.Config(start_weight=0, start_bias=0, n_epochs=1)
    >>> frames = tables([2], [1], config, sigmoid_neuron.train([2], [1], config))["frames"]
    >>> frames["line_2"][0]
    'w ← w − η·∂L/∂w = 0 − 0.100·(−0.500) = 0.0500'
    """
    samples = as_samples(x, y)
    view = _view(samples, history) | {"cross_entropy": config.loss == "binary_cross_entropy"}
    made = player.tables(
        _frames(samples, config, history, translate), panels.shown_samples(samples), view
    )
    return made | {
        "contours": landscape.contours(samples, config.loss, view),
        "boxes": chain_boxes.boxes(),
    }


def _frames(
    samples: Samples, config: sigmoid_neuron.Config, history: History, translate: Translate
) -> pd.DataFrame:
    """One row a frame: the state, the sample in the boxes, and what is written below."""
    rows = thin(history.n_records, MAX_FRAMES)
    w, b = (history.column(name)[rows] for name in ("weight", "bias"))
    dw, db = (history.column(f"gradient_{name}")[rows] for name in ("weight", "bias"))
    dw[-1] = db[-1] = np.nan  # nothing comes after the last frame
    eta = config.learning_rate
    sample = history.column("next_sample")[rows].astype(int)
    at_the_end = sigmoid_neuron.chain(*samples, w[-1], b[-1], config.loss)
    sample[-1] = int(at_the_end.loss.argmax())
    x, y = samples.x[sample], samples.y[sample]
    links = sigmoid_neuron.chain(x, y, w, b, config.loss)
    ghosts = np.unique(np.geomspace(1, len(rows), N_GHOSTS).astype(int)) - 1
    frames = pd.DataFrame(
        {
            "update": history.update[rows],
            "weight": w,
            "bias": b,
            "loss": history.loss[rows],
            "next_weight": w - eta * dw,
            "next_bias": b - eta * db,
            "x": x,
            "y": y,
            "y_hat": links.y_hat,
            "ghost": np.isin(np.arange(len(rows)), ghosts),
        }
    ).join(chain_boxes.texts(x, links))
    size = size_of_batch(config.batch_size, samples.x.size)
    lines = [
        [
            _slopes(size, dwi, dbi, translate),
            f"w ← w − η·∂L/∂w = {number(wi)} − {number(eta)}·{factor(dwi)}"
            f" = {number(wi - eta * dwi)}",
            f"b ← b − η·∂L/∂b = {number(bi)} − {number(eta)}·{factor(dbi)}"
            f" = {number(bi - eta * dbi)}",
        ]
        for wi, bi, dwi, dbi in zip(w, b, dw, db, strict=True)
    ]
    lines[-1] = _last_lines(samples, config, history, translate)
    when = [
        translate("Epoch {epoch}, update {update}, batch of {size}").format(
            epoch=epoch + 1, update=update + 1, size=size
        )
        for epoch, update in zip(history.epoch[rows], history.update[rows], strict=True)
    ]
    which = [_sample(size, i, samples, translate) for i in sample]
    headline = (
        translate("Diverged at update {i}: the weight has run away.")
        if history.diverged
        else translate("Done: {i} updates.")
    )
    when[-1] = headline.format(i=int(history.update[-1]))
    which[-1] = translate("The sample that fits worst, {i} of {n}: y = {y}").format(
        i=sample[-1] + 1, n=samples.x.size, y=number(y[-1])
    )
    return panels.with_lines(frames.assign(when=when, which=which), lines)


def _sample(size: int, i: int, samples: Samples, translate: Translate) -> str:
    """Whose numbers stand in the boxes."""
    text = (
        translate("Sample {i} of {n}: y = {y}")
        if size == 1
        else translate("Its first sample, {i} of {n}: y = {y}")
    )
    return text.format(i=i + 1, n=samples.x.size, y=number(samples.y[i]))


def _slopes(size: int, dw: float, db: float, translate: Translate) -> str:
    if size == 1:
        return f"∂L/∂b = ∂L/∂ŷ · ∂ŷ/∂z · 1 = {number(db)}"
    text = translate("Mean of the batch: ∂L/∂w = {dw},  ∂L/∂b = {db}")
    return text.format(dw=number(dw), db=number(db))


def _last_lines(
    samples: Samples, config: sigmoid_neuron.Config, history: History, translate: Translate
) -> list[str]:
    """What stands below once there is no next sample."""
    weight, bias = history.params[-1]
    loss = (
        translate("mean squared error = {loss}")
        if config.loss == "mean_squared_error"
        else translate("binary cross-entropy = {loss}")
    )
    right = sigmoid_neuron.accuracy(*samples, weight, bias)
    return [
        f"w = {number(weight)},  b = {number(bias)}",
        loss.format(loss=number(history.loss[-1])),
        translate("on the right side of ½: {percent} % of the samples").format(
            percent=percent(right)
        ),
    ]


def _view(samples: Samples, history: History) -> dict[str, float]:
    x_low, x_high = panels.around(samples.x, 0.03)
    ranges = {"x_low": x_low, "x_high": x_high, "y_low": -0.06, "y_high": 1.06}
    return ranges | landscape.ranges(history) | panels.run_ranges(history)


X = "data('view')[0].x_low + datum.at * (data('view')[0].x_high - data('view')[0].x_low)"
"""The x at the share ``at`` of the panel, as a Vega expression."""


def _line(points: alt.Chart, **mark: Any) -> alt.Chart:
    line: alt.Chart = points.mark_line(clip=True, **mark).encode(
        x=panels.x_axis("curve_x"), y=panels.y_axis("curve_y")
    )
    return line


def _curve() -> alt.Chart:
    """Draw the current frame's σ(w·x + b) across the panel."""
    points = alt.Chart(alt.sequence(0, 1.005, 0.01, as_="at")).transform_calculate(curve_x=X)
    z = f"{chain_boxes.FRAME}.weight * datum.curve_x + {chain_boxes.FRAME}.bias"
    return _line(points.transform_calculate(curve_y=f"1 / (1 + exp(-({z})))"), strokeWidth=3)


def _ghosts() -> alt.Chart:
    """Draw some earlier curves; they are computed once and appear when their time has come."""
    points = (
        alt.Chart(FRAMES)
        .transform_filter("datum.ghost")
        .transform_calculate(at="sequence(0, 1.005, 0.02)")
        .transform_flatten(["at"])
        .transform_calculate(curve_x=X)
        .transform_calculate(curve_y="1 / (1 + exp(-datum.weight * datum.curve_x - datum.bias))")
        .transform_filter("datum.step <= step")
    )
    return _line(points, strokeOpacity=0.2, strokeWidth=1).encode(detail=alt.Detail("step:N"))


def _fit(stacked: bool, translate: Translate) -> Layers:
    labels = {
        "data": translate("samples"),
        "model": translate("curve and path"),
        "now": translate("sample in the boxes, its error"),
        "loss": translate("equal loss"),
    }
    x, y = panels.x_axis(), panels.y_axis()
    error = now().mark_rule(clip=True, strokeWidth=2.5).encode(x=x, y=y, y2=alt.Y2("y_hat:Q"))
    point = now().mark_circle(clip=True, size=110, opacity=1).encode(x=x, y=y)
    half = alt.Chart(VIEW).mark_rule(strokeDash=[2, 3], strokeOpacity=0.4).encode(y=alt.YDatum(0.5))
    return alt.layer(
        panels.sample_points().encode(color=panels.with_legend(labels, stacked=stacked)),
        in_role(half, "ink"),
        in_role(_ghosts(), "model"),
        in_role(_curve(), "model"),
        in_role(error, "now"),
        in_role(point, "now"),
    )
