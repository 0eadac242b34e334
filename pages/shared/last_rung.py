"""The rung a reader was on last: kept for the session, and in a cookie for the next visit."""

import streamlit as st

from pages.shared.cookie import set_cookie

COOKIE = "nl_last"
SECONDS = 365 * 24 * 3600

LAST = "last_rung"
"""Session state: the name of the last rung's page."""


def remember(name: str) -> None:
    """Keep the name of the page being shown, in the session and in the browser."""
    st.session_state[LAST] = name
    set_cookie(COOKIE, name, SECONDS)


def last_rung() -> str | None:
    """Return the name of the page that was shown last, in this session or before."""
    name: str | None = st.session_state.get(LAST) or st.context.cookies.get(COOKIE)
    return name
