"""The player of Lines → One weight: the line, the loss, the weight, and this step's numbers."""

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
    now,
    once_seen,
    thin,
    until_now,
)
from core.datasets import Samples, as_samples
from core.history import History
from core.lines import one_weight
from core.messages import Translate
from core.number import factor, number, whole


def specification(
    n_frames: int, *, squeezed: bool = False, layout: Layout = TABLET, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the player, without its data."""
    columns = [
        Column([Panel(_fit(layout, translate), 270)], share=1.6),
        Column(
            [
                Panel(panels.loss_curve(logarithmic=squeezed, translate=translate), 97),
                Panel(_weight(translate), 97),
            ]
        ),
    ]
    n_lines = 5 if layout.stacked else 3
    return player.specification(columns, n_lines, n_frames, layout=layout, translate=translate)


def tables(
    x: ArrayLike,
    y: ArrayLike,
    config: one_weight.Config,
    history: History,
    *,
    true_weight: float | None = None,
    guess: float | None = None,
    layout: Layout = TABLET,
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
    true_weight : float, optional
        The slope of the line through 0 that the noise was added to, if there is one.
    guess : float, optional
        The weight that the learner guesses the run ends at.
    layout : Layout
        Stacked, it has more and shorter lines of numbers.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples``, ``view`` and ``guess``; see `core.charts.player.tables`.

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
    best = panels.best_weight(x, y)
    tables = player.tables(
        _frames(samples, config, history, best, layout, translate),
        panels.shown_samples(samples),
        _view(samples, history, best, guess) | panels.truth(true_weight),
    )
    return tables | {"guess": guesses.value_table(guess)}


def _frames(
    samples: Samples,
    config: one_weight.Config,
    history: History,
    best: float,
    layout: Layout,
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
                    i=whole(u + 1), n=whole(n), x=number(xi), y=number(yi)
                ),
                translate("error = y − w·x"),
                f"= {number(yi)} − {factor(w)}·{factor(xi)} = {number(error)}",
                "w ← w + 2·η·" + translate("error") + "·x",
                f"= {number(w)} + 2·{number(eta)}·{factor(error)}·{factor(xi)}"
                f" = {number(w + 2 * eta * error * xi)}",
            ]
        )
    lines[-1] = _last_lines(samples, history, best, translate)
    if not layout.stacked:
        lines = [[line[0], " ".join(line[1:3]), " ".join(line[3:5])] for line in lines]
    return panels.with_lines(frames, lines)


def _last_lines(samples: Samples, history: History, best: float, translate: Translate) -> list[str]:
    """What stands below once there is no next sample."""
    weight = f"w = {number(history.column('weight')[-1])}"
    loss = translate("mean squared error = {loss}").format(loss=number(history.loss[-1]))
    best_weight = translate("(least squares: {best})").format(best=number(best))
    if history.diverged:
        update, limit = history.update[-1], one_weight.overshoot_learning_rate(samples.x)
        headline = translate("Diverged at update {i}: the weight has run away.").format(
            i=whole(update)
        )
        hint = translate("stable: every η below {limit}").format(limit=number(limit))
        return [headline, weight, best_weight, loss, f"({hint})"]
    headline = translate("Every sample learned from, {n} in all.").format(n=whole(samples.x.size))
    return [headline, weight, best_weight, loss, ""]


def _view(samples: Samples, history: History, best: float, guess: float | None) -> dict[str, float]:
    """The ranges of the axes and the exact solution."""
    weight = history.column("weight")
    reach = 1.5 * max(abs(weight[0] - best), 0.5)
    squeezed = panels.is_squeezed(history)
    shown = [best - reach, best + reach] if squeezed else [*weight, best]
    w_low, w_high = panels.around([*shown, *([] if guess is None else [guess])], 0.1)
    ranges = panels.sample_ranges(samples) | panels.run_ranges(history)
    return {**ranges, "w_low": w_low, "w_high": w_high, "best": best}


def _fit(layout: Layout, translate: Translate) -> Layers:
    labels = {
        "data": translate("samples"),
        "model": translate("line now"),
        "now": translate("next sample and its error"),
        "best": translate("least squares"),
        "third": translate("true line"),
    }
    x, y = panels.x_axis(), panels.y_axis()
    past = panels.straight_line(until_now(), "datum.weight", strokeOpacity=0.09)
    guessed = panels.straight_line(
        alt.Chart(guesses.GUESS), "datum.value", strokeDash=guesses.DASHES, strokeWidth=2
    )
    present = panels.straight_line(now(), "datum.weight", strokeWidth=3.5)
    error = now().mark_rule(clip=True, strokeWidth=3).encode(x=x, y=y, y2=alt.Y2("y_hat:Q"))
    point = now().mark_circle(clip=True, size=130, opacity=1).encode(x=x, y=y)
    return alt.layer(
        panels.sample_points().encode(color=panels.with_legend(labels, layout=layout)),
        in_role(past, "model"),
        panels.true_line(once_seen(alt.Chart(VIEW))),
        panels.best_line(view=once_seen(alt.Chart(VIEW))),
        in_role(guessed, "ink"),
        in_role(present, "model"),
        in_role(error, "now"),
        in_role(point, "now"),
    )


def _weight(translate: Translate) -> Layers:
    scale = from_view("w_low", "w_high")
    best = once_seen(alt.Chart(VIEW)).mark_rule(strokeDash=[5, 4], strokeWidth=1.5)
    best = best.encode(y=alt.Y("best:Q"))
    curve = panels.curve("weight", translate("weight w"), scale, "model", translate)
    guess = guesses.rule(translate, y=alt.Y("value:Q"))
    return alt.layer(curve, in_role(best, "best"), guess)
