"""Charts of a class: what a network reads in all of its digits, and how well in each hand."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.digits.own_digits import DIGITS, HEIGHT, ROWS
from core.charts.palette import colour, legend
from core.messages import Translate

PREDICTIONS = alt.NamedData("predictions")
HANDS = alt.NamedData("hands")
STEP = 26
"""Pixels of a hand's row."""


def prediction_specification(translate: Translate = str) -> dict[str, Any]:
    """Lay out a histogram of what is read, and a stroke for how often it was written, without data.

    Parameters
    ----------
    translate : callable, default=str
        Gives the titles in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification; it wants `prediction_table` as the table ``predictions``.
    """
    names = {"model": translate("read"), "data": translate("written")}
    bars = alt.Chart(PREDICTIONS).encode(
        x=alt.X(
            "digit:N",
            title=translate("digit (? is unsure)"),
            sort=None,
            axis=alt.Axis(labelAngle=0, ticks=False, domain=False, labelFontSize=14),
        ),
        color=colour(legend(names)),
        tooltip=[
            alt.Tooltip("digit:N", title=translate("digit")),
            alt.Tooltip("n_read:Q", title=translate("read")),
            alt.Tooltip("n_written:Q", title=translate("written")),
        ],
    )
    count = alt.Axis(format="d", tickMinStep=1, tickCount=5, grid=False)
    up = alt.Y("n_read:Q", title=translate("digits"), axis=count)
    read = bars.transform_calculate(role="'model'").mark_bar(cornerRadiusEnd=4, width={"band": 0.7})
    written = bars.transform_calculate(role="'data'").mark_tick(thickness=4, width={"band": 0.95})
    return as_dict(
        alt.layer(read.encode(y=up), written.encode(y=alt.Y("n_written:Q"))).properties(
            height=HEIGHT
        )
    )


def prediction_table(confusion: ArrayLike) -> pd.DataFrame:
    """Give how often each digit is read, and how often it was written.

    Parameters
    ----------
    confusion : array_like of int, shape (10, 11)
        How often the digit of the row was read as the digit of the column; the last is unsure.

    Returns
    -------
    pandas.DataFrame
        digit, n_read and n_written (missing where nothing can be written: of the unsure).

    Examples
    --------
    >>> table = prediction_table([[3, 1] + [0] * 8 + [2]] + [[0] * 11] * 9)
    >>> table.iloc[[0, 1, 10]]
       digit  n_read  n_written
    0      0       3        6.0
    1      1       1        0.0
    10     ?       2        NaN
    """
    counts = np.asarray(confusion)
    written = [*counts.sum(axis=1).astype(float), np.nan]
    return pd.DataFrame(
        {"digit": [*DIGITS, "?"], "n_read": counts.sum(axis=0), "n_written": written}
    )


def hand_specification(translate: Translate = str) -> dict[str, Any]:
    """Lay out the share of each hand's digits read right, before and after, without data.

    Parameters
    ----------
    translate : callable, default=str
        Gives the titles in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification; it wants `hand_table` as the table ``hands``.
    """
    rows = alt.Chart(HANDS).encode(
        y=alt.Y("hand:N", title=translate("hand"), axis=ROWS, sort=None),
    )
    across = alt.X(
        "share:Q",
        title=translate("its digits read right"),
        scale=alt.Scale(domain=[0, 1.5]),
        axis=alt.Axis(format="%", values=[0, 0.5, 1], grid=False),
    )
    names = {"data": translate("before"), "model": translate("after")}
    dots = rows.mark_circle(size=130, opacity=1).encode(
        x=across,
        color=colour(legend(names)),
        tooltip=[
            alt.Tooltip("hand:N", title=translate("hand")),
            alt.Tooltip("count:N", title=translate("read right")),
        ],
    )
    way = rows.transform_calculate(role="'data'").mark_line(strokeWidth=2, tooltip=None)
    way = way.encode(x=alt.X("share:Q"), detail="hand:N", color=colour())
    counts = rows.transform_filter("datum.role == 'data'").transform_calculate(role="'ink'")
    told = counts.mark_text(align="left", fontSize=13).encode(
        x=alt.XDatum(1.06), text=alt.Text("both:N"), color=colour()
    )
    return as_dict(alt.layer(way, dots, told).properties(height={"step": STEP}))


def hand_table(
    hands: Sequence[int], n: Sequence[int], before: Sequence[int], after: Sequence[int]
) -> pd.DataFrame:
    """Give the share of each hand's digits that is read right before and after.

    Parameters
    ----------
    hands : sequence of int
        The numbers of the hands, in the order in which they are shown.
    n, before, after : sequence of int
        How many digits each has written, and how many are read right before and after.

    Returns
    -------
    pandas.DataFrame
        hand, share, role (data before, model after), count, and both counts.

    Examples
    --------
    >>> hand_table([7], [10], [6], [9])
      hand  share   role   count        both
    0    7    0.6   data  6 / 10  6 → 9 / 10
    1    7    0.9  model  9 / 10  6 → 9 / 10
    """
    rows = [
        {
            "hand": str(hand),
            "share": right / all_,
            "role": role,
            "count": f"{right} / {all_}",
            "both": f"{old} → {new} / {all_}",
        }
        for hand, all_, old, new in zip(hands, n, before, after, strict=True)
        for role, right in (("data", old), ("model", new))
    ]
    return pd.DataFrame(rows)
