"""What goes on in the background, shown as far as it is, and the orders that it may refuse."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

import streamlit as st

from core.messages import InputError
from pages.shared.fragment import fragment
from pages.shared.i18n import _


class Snapshot(Protocol):
    """What is known at one moment of something that goes on."""

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again soon."""

    @property
    def outline(self) -> tuple[object, ...]:
        """What the rest of the page depends on: where it changes, all is drawn anew."""


Seen = TypeVar("Seen", bound=Snapshot)


def show_live(
    look: Callable[[], Seen | InputError | None],
    show: Callable[[Seen], None],
    *,
    key: str,
    every: float,
    missing: str,
) -> Seen | None:
    """Show something as it is now, and again and again while it moves.

    Parameters
    ----------
    look : callable
        Gives what is known of it: None if it does not exist, an error if nothing is known.
    show : callable
        Draws a snapshot.
    key : str
        Of the container around it.
    every : float
        Seconds between two looks.
    missing : str
        What to say where it does not exist.

    Returns
    -------
    Snapshot, optional
        What is known now, for the rest of the page.
    """
    seen = look()
    if seen is None:
        st.warning(missing)
        return None
    moving, outline = True, None
    if not isinstance(seen, InputError):
        moving, outline = seen.is_moving, seen.outline
    with st.container(key=key):
        fragment(_watch, run_every=every if moving else None)(look, show, outline, [seen])
    return None if isinstance(seen, InputError) else seen


def _watch(
    look: Callable[[], Seen | InputError | None],
    show: Callable[[Seen], None],
    outline: tuple[object, ...] | None,
    just_seen: list[Seen | InputError],
) -> None:
    """Draw what was just seen; when Streamlit calls this again by itself, look again."""
    seen = just_seen.pop() if just_seen else look()
    if seen is None:
        st.rerun()
    if isinstance(seen, InputError):
        st.error(seen.translated(_))
        st.caption(_("Trying again by itself."))
        return
    show(seen)  # first: else the click that this run is for would be lost
    if seen.outline != outline:
        st.rerun()


@contextmanager
def order(key: str) -> Iterator[None]:
    """Give an order, in a callback; where it is refused, `show_refusal` of this key says why."""
    try:
        yield
    except InputError as error:
        st.session_state[key] = error


def show_refusal(key: str) -> None:
    """Say once why the last order could not be given."""
    refused: InputError | None = st.session_state.pop(key, None)
    if refused is not None:
        st.error(refused.translated(_))
