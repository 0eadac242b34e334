"""A random search as points over two of its hyperparameters, or over one and the accuracy."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.lab.sweep.run_cells import (
    CELLS,
    accuracy_axis,
    accuracy_range,
    axis_text,
    axis_title,
    looks,
    misread,
    picked,
    tooltip,
)
from core.charts.number_text import quantity
from core.charts.palette import ROLES
from core.charts.panels import reading_view
from core.lab.sweep.results import Result
from core.lab.sweep.space import Choices, Dimension, Range
from core.messages import Translate

HEIGHT = 400
SIZE = 260
"""Square pixels of a point."""

EDGE = 0.7
"""Pixels of its edge."""


def most_varied(space: Sequence[Dimension]) -> list[str]:
    """Give the hyperparameters that are worth an axis, the most varied first: ranges, then words.

    Examples
    --------
    >>> from core.lab.sweep.text import parse
    >>> most_varied([parse("loss", "cross_entropy,mean_squared_error"), parse("dropout", "0..0.5")])
    ['dropout', 'loss']
    """
    by_variety = sorted(
        space, key=lambda d: -len(d.values) if isinstance(d, Choices) else -float("inf")
    )
    return [dimension.name for dimension in by_variety]


def specification(
    across: Dimension,
    down: Dimension | None,
    *,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay out the points, without their data.

    Parameters
    ----------
    across : Choices or Range
        The hyperparameter of the x axis.
    down : Choices or Range or None
        Of the y axis; without one it is the accuracy.
    """
    x = alt.X(**_axis("x", across, translate))
    y = accuracy_axis(translate) if down is None else alt.Y(**_axis("y", down, translate))
    points = (
        alt.Chart(CELLS)
        .mark_point(size=SIZE, filled=True, cursor="pointer", opacity=1)
        .encode(x=x, y=y, tooltip=tooltip(translate), **looks())
        .add_params(picked())
    )
    texts = (
        alt.Chart(CELLS)
        .mark_text(fontSize=10, dy=-16)
        .transform_calculate(ink="'ink'")
        .encode(
            x=x,
            y=y,
            text=alt.Text("above:N"),
            color=alt.Color("ink:N", scale=alt.Scale(domain=ROLES), legend=None),
        )
    )
    layers = [points, texts] if down else [points, texts, reading_view()]
    return as_dict(alt.layer(*layers).properties(height=HEIGHT))


def tables(
    cells: pd.DataFrame,
    results: Sequence[Result],
    across: Dimension,
    down: Dimension | None,
    *,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Give the data of the points.

    Parameters
    ----------
    cells : pandas.DataFrame
        A row for each result, of `core.charts.lab.sweep.run_cells.cells`.
    results : sequence of Result
    across, down : Choices or Range
        As in `specification`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``cells`` with x and y. Where the accuracy is the y axis, without those that have none, and
        ``view`` with the ends of that axis.
    """
    x = [_place(across, result.cell, translate) for result in results]
    if down is None:
        accuracies = [result.validation_accuracy for result in results]
        y: list[Any] = [None if a is None else misread(a) for a in accuracies]
    else:
        y = [_place(down, result.cell, translate) for result in results]
    placed = cells.assign(
        x=x,
        y=y,
        outline=cells["outline"].fillna("model"),  # a faint point is seen by its edge
        width=cells["width"].clip(lower=EDGE),
    )
    tables = {"cells": placed[placed["y"].notna()] if len(placed) else placed}
    if down is None:
        tables["view"] = pd.DataFrame([accuracy_range(y)])
    return tables


def _place(dimension: Dimension, cell: Mapping[str, Any], translate: Translate) -> Any:
    value = cell[dimension.name]
    if isinstance(dimension, Choices):
        return axis_text(dimension.name, value, translate)
    return value


def _axis(field: str, dimension: Dimension, translate: Translate) -> dict[str, Any]:
    """Give an axis: logarithmic or linear for a range, and the choices in their order."""
    title = axis_title(dimension.name, translate)
    if isinstance(dimension, Choices):
        name, choices = dimension.name, dimension.values  # noqa: PD011 - no frame
        order = [axis_text(name, value, translate) for value in choices]
        return {
            "shorthand": f"{field}:N",
            "title": title,
            "scale": alt.Scale(domain=order),
            "axis": alt.Axis(labelAngle=0, labelLimit=110, labelOverlap=True, grid=True),
        }
    kind: Literal["log", "linear"] = "log" if dimension.is_logarithmic else "linear"
    return {
        "shorthand": f"{field}:Q",
        "title": title,
        "scale": alt.Scale(
            type=kind, domain=[dimension.low, dimension.high], nice=False, padding=16
        ),
        "axis": quantity(values=ticks(dimension))
        if dimension.is_logarithmic
        else quantity(tickCount=5),
    }


def ticks(dimension: Range) -> list[float]:
    """Give the ticks of a logarithmic axis: powers of ten, or with 2 and 5 between if it is short.

    Examples
    --------
    >>> ticks(Range("learning_rate", 1e-4, 0.1)), ticks(Range("batch_size", 16, 128))
    ([0.0001, 0.001, 0.01, 0.1], [20.0, 50.0, 100.0])
    """
    steps = (1,) if dimension.high >= 100 * dimension.low else (1, 2, 5)
    powers = range(math.floor(math.log10(dimension.low)), math.ceil(math.log10(dimension.high)) + 1)
    all_ticks = [float(f"{step}e{power}") for power in powers for step in steps]
    return [tick for tick in all_ticks if dimension.low <= tick <= dimension.high]
