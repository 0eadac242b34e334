"""What a learner guessed, drawn into the player beside the truth.

The table ``guess`` is empty where there is no guess: so the layout is the same with and without
one. A guess is of one of three kinds: a value, the y of a line at both ends of the samples, or the
loss at equal shares of the run.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.palette import in_role
from core.charts.player import Layers
from core.messages import Translate

GUESS = alt.NamedData("guess")

DASHES = [7, 4]

LEAST = 1e-12
"""A guessed loss of 0 has no place on a logarithmic axis: there it is drawn as so much."""


def value_table(guess: float | None) -> pd.DataFrame:
    """Return the table of a guessed value, in the column ``value``.

    Examples
    --------
    >>> value_table(1.5)["value"].tolist(), len(value_table(None))
    ([1.5], 0)
    """
    return _table(value=[] if guess is None else [guess])


def line_table(low: float, high: float, guess: Sequence[float] | None) -> pd.DataFrame:
    """Return the table of a guessed line from `low` to `high`: columns ``x`` and ``y``.

    Examples
    --------
    >>> line_table(0, 2, [1.0, 3.0])["y"].tolist()
    [1.0, 3.0]
    """
    return _table(x=[] if guess is None else [low, high], y=[] if guess is None else guess)


def curve_table(n_updates: float, guess: ArrayLike | None) -> pd.DataFrame:
    """Return the table of a guessed loss at equal shares of a run: ``update`` and ``loss``.

    Examples
    --------
    >>> curve_table(100, [3.0, 1.0, 0.5])["update"].tolist()
    [0.0, 50.0, 100.0]
    """
    loss = np.maximum(np.asarray([] if guess is None else guess, dtype=np.float64), LEAST)
    return _table(update=np.linspace(0, n_updates, loss.size), loss=loss)


def _table(**columns: ArrayLike) -> pd.DataFrame:
    return pd.DataFrame({name: np.asarray(c, dtype=np.float64) for name, c in columns.items()})


def rule(translate: Translate, *, x: alt.X | None = None, y: alt.Y | None = None) -> Layers:
    """Return the guessed value as a dashed rule across a panel, with its name.

    Parameters
    ----------
    translate : callable
        Gives the name in the reader's language.
    x, y : altair.X or altair.Y
        One of them: the panel's own channel, of the column ``value``.
    """
    place = {"x": x} if y is None else {"y": y}
    line = alt.Chart(GUESS).mark_rule(clip=True, strokeDash=DASHES, strokeWidth=2)
    end = {"y": alt.YValue(14)} if y is None else {"x": alt.XValue("width")}
    names = _name(alt.Chart(GUESS), translate, place | end)
    return alt.layer(in_role(line.encode(**place), "ink"), *names)


def path(translate: Translate, x: alt.X, y: alt.Y, field: str) -> Layers:
    """Return the guessed line or curve, dashed, with its name at its last point.

    Parameters
    ----------
    translate : callable
        Gives the name in the reader's language.
    x, y : altair.X, altair.Y
        The panel's own channels, of the table's columns.
    field : str
        The column along x.
    """
    chart = alt.Chart(GUESS)
    line = chart.mark_line(clip=True, strokeDash=DASHES, strokeWidth=2).encode(x=x, y=y)
    last = chart.transform_joinaggregate(end=f"max({field})").transform_filter(
        f"datum.{field} == datum.end"
    )
    return alt.layer(in_role(line, "ink"), *_name(last, translate, {"x": x, "y": y}))


def _name(
    chart: alt.Chart, translate: Translate, place: Mapping[str, Any]
) -> tuple[alt.Chart, alt.Chart]:
    """The name, and below it a rim in the colour of the page: it may lie on its line."""
    text: dict[str, Any] = {"align": "right", "baseline": "bottom", "dx": -3, "dy": -3}
    text |= {"fontSize": 12, "text": translate("your guess")}
    page = alt.ExprRef("background")
    rim = chart.mark_text(stroke=page, fill=page, strokeWidth=4, strokeJoin="round", **text)
    return rim.encode(**place), in_role(chart.mark_text(**text).encode(**place), "ink")
