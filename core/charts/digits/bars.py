"""Charts of what a network says about a digit."""

from typing import Any

import altair as alt
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.palette import colour
from core.messages import Translate

BARS = alt.NamedData("bars")


def bar_specification(translate: Translate = str) -> dict[str, Any]:
    """Lay out ten horizontal bars, one a digit, without their data.

    Parameters
    ----------
    translate : callable, default=str
        Gives the title in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification; it wants `bar_table` as the table ``bars``.
    """
    bars = alt.Chart(BARS).encode(
        y=alt.Y("digit:N", title=None, axis=alt.Axis(labelFontSize=15, ticks=False, domain=False)),
        x=alt.X(
            "probability:Q",
            title=translate("probability"),
            scale=alt.Scale(domain=[0, 1.12]),
            axis=alt.Axis(format="%", values=[0, 0.5, 1], grid=False),
        ),
        color=colour(legend=None),
    )
    return as_dict(
        alt.layer(
            bars.mark_bar(cornerRadiusEnd=4, height={"band": 0.72}),
            bars.mark_text(align="left", dx=5, fontSize=13).encode(text=alt.Text("percent:N")),
        ).properties(height=280)
    )


def bar_table(probabilities: ArrayLike, label: int | None) -> pd.DataFrame:
    """Return the ten probabilities as rows, the winner in the model's colour.

    Parameters
    ----------
    probabilities : array_like of float, shape (10,)
        One probability for each digit.
    label : int or None
        The winner; None if nothing is drawn.

    Returns
    -------
    pandas.DataFrame
        digit, probability, role (see `core.charts.palette`) and percent, as it is written.

    Examples
    --------
    >>> bar_table([0.004] * 2 + [0.968] + [0.004] * 7, label=2).loc[1:2]
      digit  probability   role percent
    1     1        0.004   data
    2     2        0.968  model    97 %
    """
    table = pd.DataFrame({"digit": [str(d) for d in range(10)], "probability": probabilities})
    table["role"] = ["model" if digit == label else "data" for digit in range(10)]
    table["percent"] = [f"{certainty(p)} %" if p >= 0.005 else "" for p in table["probability"]]
    return table


def certainty(probability: float) -> str:
    """Return a probability in percent; never 100 and never 0, for a network is never certain.

    Examples
    --------
    >>> certainty(0.726), certainty(0.9996), certainty(0.0004)
    ('73', '> 99', '< 1')
    """
    if probability > 0.99:
        return "> 99"
    return "< 1" if probability < 0.005 else f"{100 * probability:.0f}"
