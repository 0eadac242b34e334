"""Charts of how a network reads someone's own digits."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.digits.own_digits import DIGITS, HEIGHT, ROWS
from core.charts.palette import colour, legend
from core.messages import Translate

SHARES = alt.NamedData("shares")


def share_specification(translate: Translate = str) -> dict[str, Any]:
    """Lay out a bar for each digit, the share read right, and a stroke for MNIST's, without data.

    Parameters
    ----------
    translate : callable, default=str
        Gives the titles in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification; it wants `share_table` as the table ``shares``.
    """
    rows = alt.Chart(SHARES).encode(
        y=alt.Y("digit:N", title=None, axis=ROWS),
        color=colour(
            legend({"model": translate("yours"), "data": translate("MNIST's test images")})
        ),
    )
    across = alt.X(
        "share:Q",
        title=translate("read right"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.5, 1], grid=False),
    )
    mine = rows.transform_calculate(role="'model'").mark_bar(
        cornerRadiusEnd=4, height={"band": 0.6}
    )
    mnist = rows.transform_calculate(role="'data'").mark_tick(thickness=4, height={"band": 0.9})
    counts = rows.transform_calculate(role="'ink'").mark_text(align="left", dx=5, fontSize=13)
    return as_dict(
        alt.layer(
            mine.encode(x=across),
            mnist.encode(x=alt.X("mnist:Q")),
            counts.encode(x=alt.X("share:Q"), text=alt.Text("count:N")),
        ).properties(height=HEIGHT)
    )


def share_table(confusion: ArrayLike, mnist: ArrayLike) -> pd.DataFrame:
    """Give each digit's share read right, of one's own and of MNIST's.

    Parameters
    ----------
    confusion : array_like of int, shape (10, 11)
        As `confusion_table` takes it.
    mnist : array_like of float, shape (10,)
        The share of MNIST's test images of each digit that are read right.

    Returns
    -------
    pandas.DataFrame
        digit, share (missing where none was written), mnist, and count: how many of how many were
        right, where not all were.

    Examples
    --------
    >>> share_table([[3, 1] + [0] * 9] + [[0] * 11] * 9, [0.99] * 10).head(2)
      digit  share  mnist  count
    0     0   0.75   0.99  3 / 4
    1     1    NaN   0.99
    """
    counts = np.asarray(confusion)
    written = counts.sum(axis=1)
    share = np.full(10, np.nan)
    np.divide(counts.diagonal(), written, out=share, where=written > 0)
    count = [
        f"{right} / {n}" if right < n else ""
        for right, n in zip(counts.diagonal(), written, strict=False)
    ]
    return pd.DataFrame(
        {"digit": DIGITS, "share": share, "mnist": np.asarray(mnist), "count": count}
    )
