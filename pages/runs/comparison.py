"""Which runs Lab → Compare shows, as the session and the link keep it; no database is needed."""

from collections.abc import Iterable

import streamlit as st

from core.lab import comparison
from pages.shared import page_address

LINK = "runs"
"""The name in the link."""

PLACES, LINKED = "compared_places", "compared_link"
"""Session state: the chosen runs by their places, and the link that says so."""


def places() -> list[str]:
    """Return the chosen runs' ids by their places; an empty text is an empty place."""
    return list(st.session_state.get(PLACES, []))


def has_chosen() -> bool:
    """Tell whether anything was chosen in this session, be it no run at all."""
    return PLACES in st.session_state


def choose(ids: Iterable[str]) -> None:
    """Choose these runs, and no others; those chosen before keep their places."""
    st.session_state[PLACES] = comparison.choose(places(), ids)


def take_link() -> bool:
    """Choose the runs of a link that has come since; tell whether there was one."""
    linked = st.query_params.get(LINK)
    if linked is None and page_address.has_gone_back():
        st.session_state.pop(PLACES, None)
    if linked is None or linked == st.session_state.get(LINKED):
        return False
    st.session_state[PLACES] = comparison.from_link(linked)
    return True


def put_link() -> None:
    """Make the link say what is chosen."""
    st.session_state[LINKED] = chosen = comparison.to_link(places())
    if not chosen:
        st.query_params.pop(LINK, None)
    elif st.query_params.get(LINK) != chosen:
        st.query_params[LINK] = chosen
