"""Which run Digits → Train shows: the one in the link, the one chosen, or the newest."""

import streamlit as st

from pages.shared import link

KEY = "run"
"""Its name in the link and in the session."""


def watch(run_id: str) -> None:
    """Show this run from now on; for a callback."""
    st.session_state[KEY] = run_id
    st.query_params[KEY] = run_id


def watched(newest: str | None) -> str | None:
    """Return the id of the run to show: `newest` where neither link nor reader names one."""
    return link.follow(KEY, newest)


def unwatch() -> None:
    """Show no run of one's own choice any more; for a callback."""
    st.session_state.pop(KEY, None)
    st.query_params.pop(KEY, None)
