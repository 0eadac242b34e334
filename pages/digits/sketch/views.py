"""Below the answer: what the network did to come to it, in one of four views.

Only the view that is open is computed, so that an answer comes quickly after each stroke.
"""

import streamlit as st

from core.digits.recognise import Recogniser, Recognition
from pages.digits.sketch.epoch_by_epoch import judge_while_training
from pages.digits.sketch.inside import inside
from pages.digits.sketch.nearest import nearest
from pages.digits.sketch.why import why
from pages.shared.choice import choice
from pages.shared.i18n import _


def look_inside(recogniser: Recogniser, reading: Recognition) -> None:
    """Show the choice of a view, and the chosen one."""
    views = {
        "inside": _("Inside the network"),
        "why": _("Why this digit?"),
        "near": _("Nearest training images"),
        "train": _("While it trains"),
    }
    view = choice(_("Look inside"), views, key="look", segmented=True, label_visibility="collapsed")
    if view == "train":
        judge_while_training(reading)
    elif not reading.has_ink:
        st.caption(_("Draw a digit: here you then see how the network comes to its answer."))
    elif view == "inside":
        inside(recogniser, reading)
    elif view == "why":
        why(recogniser, reading)
    else:
        nearest(recogniser, reading)
