"""Controls that keep their values while the reader looks at another page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

KEPT = "kept"
"""Session state: the values, by the controls' keys."""


@contextmanager
def kept(*keys: str) -> Iterator[None]:
    """Give the controls made inside the values they had when their page was left.

    Streamlit forgets a control's value once a page without it is shown. A value in the link wins.

    Parameters
    ----------
    *keys : str
        The controls' keys. Those made by `pages.shared.choice` keep their value by themselves.
    """
    state = st.session_state
    values = state.setdefault(KEPT, {})
    for key in keys:
        if key in values and key not in state and key not in st.query_params:
            state[key] = values[key]
    yield
    values.update({key: state[key] for key in keys if key in state})
