"""The honesty switch: what the network reads when the drawing is only shrunk."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits.bars import certainty
from core.digits.recognise import Recogniser, Recognition
from core.digits.sketch.unprepared import classify_straight
from pages.digits.sketch.answer import enlarged
from pages.shared.control import switch
from pages.shared.i18n import _


def compare_straight(
    recogniser: Recogniser, image: NDArray[np.uint8] | None, prepared: Recognition
) -> None:
    """Show the switch and, where it is on, both pictures with both answers."""
    is_on = switch(
        _("Compare with a straight resize"),
        "straight",
        help=_(
            "The whole image shrunk to 28×28, without cropping and centring: how much of the "
            "answer is the preparation's work?"
        ),
    )
    if not is_on:
        return
    if image is None or not prepared.has_ink:
        st.caption(_("Draw small, or in a corner, to see the difference."))
        return
    straight = classify_straight(recogniser, image)
    with st.container(horizontal=True):
        _one(_("Prepared as MNIST was"), prepared)
        _one(_("Only shrunk"), straight)
    if straight.label != prepared.label:
        verdict = _("Without the preparation the same network answers differently.")
    elif straight.label is None:
        verdict = _("The network is unsure about both.")
    else:
        verdict = _("Here both ways give the same answer. Draw smaller, or in a corner.")
    st.caption(verdict)


def _one(title: str, reading: Recognition) -> None:
    if reading.label is None:
        answer = _("{title}: unsure").format(title=title)
    else:
        answer = _("{title}: {digit}, {p} % sure").format(
            title=title, digit=reading.label, p=certainty(reading.probabilities.max())
        )
    st.image(enlarged(reading.pixels, 5), width=140, caption=answer, alt=title)
