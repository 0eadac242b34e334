"""A page in parts: a control that is moved runs these again, and nothing else of the page.

Of what the server sends for a run of a whole page, nine tenths say what they said before. A part
runs without the page, so it takes nothing from the page's run that a control may have changed
since: what it tells is found by functions that read the controls (`once`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NoReturn, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

from core.messages import InputError
from pages.shared import link
from pages.shared.charts.chart import SHOWN
from pages.shared.first_visit import is_served
from pages.shared.fragment import fragment, is_inside, runs_alone

Found = TypeVar("Found")

PARTS = "parts"
"""Session state: the parts of the page being shown."""


@dataclass
class Part:
    """A part of a page.

    Parameters
    ----------
    follows : callable or None
        Returns what it shows, as far as controls change that.
    shown : object
        What that was when it ran last.
    """

    follows: Callable[[], object] | None
    shown: object = None

    def is_due(self) -> bool:
        """Whether it would show something else now."""
        return self.follows is None or self.follows() != self.shown


@dataclass
class Parts:
    """The parts of a page.

    Parameters
    ----------
    of_page : dict of str to Part
        By their keys, in the order in which they run.
    are_all : bool
        The page has been drawn to its end.
    found : dict
        What has been found since a control was moved, by what found it.
    """

    of_page: dict[str, Part] = field(default_factory=dict)
    are_all: bool = False
    found: dict[Callable[[], Any], Any] = field(default_factory=dict)


@contextmanager
def of_page() -> Iterator[None]:
    """Run a page in the block: it has no parts until it begins them."""
    st.session_state.pop(PARTS, None)
    st.session_state.pop(SHOWN, None)
    yield
    if (parts := _here()) is not None:
        parts.are_all = True


def begin() -> None:
    """Say that this page has parts, before its controls: these look whether there are any."""
    st.session_state[PARTS] = Parts()


def are_here() -> bool:
    """Whether the page being shown has parts."""
    return _here() is not None


def once(find: Callable[[], Found]) -> Callable[[], Found]:
    """Let all parts use what one of them has found, until a control is moved.

    Parameters
    ----------
    find : callable
        Reads the controls, or calls what reads them.
    """

    @wraps(find)
    def found() -> Found:
        if (parts := _here()) is None:
            return find()
        if find not in parts.found:
            parts.found[find] = find()
        what: Found = parts.found[find]
        return what

    return found


def show(
    part: Callable[[], None],
    *,
    key: str | None = None,
    follows: Callable[[], object] | None = None,
) -> None:
    """Show a part of the page, here. The first one is sent first: let it be the picture.

    Parameters
    ----------
    part : callable
    key : str, optional
        Its name on the page; that of the function, if not given.
    follows : callable, optional
        Returns what it shows, as far as controls change that: while it is the same, none runs it.
    """
    name = f"part_{key or part.__name__}"
    shown = Part(follows)

    @wraps(part)
    def body() -> None:
        try:
            part()
            if follows is not None and are_here():
                shown.shown = follows()
        except InputError:
            if not runs_alone():
                raise
            run_page()  # which says what is wrong, and shows nothing below it

    if (parts := _here()) is not None and not is_inside():
        parts.of_page[name] = shown
    fragment(body, key=name)()


def in_fold(key: str, what: Callable[[], object]) -> Callable[[], object]:
    """Return what a part follows that fills a fold: nothing while it is closed.

    Parameters
    ----------
    key : str
        Of the fold.
    what : callable
        As in `show`.
    """
    return lambda: what() if st.session_state.get(key) else None


def run(*more: str) -> None:
    """Run the page's parts, since a control has been moved; for a callback, as its last words.

    Where a page has none, or has not been drawn to its end, all of it runs.

    Parameters
    ----------
    *more : str
        The keys of other fragments to run, after the parts.
    """
    if not is_served():  # an AppTest runs the whole page in any case
        return
    if (parts := _here()) is not None and parts.are_all:
        parts.found.clear()
        link.go_on()
        with suppress(
            InputError, StreamlitAPIException
        ):  # bad input; or Streamlit knows one no more
            due = [key for key, part in parts.of_page.items() if part.is_due()]
            st.rerun([*due, *more])
    run_page()


def run_some(*names: str) -> None:
    """Run these parts, whose controls have been moved within one of them; for a callback."""
    if is_served():
        with suppress(StreamlitAPIException):
            st.rerun([f"part_{name}" for name in names])
        run_page()


def run_page() -> NoReturn:
    """Run the whole page, from a part of it or a callback."""
    st.rerun()


def go(values: Mapping[str, Any]) -> NoReturn:
    """Set controls of the page, whichever they are, and run all of it; for a callback."""
    link.go(values)
    run_page()


def _here() -> Parts | None:
    parts: Parts | None = st.session_state.get(PARTS)
    return parts
