"""A part of a page that runs by itself; one inside another is a part of that."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.i18n import speak

P = ParamSpec("P")

_inside = ContextVar("_inside", default=False)


def fragment(
    body: Callable[P, None], *, run_every: float | None = None, key: str | None = None
) -> Callable[P, None]:
    """Let a part of a page run without the rest.

    Streamlit's, but never one within another. Of a run that is interrupted Streamlit throws away
    what it has not sent yet, for the fragment that runs again, but not for those inside it: their
    elements arrive without the block that they stand in, and the browser's page goes blank.

    Parameters
    ----------
    body : callable
    run_every : float, optional
        Seconds after which it runs again by itself.
    key : str, optional
        By which a callback can have it run.

    Returns
    -------
    callable
        Called inside another fragment, `body` itself: then its controls run that one.

    Raises
    ------
    RuntimeError
        If it is to run by itself inside another one.

    Examples
    --------
    >>> import streamlit as st
    >>> @fragment
    ... def counted() -> None:
    ...     st.button("Once more")
    """

    @wraps(body)
    def alone(*args: P.args, **kwargs: P.kwargs) -> None:
        before = _inside.set(True)
        try:
            if runs_alone():
                speak()
            body(*args, **kwargs)
        finally:
            _inside.reset(before)

    by_itself = st.fragment(alone, run_every=run_every, key=key)

    @wraps(body)
    def show(*args: P.args, **kwargs: P.kwargs) -> None:
        if not is_inside():
            by_itself(*args, **kwargs)
        elif run_every is None:
            body(*args, **kwargs)
        else:
            raise RuntimeError(f"{body.__name__} cannot run by itself within another fragment.")

    return show


def is_inside() -> bool:
    """Tell whether what runs now is part of a fragment."""
    return _inside.get()


def runs_alone() -> bool:
    """Tell whether this is a run of fragments, without their page."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)
