"""The chart of a digit's probability while the drawing moves to the side, a line a network."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.digits.bars import certainty
from core.charts.palette import RUNS, colour, in_role, legend
from core.digits.convolution.shift import FARTHEST, SHIFTS, Reading
from core.messages import Translate

LINES, HERE = alt.NamedData("lines"), alt.NamedData("here")

DASHES = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3])
"""Lines differ in more than their colours."""


def specification(names: Sequence[str], *, translate: Translate = str) -> dict[str, Any]:
    """Lay the chart out, without its data.

    Parameters
    ----------
    names : sequence of str
        What the networks are called, at most four.
    """
    roles = RUNS[: len(names)]
    x = alt.X(
        "shift:Q",
        title=translate("pixels to the right"),
        scale=alt.Scale(domain=[-FARTHEST, FARTHEST], nice=False),
        axis=alt.Axis(
            grid=False, tickCount=9, labelExpr="replace(datum.label, '-', '−')", format="d"
        ),
    )
    y = alt.Y(
        "probability:Q",
        title=translate("probability"),
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format="%", values=[0, 0.5, 1]),
    )
    lines = alt.Chart(LINES).encode(x=x, y=y)
    line = lines.mark_line(strokeWidth=2.5).encode(
        color=colour(legend(dict(zip(roles, names, strict=True)), columns=1, symbol="stroke")),
        strokeDash=alt.StrokeDash(
            "role:N",
            scale=alt.Scale(domain=list(roles), range=list(DASHES[: len(roles)])),
            legend=None,
        ),
    )
    tips = [
        alt.Tooltip("network:N", title=translate("network")),
        alt.Tooltip("shift:Q", title=translate("pixels to the right")),
        alt.Tooltip("read:Q", title=translate("reads")),
        alt.Tooltip("percent:N", title=translate("probability")),
    ]
    right = lines.transform_filter("datum.is_read").mark_circle(size=60, opacity=1)
    wrong = lines.transform_filter("!datum.is_read").mark_point(size=55, opacity=1)
    here = in_role(
        alt.Chart(HERE).mark_rule(strokeWidth=1.5, strokeDash=[4, 3], tooltip=None).encode(x=x),
        "ink",
    )
    return as_dict(
        alt.layer(
            here, line, *(points.encode(color=colour(), tooltip=tips) for points in (right, wrong))
        ).properties(height=340)
    )


def tables(readings: Mapping[str, Reading], digit: int, shift: int) -> dict[str, pd.DataFrame]:
    """Return the data of the chart.

    Parameters
    ----------
    readings : mapping
        What each network reads, by what it is called.
    digit : int
        The one whose probability is drawn.
    shift : int
        Where the drawing stands now.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``lines`` with shift, probability, percent, read (the likeliest digit), is_read (whether
        that is `digit`), network and role; ``here`` with shift.

    Examples
    --------
    >>> import numpy as np
    >>> reading = Reading(np.eye(10)[[4] * 8 + [7] * 9])
    >>> made = tables({"one": reading}, digit=7, shift=2)
    >>> made["lines"].iloc[[7, 8]][["shift", "probability", "percent", "read", "is_read"]]
       shift  probability percent  read  is_read
    7     -1          0.0   < 1 %     4    False
    8      0          1.0  > 99 %     7     True
    """
    rows = [
        {
            "shift": right,
            "probability": round(float(shares[digit]), 4),
            "percent": f"{certainty(shares[digit])} %",
            "read": int(shares.argmax()),
            "is_read": bool(shares.argmax() == digit),
            "network": name,
            "role": role,
        }
        for (name, reading), role in zip(readings.items(), RUNS, strict=False)
        for right, shares in zip(SHIFTS, reading.probabilities, strict=True)
    ]
    return {"lines": pd.DataFrame(rows), "here": pd.DataFrame({"shift": [shift]})}
