"""The chart of Start → What is a model?: how many parameters models have, on a log scale."""

from typing import Any

import altair as alt
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.layout import TABLET, Layout
from core.charts.palette import colour, in_role
from core.messages import Translate
from core.number import whole
from core.start.what_is_a_model.known_models import KNOWN_MODELS

MODELS = alt.NamedData("models")

NAMES, ROW = 122, 25
"""Pixels for the models' names, and for one row."""

TICKS = {1e0: "1", 1e3: "10³", 1e6: "10⁶", 1e9: "10⁹", 1e12: "10¹²"}


def specification(*, layout: Layout = TABLET, translate: Translate = str) -> dict[str, Any]:
    """Lay out the chart, without its data.

    Parameters
    ----------
    layout : Layout
        As wide as that.
    """
    words = alt.Scale(type="log", domain=[0.7, 3e15 if layout.stacked else 1e14], nice=False)
    axis = alt.Axis(
        values=list(TICKS),
        labelExpr=f"{ {str(int(tick)): text for tick, text in TICKS.items()} }[datum.value]",
        domain=False,
        ticks=False,
    )
    rows = alt.Chart(MODELS).encode(
        x=alt.X("n_params:Q", scale=words, axis=axis, title=translate("parameters (log)")),
        y=alt.Y(
            "name:N",
            sort=None,
            title=None,
            axis=alt.Axis(
                labelLimit=0,
                labelFontSize=13,
                labelPadding=8,
                ticks=False,
                domain=False,
                minExtent=NAMES,
                maxExtent=NAMES,
            ),
        ),
    )
    dots = rows.mark_circle(size=120, opacity=1).encode(color=colour(legend=None))
    texts = in_role(rows.mark_text(align="left", dx=10, fontSize=13), "ink").encode(
        text=alt.Text("size:N"),
        opacity=alt.condition("datum.is_yours", alt.value(1), alt.value(0.8)),
    )
    size = {
        "width": layout.width - NAMES - 10,
        "height": ROW * (len(KNOWN_MODELS) + 3),
    }
    chart = alt.layer(dots, texts).properties(view=alt.ViewConfig(stroke=None), **size)
    return as_dict(alt.vconcat(chart))


def tables(n_params: int | None, *, translate: Translate = str) -> dict[str, pd.DataFrame]:
    """Return the data of the chart: the ladder's own networks, the reader's, and known ones.

    Parameters
    ----------
    n_params : int or None
        The count of the reader's network; None if there is none.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``models``, from few parameters to many.

    Examples
    --------
    >>> tables(239_410)["models"].query("is_yours")[["name", "size"]].values.tolist()
    [['your network', '239,410']]
    """
    rows = [
        (translate("One weight"), 1, "1", "third"),
        (translate("this page's 1-2-1"), 7, "7", "third"),
        *((model.name, model.n_params, translate(model.size), "data") for model in KNOWN_MODELS),
    ]
    if n_params is not None:
        rows.append((translate("your network"), n_params, whole(n_params), "model"))
    rows.sort(key=lambda row: row[1])
    models = pd.DataFrame(rows, columns=["name", "n_params", "size", "role"])
    return {"models": models.assign(is_yours=models["role"] == "model")}
