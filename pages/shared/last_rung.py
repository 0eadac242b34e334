"""The rung a reader was on last: kept for the session, and in a cookie for the next visit."""

import json

import streamlit as st

COOKIE = "nl_last"
SECONDS = 365 * 24 * 3600

LAST = "last_rung"
"""Session state: the name of the last rung's page."""


def remember(name: str) -> None:
    """Keep the name of the page being shown, in the session and in the browser."""
    st.session_state[LAST] = name
    cookie = f"{COOKIE}={name}; path=/; max-age={SECONDS}; samesite=lax"
    with st.container(key="remember"):
        st.html(
            f"<script>document.cookie = {json.dumps(cookie)}</script>",
            unsafe_allow_javascript=True,
        )


def last_rung() -> str | None:
    """Return the name of the page that was shown last, in this session or before."""
    name: str | None = st.session_state.get(LAST) or st.context.cookies.get(COOKIE)
    return name
