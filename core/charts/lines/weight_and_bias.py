"""The player of Lines → Weight and bias: a path down a bowl, the line, and both derivatives."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import guess as guesses
from core.charts import panels, player
from core.charts.layout import TABLET, Layout
from core.charts.palette import in_role
from core.charts.player import (
    MAX_FRAMES,
    VIEW,
    Column,
    Layers,
    Panel,
    from_view,
    left_plot_size,
    now,
    once_seen,
    thin,
    until_now,
)
from core.datasets import Samples, as_samples
from core.history import History
from core.hyperparameters import size_of_batch
from core.lines import weight_and_bias
from core.lines.weight_and_bias import bowl
from core.messages import Translate
from core.number import factor, number, whole

CONTOURS = alt.NamedData("contours")

N_CONTOURS, N_POINTS = 8, 60
"""Level lines, each four times as high as the next inner one, and the points of each."""

N_LINES = 5

BOWL_HEIGHT, BOWL_SHARE = 262, 1.3

LONGEST_ELLIPSE = 10
"""Ellipses up to so many times as long as wide are drawn in their true shape."""


def specification(
    n_frames: int, *, squeezed: bool = False, layout: Layout = TABLET, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the player, without its data."""
    columns = [
        Column([Panel(_bowl(layout, translate), BOWL_HEIGHT)], share=BOWL_SHARE),
        Column(
            [
                Panel(_fit(translate), 93),
                Panel(panels.loss_curve(logarithmic=squeezed, translate=translate), 93),
            ]
        ),
    ]
    return player.specification(columns, N_LINES, n_frames, layout=layout, translate=translate)


def tables(
    x: ArrayLike,
    y: ArrayLike,
    config: weight_and_bias.Config,
    history: History,
    *,
    guess: Sequence[float] | None = None,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: a run of `core.lines.weight_and_bias`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        The samples the run learned from.
    config : weight_and_bias.Config
        Its hyperparameters.
    history : History
        Its record.
    guess : sequence of float, optional
        The y at the smallest and at the largest x of the line that the learner guesses.
    layout : Layout
        It has the panels' proportions.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples``, ``view``, ``contours`` and ``guess``; see
        `core.charts.player.tables`.

    Examples
    --------
    >>> config = weight_and_bias.Config(start_weight=0, start_bias=0, n_epochs=1)
    >>> history = weight_and_bias.train([1, 2], [1, 4], config)
    >>> tables([1, 2], [1, 4], config, history)["frames"]["line_4"][0]
    'w ← w − η·∂L/∂w = 0 − 0.100·(−2.000) = 0.200'
    """
    samples = as_samples(x, y)
    best = bowl.least_squares(x, y)
    view = _view(samples, history, best, layout)
    made = player.tables(
        _frames(samples, config, history, best, translate), panels.shown_samples(samples), view
    )
    ends = float(samples.x.min()), float(samples.x.max())
    guessed = guesses.line_table(*ends, guess)
    return made | {"contours": _contours(samples, view), "guess": guessed}


def _frames(
    samples: Samples,
    config: weight_and_bias.Config,
    history: History,
    best: tuple[float, float],
    translate: Translate,
) -> pd.DataFrame:
    """One row a frame: the state, where the next step leads, and what is written below."""
    rows = thin(history.n_records, MAX_FRAMES)
    w, b = (history.column(name)[rows] for name in ("weight", "bias"))
    dw, db = (history.column(f"gradient_{name}")[rows] for name in ("weight", "bias"))
    eta = config.learning_rate
    frames = pd.DataFrame(
        {
            "update": history.update[rows],
            "weight": w,
            "bias": b,
            "loss": history.loss[rows],
            "next_weight": w - eta * dw,
            "next_bias": b - eta * db,
        }
    )
    size = size_of_batch(config.batch_size, samples.x.size)
    lines = [
        [
            translate("Epoch {epoch}, update {update}, batch of {size}").format(
                epoch=whole(epoch + 1), update=whole(update + 1), size=whole(size)
            ),
            f"∂L/∂w = 2·x·(w·x + b − y) = {number(dwi)}",
            f"∂L/∂b = 2·(w·x + b − y) = {number(dbi)}",
            f"w ← w − η·∂L/∂w = {number(wi)} − {number(eta)}·{factor(dwi)}"
            f" = {number(wi - eta * dwi)}",
            f"b ← b − η·∂L/∂b = {number(bi)} − {number(eta)}·{factor(dbi)}"
            f" = {number(bi - eta * dbi)}",
        ]
        for epoch, update, wi, bi, dwi, dbi in zip(
            history.epoch[rows], history.update[rows], w, b, dw, db, strict=True
        )
    ]
    headline = (
        translate("Diverged at update {i}: the weight has run away.")
        if history.diverged
        else translate("Done: {i} updates.")
    )
    lines[-1] = [
        headline.format(i=whole(history.update[-1])),
        f"w = {number(w[-1])},  b = {number(b[-1])}",
        translate("least squares: w = {w},  b = {b}").format(w=number(best[0]), b=number(best[1])),
        translate("mean squared error = {loss}").format(loss=number(history.loss[-1])),
        "",
    ]
    return panels.with_lines(frames, lines)


def _view(
    samples: Samples, history: History, best: tuple[float, float], layout: Layout
) -> dict[str, float]:
    """The ranges of the axes and the exact solution."""
    ranges = panels.sample_ranges(samples) | panels.run_ranges(history)
    for low_high, name, solution in (("w", "weight", best[0]), ("b", "bias", best[1])):
        path = history.column(name)
        reach = 1.3 * max(abs(path[0] - solution), 0.5)
        seen = [solution - reach, solution + reach]
        if not panels.is_squeezed(history):
            seen = [*path, solution - reach / 2, solution + reach / 2]
        ranges[f"{low_high}_low"], ranges[f"{low_high}_high"] = panels.around(seen, 0.05)
    if bowl.condition_number(samples.x) <= LONGEST_ELLIPSE**2:
        ranges |= _in_equal_units(ranges, layout)
    return ranges | {"best_weight": best[0], "best_bias": best[1]}


def _in_equal_units(ranges: dict[str, float], layout: Layout) -> dict[str, float]:
    """Both ranges, one of them widened, so that a unit of w is as long on the screen as one of b.

    Then circles are drawn as circles, and the gradient stands upright on its level line.
    """
    width, height = left_plot_size(BOWL_HEIGHT, BOWL_SHARE, layout=layout)
    pixels = {"w": width, "b": height}
    longest = max((ranges[f"{name}_high"] - ranges[f"{name}_low"]) / pixels[name] for name in "wb")
    widened: dict[str, float] = {}
    for name in "wb":
        middle = (ranges[f"{name}_low"] + ranges[f"{name}_high"]) / 2
        reach = longest * pixels[name] / 2
        widened |= {f"{name}_low": middle - reach, f"{name}_high": middle + reach}
    return widened


def _contours(samples: Samples, view: dict[str, float]) -> pd.DataFrame:
    """Level lines of the loss, the outermost through the farthest corner of the panel."""
    best = view["best_weight"], view["best_bias"]
    lowest = weight_and_bias.loss(*samples, *best)
    corners = [
        weight_and_bias.loss(*samples, view[w], view[b]) - lowest
        for w in ("w_low", "w_high")
        for b in ("b_low", "b_high")
    ]
    heights = max(max(corners), 1e-12) / 4.0 ** np.arange(N_CONTOURS)
    lines = [bowl.contour(*samples, height, N_POINTS) for height in heights.tolist()]
    weights, biases = (np.concatenate(ends) for ends in zip(*lines, strict=True))
    sizes = [line[0].size for line in lines]
    return pd.DataFrame(
        {
            "level": np.repeat(np.arange(N_CONTOURS), sizes),
            "order": np.concatenate([np.arange(size) for size in sizes]),
            "w": weights,
            "b": biases,
        }
    )


def _w(translate: Translate, field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=from_view("w_low", "w_high"), title=translate("weight w"))


def _b(translate: Translate, field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=from_view("b_low", "b_high"), title=translate("bias b"))


def _bowl(layout: Layout, translate: Translate) -> Layers:
    labels = {
        "loss": translate("equal loss"),
        "model": translate("path"),
        "now": translate("next step"),
        "best": translate("least squares"),
    }
    level = alt.Chart(CONTOURS).mark_line(clip=True, strokeWidth=1, strokeOpacity=0.6)
    level = level.encode(
        x=_w(translate, "w"),
        y=_b(translate, "b"),
        order=alt.Order("order:Q"),
        detail=alt.Detail("level:N"),
    )
    path = until_now().mark_line(clip=True, strokeWidth=1.5, strokeOpacity=0.8)
    path = path.encode(
        x=_w(translate, "weight"), y=_b(translate, "bias"), order=alt.Order("update:Q")
    )
    stepping = now().transform_filter("isValid(datum.next_weight)")
    step = stepping.mark_rule(clip=True, strokeWidth=3).encode(
        x=_w(translate, "weight"),
        x2=alt.X2("next_weight:Q"),
        y=_b(translate, "bias"),
        y2=alt.Y2("next_bias:Q"),
    )

    def point(rows: alt.Chart, size: int, w: str, b: str) -> alt.Chart:
        mark: alt.Chart = rows.mark_circle(clip=True, opacity=1, size=size)
        return mark.encode(x=_w(translate, w), y=_b(translate, b))

    return alt.layer(
        in_role(level, "loss").encode(color=panels.with_legend(labels, layout=layout)),
        in_role(path, "model"),
        in_role(point(alt.Chart(VIEW), 110, "best_weight", "best_bias"), "best"),
        in_role(step, "now"),
        in_role(point(stepping, 50, "next_weight", "next_bias"), "now"),
        in_role(point(now(), 120, "weight", "bias"), "model"),
    )


def _fit(translate: Translate) -> Layers:
    past = panels.straight_line(until_now(), "datum.weight", "datum.bias", strokeOpacity=0.06)
    present = panels.straight_line(now(), "datum.weight", "datum.bias", strokeWidth=2.5)
    return alt.layer(
        panels.sample_points(),
        in_role(past, "model"),
        panels.best_line("datum.best_weight", "datum.best_bias", once_seen(alt.Chart(VIEW))),
        panels.guessed_line(translate),
        in_role(present, "model"),
    )
