"""What a button creates, it creates once: the thing's identity is drawn with the button.

A click can reach the callback twice, even in two threads of one session; the store then finds that
there is one with this identity already.
"""

import streamlit as st

from core.store.names import new_id

DRAWN = "drawn_ids"
"""Session state: the identity of what each button creates next."""


def drawn_id(button: str) -> str:
    """Return the identity of what a button creates next: the same until it has been created."""
    drawn: dict[str, str] = st.session_state.setdefault(DRAWN, {})
    return drawn.setdefault(button, new_id())


def created(button: str) -> None:
    """Take note that it was created: the button's next click creates another."""
    st.session_state.get(DRAWN, {}).pop(button, None)
