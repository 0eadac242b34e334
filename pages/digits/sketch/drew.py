"""Which digit the reader has drawn: nobody else can know it."""

import hashlib

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.digits.recognise import Recognition
from pages.shared.i18n import _

DREW, OF = "drew", "drew_of"
"""Session state: which digit it is said to be, and a mark of the image of which that was said."""


def ask_which(image: NDArray[np.uint8], reading: Recognition) -> int | None:
    """Ask which digit an image shows; None where it shows nothing, or nothing is said yet.

    With the next stroke it is another image, and so asked anew: what is said of a finished drawing
    holds for no half of another.
    """
    if not reading.has_ink:
        return None
    mark = hashlib.blake2b(image.tobytes(), digest_size=8).hexdigest()
    if st.session_state.get(OF) != mark:
        st.session_state[OF], st.session_state[DREW] = mark, None
    digit: int | None = st.pills(
        _("I drew a …"),
        range(10),
        key=DREW,
        wrap=True,
        help=_("Once the digit is finished: what anybody would read. Then the app can compare."),
    )
    return digit
