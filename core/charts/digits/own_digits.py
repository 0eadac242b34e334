"""Charts of how a network reads digits that people wrote for it, before and after it learns."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.palette import colour, legend
from core.messages import Translate
from core.percent import percent

CELLS = alt.NamedData("cells")
TAUGHT = alt.NamedData("taught")
ROWS = alt.Axis(ticks=False, domain=False, labelFontSize=13, labelOverlap=False, labelFlush=False)
DIGITS = [str(digit) for digit in range(10)]
HEIGHT = 340
"""Pixels: room for ten rows whose labels do not crowd each other."""


def confusion_specification(
    translate: Translate = str, *, large_counts: bool = False
) -> dict[str, Any]:
    """Lay out a table of what was written against what was read, without its data.

    Parameters
    ----------
    translate : callable, default=str
        Gives the titles in the reader's language.
    large_counts : bool, default=False
        The counts have up to four digits, and are written smaller.

    Returns
    -------
    dict
        A Vega-Lite specification; it wants `confusion_table` as the table ``cells``.
    """
    grid = alt.Chart(CELLS).encode(
        x=alt.X(
            "read:N",
            title=translate("read as (? is unsure)"),
            sort=None,
            axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelFontSize=13),
        ),
        y=alt.Y(
            "written:N",
            title=translate("written"),
            sort=None,
            axis=ROWS,
        ),
        tooltip=[
            alt.Tooltip("written:N", title=translate("written")),
            alt.Tooltip("read:N", title=translate("read as (? is unsure)")),
            alt.Tooltip("n:Q", title=translate("how often")),
        ],
    )
    shade = alt.Opacity("shade:Q", scale=None, legend=None)
    cells = grid.mark_rect(cornerRadius=3, xOffset=1, x2Offset=-1, yOffset=1, y2Offset=-1)
    counts = grid.transform_filter("datum.n > 0").mark_text(
        fontSize=10 if large_counts else 14, fontWeight="bold"
    )
    return as_dict(
        alt.layer(
            cells.encode(color=colour(legend=None), opacity=shade),
            counts.transform_calculate(role="'ink'").encode(
                text=alt.Text("n:Q"), color=colour(legend=None), opacity=alt.OpacityValue(1)
            ),
        ).properties(height=HEIGHT)
    )


def confusion_table(confusion: ArrayLike) -> pd.DataFrame:
    """Give the rows of the table of what was written against what was read.

    Parameters
    ----------
    confusion : array_like of int, shape (10, 11)
        How often the digit of the row was read as the digit of the column; the last is unsure.

    Returns
    -------
    pandas.DataFrame
        written, read, n, shade (0.08 where n is 0, else up to 0.75) and role: model on the
        diagonal, now beside it, data where nothing is.

    Examples
    --------
    >>> table = confusion_table(2 * np.eye(10, 11, k=1, dtype=int))
    >>> table[table["n"] > 0].iloc[[0, -1]]
        written read  n  shade role
    1         0    1  2   0.75  now
    109       9    ?  2   0.75  now
    """
    counts = np.asarray(confusion)
    written, read = np.indices(counts.shape)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    role = np.where(counts == 0, "data", np.where(written == read, "model", "now"))
    return pd.DataFrame(
        {
            "written": written.ravel().astype(str),
            "read": np.array([*DIGITS, "?"])[read.ravel()],
            "n": counts.ravel(),
            "shade": np.where(counts == 0, 0.08, 0.25 + 0.5 * share).ravel().round(3),
            "role": role.ravel(),
        }
    )


def taught_specification(translate: Translate = str) -> dict[str, Any]:
    """Lay out how many of each of MNIST's digits are read before and after teaching, without data.

    Parameters
    ----------
    translate : callable, default=str
        Gives the titles in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification; it wants `taught_table` as the table ``taught``.
    """
    rows = alt.Chart(TAUGHT).encode(y=alt.Y("digit:N", title=None, axis=ROWS))
    x = alt.X(
        "share:Q",
        title=translate("MNIST's test images read right"),
        scale=alt.Scale(zero=False, padding=12),
        axis=alt.Axis(format="~%", tickCount=4, labelExpr="datum.value > 1 ? '' : datum.label"),
    )
    names = {"data": translate("before"), "model": translate("after")}
    dots = rows.mark_circle(size=110, opacity=1).encode(
        x=x,
        color=colour(legend(names)),
        tooltip=[
            alt.Tooltip("digit:N", title=translate("digit")),
            alt.Tooltip("percent:N", title=translate("read right")),
        ],
    )
    way = rows.transform_calculate(role="'data'").mark_line(strokeWidth=2, tooltip=None)
    way = way.encode(x=alt.X("share:Q"), detail="digit:N", color=colour())
    return as_dict(alt.layer(way, dots).properties(height=HEIGHT))


def taught_table(before: ArrayLike, after: ArrayLike) -> pd.DataFrame:
    """Give each digit's share read right before and after.

    Parameters
    ----------
    before, after : array_like of float, shape (10,)

    Returns
    -------
    pandas.DataFrame
        digit, share, percent and role.

    Examples
    --------
    >>> taught_table([1.0] * 10, [0.995] * 10).iloc[[0, 10]]
       digit  share  percent   role
    0      0  1.000  100.0 %   data
    10     0  0.995  99.50 %  model
    """
    shares = [*np.asarray(before, np.float64), *np.asarray(after, np.float64)]
    return pd.DataFrame(
        {
            "digit": [*DIGITS, *DIGITS],
            "share": shares,
            "percent": [f"{percent(share)} %" for share in shares],
            "role": ["data"] * 10 + ["model"] * 10,
        }
    )
