"""The player of Lines → Gradient descent: a point that walks down the error parabola."""

from typing import Any

import altair as alt
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import guess as guesses
from core.charts import panels, player
from core.charts.layout import TABLET, Layout
from core.charts.lines import parabola
from core.charts.palette import in_role
from core.charts.player import (
    MAX_FRAMES,
    VIEW,
    Column,
    Layers,
    Panel,
    now,
    thin,
    until_now,
)
from core.datasets import Samples, as_samples
from core.history import History
from core.hyperparameters import size_of_batch
from core.lines import gradient_descent, normal_equation
from core.messages import Translate
from core.number import factor, number, whole


def specification(
    n_frames: int, *, squeezed: bool = False, layout: Layout = TABLET, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the player, without its data."""
    loss = panels.loss_curve(logarithmic=squeezed, translate=translate, guessed=True)
    columns = [
        Column([Panel(_parabola(layout, translate), 270)], share=1.3),
        Column(
            [
                Panel(_fit(), 97),
                Panel(loss, 97),
            ]
        ),
    ]
    n_lines = 5 if layout.stacked else 3
    return player.specification(columns, n_lines, n_frames, layout=layout, translate=translate)


def tables(
    x: ArrayLike,
    y: ArrayLike,
    config: gradient_descent.Config,
    history: History,
    *,
    guess: ArrayLike | None = None,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: a run of `core.lines.gradient_descent`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        The samples the run learned from.
    config : gradient_descent.Config
        Its hyperparameters.
    history : History
        Its record.
    guess : array_like of float, optional
        The losses that the learner guesses, at equal shares of the run.
    layout : Layout
        Stacked, it has more and shorter lines of numbers.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples``, ``view`` and ``guess``; see `core.charts.player.tables`.

    Examples
    --------
    >>> config = gradient_descent.Config(start_weight=0, n_epochs=1, batch_size=None)
    >>> history = gradient_descent.train([1, 2], [1, 4], config)
    >>> tables([1, 2], [1, 4], config, history)["frames"]["line_3"][0]
    'w ← w − η·g = 0 − 0.100·(−9.000) = 0.900'
    """
    samples = as_samples(x, y)
    mean = normal_equation.parabola(x, y)
    best = panels.best_weight(x, y, otherwise=float(history.column("weight")[0]))
    made = player.tables(
        _frames(samples, config, history, best, layout, translate),
        panels.shown_samples(samples),
        _view(samples, history, mean, best) | panels.run_ranges(history, guess=guess),
    )
    return made | {"guess": guesses.curve_table(int(history.update[-1]), guess)}


def _frames(
    samples: Samples,
    config: gradient_descent.Config,
    history: History,
    best: float,
    layout: Layout,
    translate: Translate,
) -> pd.DataFrame:
    """One row a frame: the state, the batch that comes next, and what is written below."""
    rows = thin(history.n_records, MAX_FRAMES)
    w, eta = history.column("weight")[rows], config.learning_rate
    a, b, c = (history.column(f"batch_{name}")[rows] for name in "abc")
    slope = 2 * a * w + b
    frames = pd.DataFrame(
        {
            "update": history.update[rows],
            "weight": w,
            "loss": history.loss[rows],
            "batch_a": a,
            "batch_b": b,
            "batch_c": c,
            "slope": slope,
            "next_weight": w - eta * slope,
        }
    )
    size = size_of_batch(config.batch_size, samples.x.size)
    lines = [
        [
            translate("Epoch {epoch}, update {update}, batch of {size}").format(
                epoch=whole(epoch + 1), update=whole(update + 1), size=whole(size)
            ),
            "g = 2·a·w + b",
            f"= 2·{factor(ai)}·{factor(wi)} + {factor(bi)} = {number(g)}",
            "w ← w − η·g",
            f"= {number(wi)} − {number(eta)}·{factor(g)} = {number(wi - eta * g)}",
        ]
        for epoch, update, wi, ai, bi, g in zip(
            history.epoch[rows], history.update[rows], w, a, b, slope, strict=True
        )
    ]
    lines[-1] = _last_lines(history, best, translate)
    if not layout.stacked:
        lines = [[line[0], " ".join(line[1:3]), " ".join(line[3:5])] for line in lines]
    return panels.with_lines(frames, lines)


def _last_lines(history: History, best: float, translate: Translate) -> list[str]:
    """What stands below once there is no next batch."""
    update = int(history.update[-1])
    headline = (
        translate("Diverged at update {i}: the weight has run away.")
        if history.diverged
        else translate("Done: {i} updates.")
    )
    return [
        headline.format(i=whole(update)),
        f"w = {number(history.column('weight')[-1])}",
        translate("(least squares: {best})").format(best=number(best)),
        translate("mean squared error = {loss}").format(loss=number(history.loss[-1])),
        "",
    ]


def _view(
    samples: Samples, history: History, mean: normal_equation.Parabola, best: float
) -> dict[str, float]:
    """The ranges of the axes, the parabola of all samples and its vertex."""
    weight = history.column("weight")
    reach = max(1.3 * abs(weight[0] - best), 0.5)
    w_low, w_high = best - reach, best + reach
    if not panels.is_squeezed(history):
        w_low, w_high = panels.around([*weight, w_low, w_high], 0.02)
    highest = 1.05 * max(mean(w_low), mean(w_high))
    return {
        **panels.sample_ranges(samples),
        "w_low": w_low,
        "w_high": w_high,
        "L_low": -0.05 * highest,
        "L_high": highest if highest > 0 else 1.0,
        "a": mean.a,
        "b": mean.b,
        "c": mean.c,
        "best": best,
        "lowest": mean(best),
    }


def _parabola(layout: Layout, translate: Translate) -> Layers:
    labels = {
        "loss": translate("loss of all samples"),
        "second": translate("this batch's loss"),
        "now": translate("slope and next step"),
        "best": translate("least squares"),
    }
    stepping = now().transform_filter("isValid(datum.batch_a)")  # at the end no batch comes next
    batch = parabola.own_parabola(stepping, "batch_a", "batch_b", "batch_c")
    batch = batch.mark_line(clip=True, strokeWidth=1.5, strokeDash=[4, 3]).encode(
        x=parabola.w_axis(translate), y=parabola.loss_axis(translate)
    )
    walked = until_now().transform_calculate(w="datum.weight", L="datum.loss")
    here = now().transform_calculate(w="datum.weight", L="datum.loss")
    on_batch = stepping.transform_calculate(
        w="datum.weight",
        L="datum.batch_a * datum.w * datum.w + datum.batch_b * datum.w + datum.batch_c",
    )
    step = on_batch.mark_rule(clip=True, strokeWidth=2).encode(
        x=parabola.w_axis(translate), x2=alt.X2("next_weight:Q"), y=parabola.loss_axis(translate)
    )
    arrow = on_batch.transform_calculate(
        angle="datum.next_weight > datum.weight ? 90 : -90"
    ).mark_point(shape="triangle-up", filled=True, opacity=1, size=70, clip=True)
    arrow = arrow.encode(
        x=parabola.w_axis(translate, "next_weight"),
        y=parabola.loss_axis(translate),
        angle=alt.Angle("angle:Q", scale=alt.Scale(domain=[-180, 180], range=[-180, 180])),
    )
    mean = in_role(parabola.mean_parabola(translate), "loss")
    return alt.layer(
        mean.encode(color=panels.with_legend(labels, layout=layout)),
        in_role(batch, "second"),
        in_role(parabola.point(walked, 16, translate), "model"),
        in_role(parabola.point(alt.Chart(VIEW), 110, translate, "best", "lowest"), "best"),
        in_role(parabola.tangent(on_batch, "datum.slope", translate), "now"),
        in_role(step, "now"),
        in_role(arrow, "now"),
        in_role(parabola.point(here, 130, translate), "model"),
    )


def _fit() -> Layers:
    past = panels.straight_line(until_now(), "datum.weight", strokeOpacity=0.06)
    present = panels.straight_line(now(), "datum.weight", strokeWidth=2.5)
    return alt.layer(
        panels.sample_points(),
        in_role(past, "model"),
        panels.best_line(),
        in_role(present, "model"),
    )
