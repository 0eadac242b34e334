"""A picture of numbers above and below 0, cell by cell: weights, or what speaks for an answer."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.number_text import signed_text
from core.charts.palette import colour, in_role
from core.messages import Translate

CELLS, INK = alt.NamedData("cells"), alt.NamedData("ink")

NO_PADDING = {"left": 0, "top": 0, "right": 0, "bottom": 0}
"""Around the picture; Streamlit's own would squeeze its squares."""

POSITIVE, NEGATIVE = "model", "now"
"""The colours of numbers above and below 0, as in the networks of `core.charts.network_diagram`."""


def specification(
    n_rows: int,
    n_columns: int,
    *,
    title: str = "",
    sketch: bool = False,
    translate: Translate = str,
) -> dict[str, Any]:
    """Lay out the picture, without its data.

    Parameters
    ----------
    n_rows, n_columns : int
        The size of the picture in cells.
    title : str, default=""
        What a cell's number is, marked for translation.
    sketch : bool, default=False
        The ink of a drawing stands behind the cells.
    """
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, n_columns], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[n_rows, 0], nice=False), axis=None)
    cells = (
        alt.Chart(CELLS)
        .transform_calculate(x2="datum.x + 1", y2="datum.y + 1", text=signed_text("datum.value"))
        .mark_rect(strokeWidth=0)
        .encode(
            x=x,
            y=y,
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            color=colour(legend=None),
            fillOpacity=alt.FillOpacity(
                "strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None
            ),
            tooltip=[alt.Tooltip("text:N", title=translate(title))],
        )
    )
    frame = alt.Chart(alt.Data(values=[{}])).mark_rect(
        filled=False, strokeOpacity=0.4, tooltip=None
    )
    layers = [in_role(frame, "data"), cells]
    if sketch:
        ink = alt.Chart(INK).transform_calculate(
            x2="datum.x + 1", y2="datum.y + 1", text=signed_text("datum.value")
        )
        ink = ink.mark_rect(strokeWidth=0, tooltip=None).encode(
            x=x,
            y=y,
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            fillOpacity=alt.FillOpacity("strength:Q", legend=None),
        )
        layers.insert(1, in_role(ink, "data"))
    side = 280
    return as_dict(
        alt.layer(*layers).properties(
            width=side,
            height=round(side * n_rows / n_columns),
            padding=NO_PADDING,
            view=alt.ViewConfig(stroke=None),
        )
    )


def tables(values: ArrayLike, ink: ArrayLike | None = None) -> dict[str, pd.DataFrame]:
    """Return the data of the picture: only cells that are not 0.

    Parameters
    ----------
    values : array_like of float, shape (n_rows, n_columns)
        NaN where there is no cell.
    ink : array_like of float, optional
        (n_rows, n_columns), from 0 for paper to 1 for ink: the drawing behind the cells.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``cells`` and, with a drawing, ``ink``.

    Examples
    --------
    >>> tables([[0, 2], [-4, 0]])["cells"]
       x  y  value  strength   role
    0  1  0    2.0       0.5  model
    1  0  1   -4.0       1.0    now
    """
    values = np.nan_to_num(np.asarray(values, np.float32))
    rows, columns = np.nonzero(values)
    shown = values[rows, columns]
    strength = np.abs(shown) / max(float(np.abs(shown).max(initial=0)), 1e-12)
    cells = pd.DataFrame(
        {
            "x": columns.astype(np.int16),
            "y": rows.astype(np.int16),
            "value": shown,
            "strength": strength.astype(np.float32),
            "role": np.where(shown < 0, NEGATIVE, POSITIVE),
        }
    )
    if ink is None:
        return {"cells": cells}
    ink = np.asarray(ink, np.float32)
    rows, columns = np.nonzero(ink)
    behind = {"x": columns.astype(np.int16), "y": rows.astype(np.int16)}
    return {
        "cells": cells,
        "ink": pd.DataFrame(behind | {"strength": 0.45 * ink[rows, columns]}),
    }
