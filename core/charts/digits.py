"""Charts of what a network says about a digit."""

import altair as alt
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.palette import colour
from core.messages import Translate


def probability_bars(
    probabilities: ArrayLike, label: int | None, *, translate: Translate = str
) -> alt.LayerChart | alt.FacetChart:
    """Draw the ten probabilities as bars, the winner in the model's colour.

    Parameters
    ----------
    probabilities : array_like of float, shape (10,)
        One probability for each digit.
    label : int or None
        The winner; None if nothing is drawn.
    translate : callable, default=str
        Gives the titles in the reader's language.

    Returns
    -------
    altair.LayerChart

    Examples
    --------
    >>> table = bar_table([0.0] * 7 + [1.0, 0.0, 0.0], label=7)
    >>> table.loc[7].tolist()
    ['7', 1.0, 'model', '100 %']
    """
    bars = alt.Chart(bar_table(probabilities, label)).encode(
        y=alt.Y("digit:N", title=None, axis=alt.Axis(labelFontSize=15, ticks=False, domain=False)),
        x=alt.X(
            "probability:Q",
            title=translate("probability"),
            scale=alt.Scale(domain=[0, 1.12]),
            axis=alt.Axis(format="%", values=[0, 0.5, 1], grid=False),
        ),
        color=colour(legend=None),
    )
    return alt.layer(
        bars.mark_bar(cornerRadiusEnd=4, height={"band": 0.72}),
        bars.mark_text(align="left", dx=5, fontSize=13).encode(text="percent:N"),
    ).properties(height=280)


def bar_table(probabilities: ArrayLike, label: int | None) -> pd.DataFrame:
    """Return the rows of `probability_bars`: digit, probability, role (its colour), percent."""
    table = pd.DataFrame({"digit": [str(d) for d in range(10)], "probability": probabilities})
    table["role"] = ["model" if digit == label else "data" for digit in range(10)]
    table["percent"] = [f"{100 * p:.0f} %" if p >= 0.005 else "" for p in table["probability"]]
    return table
