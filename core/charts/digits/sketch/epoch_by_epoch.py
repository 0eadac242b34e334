"""The chart of one drawing as a network judges it after each epoch of its training."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.digits.bars import certainty
from core.charts.palette import colour, legend
from core.messages import Translate

CELLS = alt.NamedData("cells")


def specification(n_epochs: int, translate: Translate = str) -> dict[str, Any]:
    """Lay out a row for each digit and a column for each epoch, without data.

    Parameters
    ----------
    n_epochs : int
        Of the whole run; the columns of epochs still to come stay empty.
    translate : callable, default=str
        Gives the titles in the reader's language.

    Returns
    -------
    dict
        A Vega-Lite specification; it wants `table` as the table ``cells``.
    """
    labels = {
        "model": translate("the answer, and right"),
        "now": translate("the answer, but wrong"),
        "data": translate("other digits"),
    }
    x = alt.X(
        "start:Q",
        title=translate("epoch"),
        scale=alt.Scale(domain=[0.5, n_epochs + 0.5], nice=False),
        axis=alt.Axis(grid=False, format="d", tickMinStep=1),
    )
    chart = (
        alt.Chart(CELLS)
        .transform_calculate(start="datum.epoch - 0.5", end="datum.epoch + 0.5")
        .mark_rect(cornerRadius=2, xOffset=0.5, x2Offset=-0.5, yOffset=1, y2Offset=-1)
        .encode(
            x=x,
            x2=alt.X2("end:Q"),
            y=alt.Y(
                "digit:N",
                title=None,
                axis=alt.Axis(
                    ticks=False,
                    domain=False,
                    labelFontSize=13,
                    labelOverlap=False,
                    labelFlush=False,
                ),
            ),
            color=colour(legend(labels, columns=2, symbol="square")),
            opacity=alt.Opacity("shade:Q", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("epoch:Q", title=translate("epoch")),
                alt.Tooltip("digit:N", title=translate("digit")),
                alt.Tooltip("percent:N", title=translate("probability")),
            ],
        )
        .properties(height=340)
    )
    return as_dict(chart)


def table(probabilities: ArrayLike, digit: int | None) -> pd.DataFrame:
    """Give the ten digits' probabilities after each epoch.

    Parameters
    ----------
    probabilities : array_like of float, shape (n_epochs, 10)
    digit : int or None
        The right one; None if nobody knows yet.

    Returns
    -------
    pandas.DataFrame
        epoch (from 1), digit, percent, shade (0.06 to 1) and role: of the likeliest digit, model if
        it is the right one and now if not; data of the others.

    Examples
    --------
    >>> cells = table([[0.2, 0.8] + [0.0] * 8, [0.7, 0.3] + [0.0] * 8], digit=0)
    >>> cells[cells["role"] != "data"]
        epoch digit percent  shade   role
    1       1     1    80 %   0.81    now
    10      2     0    70 %   0.72  model
    """
    shares = np.reshape(np.asarray(probabilities, np.float64), (-1, 10))
    epoch, place = np.indices(shares.shape)
    winner = place == shares.argmax(axis=1, keepdims=True)
    right = place == (-1 if digit is None else digit)
    role = np.where(winner & right, "model", np.where(winner, "now", "data"))
    return pd.DataFrame(
        {
            "epoch": epoch.ravel() + 1,
            "digit": place.ravel().astype(str),
            "percent": [f"{certainty(share)} %" for share in shares.ravel()],
            "shade": (0.06 + 0.94 * shares.ravel()).round(2),
            "role": role.ravel(),
        }
    )
