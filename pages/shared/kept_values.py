"""Controls that keep their values while the reader looks at another page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shared.choice import CURRENT_PAGE

KEPT, KEPT_ON = "kept", "kept_on"
"""Session state: the values, and the pages that last showed them, by the controls' keys."""


@contextmanager
def kept(*keys: str) -> Iterator[None]:
    """Give the controls made inside the values they had when their page was left.

    Streamlit forgets a control's value once a page without it is shown, and a control of the same
    key on another page begins anew. A value in the link wins.

    Parameters
    ----------
    *keys : str
        The controls' keys. Those made by `pages.shared.choice` keep their value by themselves.
    """
    state = st.session_state
    values, pages = state.setdefault(KEPT, {}), state.setdefault(KEPT_ON, {})
    page = state.get(CURRENT_PAGE)
    for key in keys:
        is_new = key not in state or pages.get(key) != page
        if key in values and is_new and key not in st.query_params:
            state[key] = values[key]
    yield
    made = [key for key in keys if key in state]
    values.update({key: state[key] for key in made})
    pages.update(dict.fromkeys(made, page))
