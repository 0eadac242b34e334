"""A sweep over a grid as a heat map: a cell for each run, to be clicked.

The third hyperparameter, if there is one, parts the map into bands one above the other, so that it
is as wide with two as with three.
"""

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.lab.sweep.run_cells import CELLS, axis_text, axis_title, looks, picked, tooltip
from core.charts.layout import TABLET, Layout
from core.charts.palette import ROLES
from core.lab.sweep.plan import Sweep
from core.lab.sweep.results import Result
from core.lab.sweep.space import Value
from core.messages import Translate

BANDS = alt.NamedData("bands")

ROW, LOW_ROW = 46, 27
"""Pixels of a row whose cells have two lines of text, and of one with a single line."""

AXIS = 58
"""Pixels of the axis below."""

MANY_ROWS = 12
"""From so many on, the rows are low."""

WIDE, NARROW = 90, 32
"""So many letters there is room for below the map, on a laptop and on a phone."""

ROOMY, LEGIBLE = 6, 14
"""Up to so many columns a state fits in words, and an accuracy at all."""


def axes(sweep: Sweep) -> list[tuple[str, list[Value]]]:
    """Give a grid's axes: across, down, and the bands.

    Across is what has most values, for the map is wider than high; then the order of the sweep.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> from core.lab.sweep.plan import sweep_of
    >>> axes(sweep_of(MODERN, {"dropout": "0,0.5", "batch_size": "16,64,256"}))
    [('batch_size', [16, 64, 256]), ('dropout', [0.0, 0.5])]
    """
    lengths = sweep.axes()
    across = max(lengths, key=lambda name: len(lengths[name]))
    return [(across, lengths.pop(across)), *lengths.items()]


def specification(
    axes: Sequence[tuple[str, Sequence[Value]]],
    *,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay out the heat map, without its data.

    Parameters
    ----------
    axes : sequence of (name, values)
        As `axes` gives them.
    """
    (across, columns), (down, rows), (_parts, bands) = padded(axes)
    names = {
        row_key(band, row): axis_text(down, value, translate) if down else ""
        for band in range(len(bands))
        for row, value in enumerate(rows)
    }
    heads = [band_key(band) for band in range(len(bands))] if len(bands) > 1 else []
    order = [
        key
        for band in range(len(bands))
        for key in (heads[band : band + 1] + [row_key(band, row) for row in range(len(rows))])
    ]
    labels = {key: names.get(key, "") for key in order}
    values = [axis_text(across, value, translate) for value in columns]
    low = len(order) >= MANY_ROWS
    room = 0.09 if low else 0.06
    x = alt.X(
        "column:O",
        title=axis_title(across, translate),
        scale=alt.Scale(domain=list(range(len(columns))), padding=room),
        axis=alt.Axis(
            labelExpr=_label(dict(enumerate(values))),
            labelAngle=-40 if sum(map(len, values)) > (NARROW if layout.stacked else WIDE) else 0,
            labelOverlap=True,
            ticks=False,
            domain=False,
        ),
    )
    y = alt.Y(
        "row:N",
        title=axis_title(down, translate) if down else None,
        scale=alt.Scale(domain=order, padding=room),
        axis=alt.Axis(labelExpr=_label(labels), labelLimit=110, ticks=False, domain=False),
    )
    cells = alt.Chart(CELLS).encode(x=x, y=y)
    squares = cells.mark_rect(cornerRadius=4, cursor="pointer").encode(
        tooltip=tooltip(translate), **looks()
    )
    layers: list[alt.Chart] = [squares.add_params(picked())]
    if len(columns) <= LEGIBLE:
        size = 12 if low or layout.stacked else 15
        alone = "true" if low else "datum.below === ''"
        layers.append(_text(cells.transform_filter(alone), "above", size, 0, bold=True))
        if not low:
            two = cells.transform_filter("datum.below !== ''")
            layers.append(_text(two, "above", size, -7, bold=True))
            layers.append(_text(two, "below", 9 if layout.stacked else 10, 11))
    if heads:
        bands_text = alt.Chart(BANDS).mark_text(align="left", fontWeight="bold", baseline="middle")
        layers.append(
            bands_text.encode(
                x=alt.XValue(0),
                y=alt.Y("row:N", scale=alt.Scale(domain=order)),
                text=alt.Text("label:N"),
                color=_ink(),
            ).transform_calculate(ink="'ink'")
        )
    height = len(order) * (LOW_ROW if low else ROW) + AXIS
    return as_dict(alt.layer(*layers).properties(height=height))


def tables(
    cells: pd.DataFrame,
    results: Sequence[Result],
    axes: Sequence[tuple[str, Sequence[Value]]],
    *,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Give the data of the heat map.

    Parameters
    ----------
    cells : pandas.DataFrame
        A row for each result, of `core.charts.lab.sweep.run_cells.cells`.
    results : sequence of Result
    axes : sequence of (name, values)
        As in `specification`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``cells`` with the place of each, and ``bands`` with what their headings say.
    """
    (across, columns), (down, rows), (parts, bands) = padded(axes)
    places = [
        (
            place(columns, result.cell.get(across)),
            row_key(place(bands, result.cell.get(parts)), place(rows, result.cell.get(down))),
        )
        for result in results
    ]
    column, row = zip(*places, strict=True) if places else ((), ())
    heads = [
        (band_key(i), f"{axis_title(parts, translate)}: {axis_text(parts, value, translate)}")
        for i, value in enumerate(bands)
        if parts
    ]
    return {
        "cells": cells.assign(column=list(column), row=list(row)),
        "bands": pd.DataFrame(heads, columns=["row", "label"]),
    }


def is_roomy(axes: Sequence[tuple[str, Sequence[Value]]], *, layout: Layout) -> bool:
    """Tell whether a state in words fits into a cell."""
    return not layout.stacked and len(axes[0][1]) <= ROOMY


def padded(
    axes: Sequence[tuple[str, Sequence[Value]]],
) -> list[tuple[str, Sequence[Value]]]:
    """Give three axes: those that are missing have no name and one value."""
    return [*axes, *[("", [None])] * (3 - len(axes))]


def place(values: Sequence[Value], value: Value) -> int:
    """Return where a value stands on its axis."""
    return list(values).index(value)


def row_key(band: int, row: int) -> str:
    """Name a row."""
    return f"{band}.{row}"


def band_key(band: int) -> str:
    """Name the heading of a band, which takes the room of a row."""
    return f"{band}"


def _label(labels: dict[Any, str]) -> str:
    """Return Vega's expression for the label of a value."""
    return f"{json.dumps(labels, ensure_ascii=False)}[datum.value]"


def _ink() -> alt.Color:
    return alt.Color("ink:N", scale=alt.Scale(domain=ROLES), legend=None)


def _text(cells: alt.Chart, field: str, size: int, dy: int, *, bold: bool = False) -> alt.Chart:
    text = cells.mark_text(fontSize=size, dy=dy, fontWeight="bold" if bold else "normal")
    inked: alt.Chart = text.transform_calculate(ink="'ink'")
    return inked.encode(text=alt.Text(f"{field}:N"), color=_ink())
