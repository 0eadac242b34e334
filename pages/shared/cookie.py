"""Cookies: what a browser keeps for the app, and for no other below the same host."""

import json

import streamlit as st


def set_cookie(name: str, value: str, seconds: int) -> None:
    """Put a cookie into the browser, which keeps it for so many seconds."""
    path = "/" + st.get_option("server.baseUrlPath").strip("/")
    cookie = f"{name}={value}; path={path}; max-age={seconds}; samesite=lax"
    with st.container(key=f"set_{name}"):
        st.html(
            f"<script>document.cookie = {json.dumps(cookie)}</script>",
            unsafe_allow_javascript=True,
        )
