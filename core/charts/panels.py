"""Parts that several lessons' panels are made of, and the ranges of their axes."""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts import guess as guesses
from core.charts.layout import Layout
from core.charts.palette import colour, in_role, legend
from core.charts.player import (
    MAX_SAMPLES,
    SAMPLES,
    VIEW,
    Layers,
    from_view,
    now,
    seen,
    thin,
    until_now,
)
from core.datasets import Samples
from core.history import History
from core.lines import normal_equation
from core.messages import InputError, Translate

SQUEEZE = 20
"""A loss that grows beyond this many times its first value gets a logarithmic axis."""

LOWEST = 1e-12
"""A loss of 0 has no place on a logarithmic axis: there it is drawn as so much."""

EXTENT = 44
"""Pixels for the numbers at the y axis of a curve: six digits and a comma."""

NUMBERS: dict[str, Any] = {
    "tickCount": 4,
    "minExtent": EXTENT,
    "maxExtent": EXTENT,
    "labelPadding": 6,
}
"""The y axis of a curve: its numbers never reach its title."""

FURTHER = 5
"""An axis shows the first records too, unless it must go so many times as far for them."""


def is_squeezed(history: History) -> bool:
    """Tell whether one exploding loss would squeeze a linear axis flat."""
    return bool(history.loss.max() > SQUEEZE * max(history.loss[0], 1e-12))


def reach(whole: float, later: float) -> float:
    """Return how far an axis goes, from 0, where the later half of a run goes as far as `later`.

    Examples
    --------
    >>> reach(0.5, 0.2), reach(2.0, 0.2)
    (0.5, 0.2)
    """
    return whole if whole <= FURTHER * later else later


def best_weight(x: ArrayLike, y: ArrayLike, otherwise: float = 0.0) -> float:
    """Return the weight with the lowest loss, or `otherwise` where every weight is equally good.

    Examples
    --------
    >>> best_weight([1, 2], [1, 4]), best_weight([0, 0], [1, 2])
    (1.8, 0.0)
    """
    try:
        return normal_equation.solve(x, y)
    except InputError:
        return otherwise


def around(values: ArrayLike, margin: float) -> tuple[float, float]:
    """Return a range with some room around `values`.

    Examples
    --------
    >>> around([0.0, 10.0], 0.1), around([3.0], 0.1)
    ((-1.0, 11.0), (2.5, 3.5))
    """
    values = np.asarray(values)
    low, high = float(np.min(values)), float(np.max(values))
    size = max(abs(low), abs(high))
    flat = high - low <= 1e-9 * max(size, 1)
    room = max(0.5, 1e-3 * size) if flat else (high - low) * margin
    return low - room, high + room


def around_powers(values: Iterable[float]) -> tuple[float, float]:
    """Return the range of a logarithmic axis around `values`: never less than a power of ten.

    Examples
    --------
    >>> around_powers([0.01, 100]), around_powers([100]), around_powers([0.0])
    ((0.008, 125.0), (10.0, 1000.0), (0.01, 1.0))
    """
    above = [value for value in values if value > 0] or [0.1]
    low, high = float(np.min(above)), float(np.max(above))
    if high < 10 * low:
        return low / 10, high * 10
    return low * 0.8, high * 1.25


def lone_points(chart: alt.Chart, *line: str, clip: bool = True) -> alt.Chart:
    """Return points for the lines of one point only, which Vega draws nothing for.

    Parameters
    ----------
    chart : altair.Chart
        Without a mark yet.
    *line : str
        The columns that tell one line from another.
    clip : bool, default=True
        Cut off at the edge of the panel; not where the only point may lie on it.
    """
    counted: alt.Chart = chart.transform_joinaggregate(points_of_line="count()", groupby=[*line])
    alone: alt.Chart = counted.transform_filter("datum.points_of_line == 1")
    points: alt.Chart = alone.mark_circle(clip=clip, size=60, opacity=1)
    return points


def reading_view() -> alt.Chart:
    """Return a mark that nobody sees, for a chart that else has only axes reading ``view``.

    Vega drops a table that no mark reads.
    """
    mark: alt.Chart = alt.Chart(VIEW).mark_point(opacity=0)
    return mark


def sample_ranges(samples: Samples) -> dict[str, float]:
    """Return the ranges of a panel with the samples and the origin, for the table ``view``."""
    x_low, x_high = around(np.append(samples.x, 0.0), 0.02)
    y_low, y_high = around(np.append(samples.y, 0.0), 0.06)
    return {"x_low": x_low, "x_high": x_high, "y_low": y_low, "y_high": y_high}


def run_ranges(
    history: History, *, logarithmic: bool | None = None, guess: ArrayLike | None = None
) -> dict[str, float]:
    """Return the ranges of the updates and of the loss, for the table ``view``.

    The axis of the loss is `logarithmic`, or where that is None, if the run `is_squeezed`. It also
    has room for a guessed loss.
    """
    n_updates = max(int(history.update[-1]), 1)
    squeezed = is_squeezed(history) if logarithmic is None else logarithmic
    high = max(float(history.loss.max()), 0.0 if guess is None else float(np.max(guess)))
    # A logarithmic axis stays above 0 and shows no more than twelve powers of ten.
    lowest = max(float(history.loss.min()), high * 1e-12, LOWEST)
    low = lowest / 3 if squeezed else -0.05 * high
    return {
        "update_low": -0.02 * n_updates,
        "update_high": 1.04 * n_updates,
        "loss_low": low,
        "loss_high": high * (3 if squeezed else 1.08) if high > low else low + 1,
    }


def truth(true_weight: float | None) -> dict[str, float]:
    """Return the true line's slope for the table ``view``; nan where there is none."""
    return {"true_weight": np.nan if true_weight is None else true_weight}


def shown_samples(samples: Samples) -> pd.DataFrame:
    """Return the table ``samples``: no more than a chart shows well."""
    rows = thin(samples.x.size, MAX_SAMPLES)
    return pd.DataFrame({"x": samples.x[rows], "y": samples.y[rows]})


def with_lines(frames: pd.DataFrame, lines: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Add each frame's lines of numbers as the columns ``line_1`` and so on.

    Examples
    --------
    >>> with_lines(pd.DataFrame({"step": [0, 1]}), [["a", "b"], ["c", "d"]])
       step line_1 line_2
    0     0      a      b
    1     1      c      d
    """
    columns = zip(*lines, strict=True)
    written = {f"line_{i}": column for i, column in enumerate(columns, start=1)}
    return pd.concat([frames, pd.DataFrame(written, index=frames.index)], axis="columns")


def x_axis(field: str = "x") -> alt.X:
    """Return the x channel of the panel with the samples."""
    return alt.X(f"{field}:Q", scale=from_view("x_low", "x_high"), title="x")


def y_axis(field: str = "y") -> alt.Y:
    """Return the y channel of the panel with the samples."""
    return alt.Y(f"{field}:Q", scale=from_view("y_low", "y_high"), title="y")


def with_legend(labels: dict[str, str], *, layout: Layout, symbol: str = "circle") -> alt.Color:
    """Return the colour channel of the one layer that holds the whole chart's legend."""
    return colour(legend(labels, 2 if layout.stacked else 5, symbol))


def sample_points() -> alt.Chart:
    """Return the samples as points."""
    points = alt.Chart(SAMPLES).mark_circle(size=34, opacity=1, fillOpacity=0.5)
    return in_role(points.encode(x=x_axis(), y=y_axis()), "data")


def straight_line(chart: alt.Chart, weight: str, bias: str = "0", **mark: Any) -> alt.Chart:
    """Return the line ``weight · x + bias`` across the panel, for each row of `chart`.

    Parameters
    ----------
    chart : altair.Chart
        Without a mark yet.
    weight, bias : str
        Vega expressions, such as ``datum.weight``.
    **mark
        Properties of the mark.
    """
    ends: alt.Chart = chart.transform_calculate(
        x1="data('view')[0].x_low",
        x2="data('view')[0].x_high",
        y1=f"{weight} * datum.x1 + {bias}",
        y2=f"{weight} * datum.x2 + {bias}",
    )
    rule: alt.Chart = ends.mark_rule(clip=True, **mark).encode(
        x=x_axis("x1"), x2=alt.X2("x2:Q"), y=y_axis("y1"), y2=alt.Y2("y2:Q")
    )
    return rule


def best_line(
    weight: str = "datum.best", bias: str = "0", view: alt.Chart | None = None
) -> alt.Chart:
    """Return the exact solution's line, dashed; `view` is the row it reads, or none of it."""
    rows = alt.Chart(VIEW) if view is None else view
    line = straight_line(rows, weight, bias, strokeDash=[5, 4], strokeWidth=1.5)
    return in_role(line, "best")


def true_line(view: alt.Chart | None = None) -> alt.Chart:
    """Return the line through 0 that the noise was added to, dotted, if ``view`` has one."""
    rows = alt.Chart(VIEW) if view is None else view
    known = rows.transform_filter("isValid(datum.true_weight)")
    line = straight_line(known, "datum.true_weight", strokeDash=[1, 3], strokeWidth=2)
    return in_role(line, "third")


def guessed_line(translate: Translate) -> Layers:
    """Return the guessed line among the samples, for the panel with them."""
    return guesses.path(translate, x_axis(), y_axis(), "x")


def loss_curve(*, logarithmic: bool, translate: Translate, guessed: bool = False) -> Layers:
    """Return the panel of the loss over the updates; `guessed`: beside the curve of the guess."""
    title = translate("loss (log)") if logarithmic else translate("loss")
    scale = from_view("loss_low", "loss_high", type="log" if logarithmic else "linear")
    shown = curve("loss", title, scale, "loss", translate)
    if not guessed:
        return shown
    y = alt.Y("loss:Q", scale=scale, title=title)
    return alt.layer(shown, guesses.path(translate, _updates(translate), y, "update"))


def _updates(translate: Translate) -> alt.X:
    return alt.X(
        "update:Q",
        scale=from_view("update_low", "update_high"),
        title=translate("update"),
        axis=alt.Axis(tickCount=4, tickMinStep=1),
    )


def curve(
    field: str,
    title: str,
    scale: alt.Scale,
    role: str,
    translate: Translate,
) -> Layers:
    """Return a column of the frames over the updates: what was seen faint, up to now strong."""
    x = _updates(translate)
    y = alt.Y(
        f"{field}:Q",
        scale=scale,
        title=title,
        axis=alt.Axis(**NUMBERS),
    )
    whole = seen().mark_line(clip=True, strokeOpacity=0.3, strokeWidth=1.5)
    part = until_now().mark_line(clip=True, strokeWidth=2.5)
    dot = now().mark_circle(clip=True, size=80, opacity=1)
    layers = (whole, role), (part, role), (dot, "now")
    return alt.layer(*(in_role(layer.encode(x=x, y=y), name) for layer, name in layers))
