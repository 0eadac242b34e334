"""The confusion matrix as a heat map whose cells can be clicked."""

from typing import Any

import altair as alt
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.palette import ROLES
from core.messages import Translate

PICK = "cell"
"""The name of the selection: the clicked cell's ``label`` and ``answer``."""

CELLS = alt.NamedData("cells")


def specification(*, translate: Translate = str) -> dict[str, Any]:
    """Lay the matrix out, without its data."""
    axis = alt.Axis(labelAngle=0, labelFontSize=14, ticks=False, domain=False)
    label, answer = translate("true digit"), translate("read as")
    cells = alt.Chart(CELLS).encode(
        x=alt.X("answer:O", title=answer, axis=axis, scale=alt.Scale(padding=0.06)),
        y=alt.Y("label:O", title=label, axis=axis, scale=alt.Scale(padding=0.06)),
        tooltip=[
            alt.Tooltip("label:O", title=label),
            alt.Tooltip("answer:O", title=answer),
            alt.Tooltip("count:Q", title=translate("images")),
        ],
    )
    squares = (
        cells.mark_rect(cornerRadius=3, cursor="pointer", strokeWidth=3)
        .encode(
            color=alt.Color("role:N", scale=alt.Scale(domain=ROLES), legend=None),
            fillOpacity=alt.FillOpacity("strength:Q", scale=None),
            stroke=alt.Stroke("shown:N", scale=alt.Scale(domain=ROLES), legend=None),
        )
        .add_params(
            alt.selection_point(
                name=PICK, fields=["label", "answer", "n_shown"], on="click", toggle=False
            )
        )
    )
    counts = (
        cells.transform_filter("datum.count > 0")
        .mark_text(fontSize=12)
        .encode(text=alt.Text("count:Q"), color=alt.Color("ink:N", scale=alt.Scale(domain=ROLES)))
        .transform_calculate(ink="'ink'")
    )
    return as_dict(alt.layer(squares, counts).properties(height=380))


def tables(
    confusion: ArrayLike, label: int, answer: int, n_shown: int = 0
) -> dict[str, pd.DataFrame]:
    """Return the data of the matrix.

    Parameters
    ----------
    confusion : array_like of int
        (10, 10) the images of the row's digit that were read as the column's.
    label, answer : int
        The cell that the page shows; it gets a frame.
    n_shown : int, default=0
        How often another cell was chosen to be shown: it makes each click differ from the last.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``cells`` with label, answer, count, role, strength, shown and n_shown. The mistakes share
        one scale; its square root lets a single mistake be seen beside a frequent one. The
        diagonal has a colour of its own, for it would drown them.

    Examples
    --------
    >>> import numpy as np
    >>> cells = tables(np.diag([9] * 10), label=4, answer=5)["cells"]
    >>> cells.loc[44:45, "label":"strength"]
        label  answer  count   role  strength
    44      4       4      9  model      0.30
    45      4       5      0    now      0.04
    >>> cells["shown"][45]
    'ink'
    """
    cells = [
        (row, column, int(count))
        for row, counts in enumerate(pd.DataFrame(confusion).to_numpy())
        for column, count in enumerate(counts)
    ]
    most = max([count for row, column, count in cells if row != column] + [1])
    table = pd.DataFrame(cells, columns=["label", "answer", "count"])
    right = table["label"] == table["answer"]
    table["role"] = right.map({True: "model", False: "now"})
    table["strength"] = (0.75 * (table["count"] / most) ** 0.5).round(3)
    table.loc[right, "strength"] = 0.3
    table.loc[table["count"] == 0, "strength"] = 0.04
    here = (table["label"] == label) & (table["answer"] == answer)
    table["shown"] = ["ink" if framed else None for framed in here]
    table["n_shown"] = n_shown
    return {"cells": table}
