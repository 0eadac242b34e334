"""The chain rule as two rows of boxes: forwards from x to the error, backwards link by link.

The boxes are a table of their own, ``boxes``, and stand still; only what is written in them is read
from the current frame.
"""

import json
from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.charts.as_dict import as_dict
from core.charts.palette import in_role
from core.charts.player import AXIS, STACKED_WIDTH, WIDTH, now
from core.curves.sigmoid_neuron import Chain
from core.number import number

BOXES = alt.NamedData("boxes")

LAYOUT = (
    ("x", "x", "", "→", 0, 0),
    ("z", "z", "w·x + b", "→", 0, 1),
    ("y_hat", "ŷ", "σ(z)", "→", 0, 2),
    ("loss", "L", "", "", 0, 3),
    ("d_w", "∂L/∂w", "", "=", 1, 0),
    ("dz_dw", "∂z/∂w", "x", "×", 1, 1),
    ("dy_hat_dz", "∂ŷ/∂z", "ŷ·(1 − ŷ)", "×", 1, 2),
    ("d_y_hat", "∂L/∂ŷ", "", "", 1, 3),
)
"""Each box: its name, what is written above and below, the sign to its right, row and column.

Below each link forward stands its slope.
"""

SQUARED_ERROR = {"loss": "(y − ŷ)²", "d_y_hat": "−2·(y − ŷ)"}
CROSS_ENTROPY = {
    "0": {"loss": "−ln(1 − ŷ)", "d_y_hat": "1/(1 − ŷ)"},
    "1": {"loss": "−ln ŷ", "d_y_hat": "−1/ŷ"},
    "": {"loss": "ln(1 + eᶻ) − y·z", "d_y_hat": "(ŷ − y)/ŷ(1 − ŷ)"},
}
"""The formulas that depend on the loss; cross-entropy has shorter ones where y is 0 or 1."""

ROW_GAP, HEADLINE = 10, 24
"""Pixels between the rows, and of a headline."""


def boxes() -> pd.DataFrame:
    """Return the table ``boxes``."""
    return pd.DataFrame(LAYOUT, columns=["box", "title", "formula", "sign", "row", "column"])


def texts(x: NDArray[np.float64], links: Chain) -> pd.DataFrame:
    """Return the numbers in each frame's boxes: columns ``text_x``, ``text_z`` and so on.

    Parameters
    ----------
    x : ndarray of float, shape (n_frames,)
        The sample of each frame.
    links : Chain
        Its chain.
    """
    values = {"x": x, **links._asdict()}
    return pd.DataFrame({f"text_{box}": [number(v) for v in values[box]] for box, *_ in LAYOUT})


def view(*, stacked: bool) -> dict[str, Any]:
    """Return the view of the boxes.

    It reads `texts`, the target ``y`` and two headlines in ``frames``, the table `boxes`, and
    whether the loss is the ``cross_entropy`` in ``view``.

    Parameters
    ----------
    stacked : bool
        As narrow as a phone, with the headlines ``when`` and ``which`` one below the other.

    Returns
    -------
    dict
        A view for the ``vconcat`` of `core.charts.player.specification`.
    """
    # On a phone the boxes also take the room that the panels above leave for their axes.
    left, width = (-AXIS, STACKED_WIDTH) if stacked else (0, WIDTH - AXIS)
    gap, height = (12, 60) if stacked else (26, 46)
    headlines = ["datum.when", "datum.which"] if stacked else ["datum.when + '  ·  ' + datum.which"]
    top, box_width = HEADLINE * len(headlines), (width - 3 * gap) / 4
    placed = alt.Chart(BOXES).transform_calculate(
        left=f"{left} + datum.column * {box_width + gap}",
        top=f"{top} + datum.row * {height + ROW_GAP}",
    )

    rectangles = placed.transform_calculate(
        right=f"datum.left + {box_width}", bottom=f"datum.top + {height}"
    )
    layers = [
        _rectangles(rectangles, "datum.row == 0", "model", 0.08),
        _rectangles(rectangles, "datum.row == 1", "now", 0.07),
        _rectangles(rectangles, "datum.box == 'd_w'", "now", 0.12),
        *(
            _text(placed, words, box_width / 2, share * height, size)
            for words, share, size in (LINES_STACKED if stacked else LINES)
        ),
        _text(placed, "datum.sign", box_width + gap / 2, height / 2, 15),
        *(
            in_role(
                now()
                .transform_calculate(headline=headline)
                .mark_text(align="left", baseline="middle", fontSize=13 if stacked else 15)
                .encode(
                    x=alt.XValue(left), y=alt.YValue(i * HEADLINE + 8), text=alt.Text("headline:N")
                ),
                "ink",
            )
            for i, headline in enumerate(headlines)
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=left + width, height=top + 2 * height + ROW_GAP, view=alt.ViewConfig(stroke=None)
    )
    made = as_dict(chart)
    return {key: value for key, value in made.items() if key not in ("$schema", "config")}


def _named(texts: Mapping[str, object]) -> str:
    return json.dumps(texts, ensure_ascii=False)


FRAME = "(data('frames')[step] || {})"
"""The current frame, as a Vega expression."""

OF_LOSS = (
    f"(data('view')[0].cross_entropy ? ({_named(CROSS_ENTROPY)}[{FRAME}.y]"
    f" || {_named(CROSS_ENTROPY[''])}) : {_named(SQUARED_ERROR)})"
)
FORMULA = f"(datum.column == 3 ? {OF_LOSS}[datum.box] : datum.formula)"
NUMBER = f"{FRAME}['text_' + datum.box]"
LINES = (
    (f"datum.title + ({FORMULA} ? ' = ' + {FORMULA} : '')", 0.28, 12),
    (NUMBER, 0.7, 15),
)
LINES_STACKED = (("datum.title", 0.2, 12), (FORMULA, 0.5, 10.5), (NUMBER, 0.8, 12))
"""The lines of text in a box: an expression, how far down, the size of the letters."""


def _rectangles(rows: alt.Chart, which: str, role: str, opacity: float) -> alt.Chart:
    marks = rows.transform_filter(which).mark_rect(
        cornerRadius=6, strokeWidth=1, strokeOpacity=0.7, fillOpacity=opacity
    )
    x, y = (alt.X("left:Q", scale=None, axis=None), alt.Y("top:Q", scale=None, axis=None))
    return in_role(marks.encode(x=x, x2=alt.X2("right"), y=y, y2=alt.Y2("bottom")), role)


def _text(rows: alt.Chart, words: str, right: float, down: float, size: float) -> alt.Chart:
    marks = rows.transform_calculate(
        at_x=f"datum.left + {right}", at_y=f"datum.top + {down}"
    ).transform_calculate(words=words)
    return in_role(
        marks.mark_text(fontSize=size, baseline="middle").encode(
            x=alt.X("at_x:Q", scale=None, axis=None),
            y=alt.Y("at_y:Q", scale=None, axis=None),
            text=alt.Text("words:N"),
        ),
        "ink",
    )
