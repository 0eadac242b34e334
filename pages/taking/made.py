"""A file that takes seconds to make: made once one asks for it, kept until one wants another."""

from collections.abc import Callable, Hashable

import streamlit as st

from core.messages import InputError
from pages.shared.i18n import _


def made_once_asked_for(
    key: str, wanted: Hashable, make: Callable[[], bytes], *, ask: str, icon: str, wait: str
) -> bytes:
    """Show the button that makes a file, and return the file: empty until it is made.

    Parameters
    ----------
    key : str
        Session state: the last file that was made, and what it is of.
    wanted : hashable
        What the file is to be of: a file of anything else is not returned.
    make : callable
        Makes it; may raise an `InputError`, which is shown.
    ask, icon : str
        Of the button.
    wait : str
        What is being done meanwhile.
    """
    if st.button(ask, key=f"{key}_make", icon=icon):
        try:
            with st.spinner(wait):
                st.session_state[key] = wanted, make()
        except InputError as error:
            st.error(error.translated(_))
    made_of, made = st.session_state.get(key, (None, b""))
    return made if made_of == wanted else b""
