"""A layer's hidden units in a row: on how many images each is active; click one to choose it."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.number_text import percent_text
from core.charts.palette import colour, legend
from core.digits.inspect.units import Activity
from core.messages import Translate

UNITS = alt.NamedData("units")

PICK = "unit"
"""The name of the selection: the clicked ``unit``, counted from 0."""

THIN = 250
"""Bars of more units are narrower than two pixels."""


def specification(*, curved: bool = False, translate: Translate = str) -> dict[str, Any]:
    """Lay the strip out, without its data.

    Parameters
    ----------
    curved : bool, default=False
        The units' activation function is a curve, so that active means not saturated.
    """
    names = {
        "data": translate("a unit"),
        "second": translate("dead"),
        "now": translate("silenced"),
    }
    active_on = translate("not saturated on") if curved else translate("active on")
    x = alt.X("rank:O", axis=None, title=None)
    bars = (
        alt.Chart(UNITS)
        .transform_calculate(share_text=percent_text("datum.share"))
        .mark_bar(cursor="pointer")
        .encode(
            x=x,
            y=alt.Y(
                "share:Q",
                title=active_on,
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", values=[0, 0.5, 1]),
            ),
            color=colour(legend(names, 3, "square")),
            tooltip=[
                alt.Tooltip("unit:Q", title=translate("unit")),
                alt.Tooltip("share_text:N", title=active_on),
            ],
        )
        .add_params(
            alt.selection_point(name=PICK, fields=["unit", "n_shown"], on="click", toggle=False)
        )
    )
    never = (
        alt.Chart(UNITS)
        .transform_filter("datum.share == 0")
        .mark_tick(orient="horizontal", thickness=3, yOffset=-2)
        .encode(x=x, y=alt.YDatum(0), color=colour())
    )
    thin = (
        alt.Chart(UNITS)
        .transform_filter("datum.thin && datum.role == 'now'")
        .mark_rule(strokeWidth=2)
        .encode(x=x, y=alt.Y("share:Q"), y2=alt.Y2Datum(0), color=colour())
    )
    return as_dict(alt.layer(bars, never, thin).properties(height=190))


def tables(activity: Activity, silenced: list[int], n_shown: int = 0) -> dict[str, pd.DataFrame]:
    """Return the data of the strip.

    Parameters
    ----------
    activity : Activity
        When the layer's units are active.
    silenced : list of int
        The units that are silenced.
    n_shown : int, default=0
        How often another unit was chosen: it makes each click differ from the last.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``units`` with unit, share, rank (the most active first), role, n_shown and thin: whether
        there are so many units that a bar is hardly seen.

    Examples
    --------
    >>> import numpy as np
    >>> share = np.array([0.5, 0, 1])
    >>> found = Activity(share, np.zeros((3, 8), int), is_dead=share == 0)
    >>> tables(found, [0])["units"].loc[:, "unit":"role"]
       unit  share  rank    role
    0     0    0.5     1     now
    1     1    0.0     2  second
    2     2    1.0     0    data
    """
    share = activity.active_share
    table = pd.DataFrame({"unit": np.arange(share.size), "share": share.round(4)})
    table["rank"] = np.argsort(np.argsort(-share, kind="stable"), kind="stable")
    table["role"] = np.where(activity.is_dead, "second", "data")
    table.loc[table["unit"].isin(silenced), "role"] = "now"
    table["n_shown"] = n_shown
    table["thin"] = share.size > THIN
    return {"units": table}
