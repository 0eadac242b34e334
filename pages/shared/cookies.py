"""Cookies: what a browser keeps for the app, and for no other below the same host.

One holds the rung a reader was on last. It is also kept for the session.
"""

import json

import streamlit as st

COOKIE = "nl_last"
SECONDS = 365 * 24 * 3600

LAST = "last_rung"
"""Session state: the name of the last rung's page."""


def set_cookie(name: str, value: str, seconds: int) -> None:
    """Put a cookie into the browser, which keeps it for so many seconds."""
    path = "/" + st.get_option("server.baseUrlPath").strip("/")
    cookie = f"{name}={value}; path={path}; max-age={seconds}; samesite=lax"
    with st.container(key=f"set_{name}"):
        st.html(
            f"<script>document.cookie = {json.dumps(cookie)}</script>",
            unsafe_allow_javascript=True,
        )


def remember(name: str) -> None:
    """Keep the name of the page being shown, in the session and in the browser."""
    st.session_state[LAST] = name
    set_cookie(COOKIE, name, SECONDS)


def last_rung() -> str | None:
    """Return the name of the page that was shown last, in this session or before."""
    name: str | None = st.session_state.get(LAST) or st.context.cookies.get(COOKIE)
    return name
