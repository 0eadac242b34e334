"""What the network says about an image, and what happened to the drawing on the way there."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from core.charts.digits.bars import bar_specification, bar_table, certainty
from core.digits import doubts
from core.digits.network.model import Card
from core.digits.recognise import Recognition
from pages.shared.charts.chart import show_chart
from pages.shared.i18n import _
from pages.shared.page import announce


def show(reading: Recognition, above: DeltaGenerator | None = None) -> None:
    """Show the answer, the ten probabilities and the 28×28 pixels that the network sees.

    Parameters
    ----------
    reading : Recognition
    above : container, optional
        Above the canvas, where the answer stands on a phone; else it stands beside the pixels.
    """
    if above is None:
        with st.container(key="answer"):
            answer, pixels = st.columns([1.2, 1], vertical_alignment="bottom")
    else:
        answer, pixels = above, st.container()
    label, sure = reading.label, reading.probabilities.max()
    answer.metric(
        _("The network reads"),
        "–" if label is None else str(label),
        _("{p} % sure").format(p=certainty(sure)) if label is not None else _short(reading.reason),
        delta_color="off",
        delta_arrow="off",
    )
    announce(_said(reading))
    pixels.image(
        enlarged(reading.pixels, 5),
        width=140,
        caption=_("What it sees: 28×28"),
        alt=_("The 28 by 28 pixels that the network sees"),
    )
    reason = st.container()  # there in any case, so that the chart keeps its place
    if reading.reason is not None and reading.reason != doubts.BLANK:
        reason.caption(_(reading.reason))
    show_chart(
        bar_specification,
        {"bars": bar_table(reading.probabilities, label)},
        key="probabilities",
        alt=_("The probabilities of the ten digits"),
        heard=_likeliest(reading) if reading.has_ink else "",
    )


def _likeliest(reading: Recognition) -> str:
    """Say the three likeliest digits, for those who cannot see the bars."""
    order = np.argsort(-reading.probabilities, kind="stable")[:3]
    digits = [
        _("{digit} with {p} %").format(digit=i, p=certainty(reading.probabilities[i]))
        for i in order
    ]
    return _("The likeliest: {digits}.").format(digits=_("; ").join(digits))


def _said(reading: Recognition) -> str:
    """Say the answer in a sentence, for those who cannot see it; nothing before a stroke."""
    if reading.label is None:
        return _(reading.reason) if reading.reason not in (None, doubts.BLANK) else ""
    return _("The network reads {label}, {p} % sure.").format(
        label=reading.label, p=certainty(reading.probabilities.max())
    )


def what_happens(card: Card) -> str:
    """Say step by step what becomes of a drawing, as a list."""
    classify = _("**Classify**: 784 numbers go in, ten come out.")
    if card.averages_shifts:
        classify += " " + _(
            "This network looks at the drawing as it is and moved by a pixel to each side, and "
            "averages."
        )
    steps = [
        _(
            "**Tell ink from paper**, and crop to the ink, so that it does not matter where you "
            "draw."
        ),
        _(
            "**Scale** until the longest side has 20 pixels: MNIST's digits were made this way. "
            "Very thin strokes are widened first."
        ),
        _("**Centre** by the centre of mass in a field of 28×28."),
        classify,
        _(
            "**Look twice**: of two strokes side by side, each is read alone, too: if both are "
            "clearer than the whole, they are two digits. And a 0 or an 8 from a thick pen must "
            "show a hole."
        ),
        _(
            "**Doubt**: where even the highest output is low, the drawing is unlike every digit "
            "that the network has seen, and it gives no answer. If it would be a far clearer digit "
            "turned by a quarter, it lies on its side."
        )
        if card.least_evidence is not None
        else _(
            "**No doubt**: of all else this network names the likeliest digit, even of a letter. "
            "Sketch and Convolutional have learned to give no answer there."
        ),
    ]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _short(reason: str | None) -> str:
    """Say in two or three words why there is no answer; the sentence stands below."""
    words = {
        doubts.BLANK: _("nothing drawn yet"),
        doubts.NO_INK: _("no ink found"),
        doubts.TWO_DIGITS: _("two digits"),
        doubts.BLOB: _("a blob"),
        doubts.SIDEWAYS: _("on its side"),
    }
    return words.get(reason or "", _("unsure"))


def enlarged(pixels: NDArray[np.float32], factor: int) -> NDArray[np.uint8]:
    """Return pixels in [0, 1] as a picture, each a square of `factor` by `factor`."""
    grey = np.round(255 * pixels).astype(np.uint8)
    return grey.repeat(factor, axis=0).repeat(factor, axis=1)
