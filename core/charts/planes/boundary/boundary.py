"""The player of Planes → Boundary: the line among two classes, and the loss and the accuracy."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.charts import guess as guesses
from core.charts import panels, player
from core.charts.layout import TABLET, Layout
from core.charts.palette import in_role
from core.charts.planes import plane
from core.charts.planes.boundary import step_numbers
from core.charts.player import VIEW, Column, Layers, Panel, from_view, left_plot_size, now, thin
from core.history import History
from core.messages import Translate
from core.planes import boundary
from core.planes.boundary.lowest import Lowest
from core.planes.boundary.separation import Separation
from core.planes.points import Points

MAX_FRAMES = 250
"""Fewer than elsewhere: each frame has many numbers."""

HEIGHT, HALF_HEIGHT = 300, 125
"""Of the plane, and of each curve beside it."""

LONGEST_ARROW = 0.4
"""The longest arrow of a run, as a share of the panel's shorter side."""

SURE = float(np.log(9))
"""z where ŷ is 0.9; at −z it is 0.1."""


def specification(
    n_frames: int,
    *,
    names: Sequence[str] = (),
    squeezed: bool = False,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay out the player, without its data; `names` are what the classes are called, if not so."""
    loss = panels.loss_curve(logarithmic=squeezed, translate=translate)
    scale = "log" if squeezed else "linear"
    right = alt.Scale(domain=[-0.03, 1.06], nice=False)
    accuracy = panels.curve("accuracy", translate("accuracy"), right, "model", translate)
    guess = guesses.rule(translate, y=alt.Y("value:Q", scale=right))
    columns = [
        Column([Panel(_plane(names, layout, translate), HEIGHT)]),
        Column(
            [
                Panel(
                    alt.layer(
                        loss, _limit("lowest_loss", from_view("loss_low", "loss_high", type=scale))
                    ),
                    HALF_HEIGHT,
                ),
                Panel(alt.layer(accuracy, _limit("best_accuracy", right), guess), HALF_HEIGHT),
            ]
        ),
    ]
    n_lines = step_numbers.n_lines(layout=layout)
    return player.specification(columns, n_lines, n_frames, layout=layout, translate=translate)


def tables(
    points: Points,
    config: boundary.Config,
    history: History,
    at_best: Separation | None,
    lowest: Lowest | None,
    *,
    guess: int | None = None,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the player: a run of `core.planes.boundary`.

    Parameters
    ----------
    points : Points
        The samples the run learned from.
    config : Config
        Its hyperparameters.
    history : History
        Its record.
    at_best : Separation or None
        What a line can do at best, if that is known.
    lowest : Lowest or None
        Where the loss is lowest, if that is known and there is such a place.
    guess : int, optional
        How many samples the learner guesses to be on the wrong side at the end.
    layout : Layout, default=TABLET
        The panels' proportions and the lines of numbers on a phone.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``frames``, ``samples``, ``view`` and ``guess``; see `core.charts.player.tables`.

    Examples
    --------
    >>> from core.planes.points import as_points
    >>> points = as_points([[2, 4], [0, 0]], [1, 0])
    >>> config = boundary.Config(start_weight_1=0, start_weight_2=0, start_bias=0, batch_size=1)
    >>> history = boundary.train(*points, config)
    >>> frames = tables(points, config, history, Separation(2, 0, 1), None)["frames"]
    >>> frames["line_4"][0]
    'w₁ ← w₁ − η·∂L/∂w₁ = 0 − 0.100·(−1.000) = 0.100'
    """
    frame = plane.frame_around(points, left_plot_size(HEIGHT, 1.0, layout=layout))
    frames = _frames(points, config, history, frame, layout, translate)
    view = frame.view() | panels.run_ranges(history) | _limits(at_best, lowest, frame)
    guessed = None if guess is None else 1 - guess / points.y.size  # as an accuracy
    tables = player.tables(frames, plane.shown_points(points), view)
    return tables | {"guess": guesses.value_table(guessed)}


def has_equal_scales(tables: dict[str, pd.DataFrame]) -> bool:
    """Tell whether a unit of x₁ is drawn as long as one of x₂."""
    view = tables["view"].iloc[0]
    return bool(view["pixels_1"] == view["pixels_2"])


def accuracies(points: Points, params: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of points on the right side of each row's line, (w₁, w₂, b) of `params`.

    Examples
    --------
    >>> points = Points(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0]))
    >>> accuracies(points, np.array([[1.0, 1.0, -1.0], [0.0, 0.0, 0.0]]))
    array([1. , 0.5])
    """
    columns = np.column_stack([points.x, np.ones(points.y.size)])
    is_one = points.y >= 0.5
    return np.array([((columns @ row >= 0) == is_one).mean() for row in params])  # not all at once


def _limits(
    at_best: Separation | None, lowest: Lowest | None, frame: plane.Frame
) -> dict[str, float]:
    """The dashed lines, for the table ``view``: the line with the lowest loss and both limits."""
    params = np.full((1, 3), np.nan) if lowest is None else np.array([lowest[:3]])
    columns = plane.line_columns(params, frame)
    return {name: float(column[0]) for name, column in columns.items()} | {
        "best_accuracy": np.nan if at_best is None else at_best.best_accuracy,
        "lowest_loss": np.nan if lowest is None else lowest.loss,
    }


def _frames(
    points: Points,
    config: boundary.Config,
    history: History,
    frame: plane.Frame,
    layout: Layout,
    translate: Translate,
) -> pd.DataFrame:
    """One row a frame: the state, the first sample of the next batch, and what is written below."""
    rows = thin(history.n_records, MAX_FRAMES)
    params = history.params[rows]
    sizes = np.hypot(params[:, 0], params[:, 1])
    longest = LONGEST_ARROW * min(frame.width, frame.height)
    sample = history.column("next_sample")[rows].astype(int)
    x = points.x[sample]
    next_comes = np.arange(len(rows)) < len(rows) - 1
    frames = pd.DataFrame(
        {
            "update": history.update[rows],
            "weight_1": params[:, 0],
            "weight_2": params[:, 1],
            "bias": params[:, 2],
            "loss": history.loss[rows],
            "accuracy": accuracies(points, params),
            "arrow": longest * sizes / (sizes.max() or 1.0),
            "x1": np.where(next_comes, x[:, 0], np.nan),
            "x2": np.where(next_comes, x[:, 1], np.nan),
        }
    ).assign(**plane.line_columns(params, frame))
    lines = step_numbers.lines(points, config, history, rows, layout, translate)
    return panels.with_lines(frames, lines)


def _limit(field: str, scale: alt.Scale) -> alt.Chart:
    """A dashed line at what cannot be passed, where it is known."""
    known = alt.Chart(VIEW).transform_filter(f"isValid(datum.{field})")
    rule = known.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, clip=True)
    return in_role(rule.encode(y=alt.Y(f"{field}:Q", scale=scale)), "best")


def _plane(names: Sequence[str], layout: Layout, translate: Translate) -> Layers:
    reach = sum(left_plot_size(HEIGHT, 1.0, layout=layout))
    unnamed = [translate("class {k}").format(k=k) for k in range(len(names), 2)]
    first_name, second_name = [*names, *unnamed]
    labels = {
        plane.CLASSES[0]: f"{first_name} ●",
        plane.CLASSES[1]: f"{second_name} ■",
        "model": translate("line and weights"),
        "now": translate("sample in the numbers"),
        "best": translate("at best"),
    }
    first, second = plane.samples()
    half = plane.lines(now(), [0.0], reach, strokeWidth=3)
    sure = plane.lines(now(), [-SURE, SURE], reach, strokeWidth=1.5, strokeDash=[2, 4])
    best = plane.lines(alt.Chart(VIEW), [0.0], reach, strokeWidth=2, strokeDash=[5, 4])
    ring = now().mark_point(size=190, strokeWidth=2.5, filled=False, opacity=1, clip=True)
    return alt.layer(
        *plane.shading(now(), reach),
        first.encode(color=panels.with_legend(labels, layout=layout)),
        second,
        in_role(best, "best"),
        in_role(sure, "model"),
        in_role(half, "model"),
        *(in_role(part, "model") for part in plane.arrow(now(), "datum.arrow", reach)),
        in_role(ring.encode(x=plane.x1_axis(), y=plane.x2_axis()), "now"),
    )
