"""What one has predicted, answered and reached: kept by the reader's browser, read once a visit.

The session has a copy, which every page asks. What is new goes to the browser with the page that
made it so, and never causes another run; what the browser keeps comes with the first run of a visit
at the earliest, and causes one more run if there is anything.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import streamlit as st

from core.learning.progress import Progress
from core.messages import InputError

SCRIPT = Path(__file__).resolve().parents[2] / "assets" / "record.js"

RECORD, NEWS, VISIT = "progress", "progress_news", "visit"
"""Session state: the record, what of it the browser is to be told, and the visit's name."""


def progress() -> Progress:
    """Return the record as this visit knows it."""
    record: Progress = st.session_state.get(RECORD, Progress())
    return record


def note(name: str, *, right: bool, answer: str) -> None:
    """Add an answer to the record.

    Parameters
    ----------
    name : str
        The page and the id, such as ``one_weight/ow_next``.
    right : bool
        Whether it was right; of a challenge, that it was reached.
    answer : str
        The number of the choice, or what was typed.
    """
    record = progress().with_entry(name, right=right, answer=answer, at=int(time.time()))
    st.session_state[RECORD] = record
    news = st.session_state.get(NEWS, Progress())
    entries = {**news.entries, name: record.entries[name]}
    st.session_state[NEWS] = Progress(entries, record.since)


def take(text: str) -> None:
    """Merge a record in, such as one from a file.

    Raises
    ------
    InputError
        If the text is none.
    """
    taken = replace(Progress.read(text), since=progress().since)
    st.session_state[RECORD] = st.session_state[NEWS] = progress().merged(taken)


def forget() -> None:
    """Delete the record, here and in the browser. What other tabs know does not bring it back."""
    st.session_state[RECORD] = st.session_state[NEWS] = Progress(since=int(time.time()))


def keep(key: str = "record_of_visit") -> None:
    """Have the browser keep what is new; the first time in a visit, have it tell the rest.

    Parameters
    ----------
    key : str
        Of the element: the frame has one, and each part of a page that is run by itself another.
    """
    news = st.session_state.get(NEWS)
    _component()(
        key=key,
        data={
            "session": st.session_state.setdefault(VISIT, secrets.token_hex(4)),
            "news": news and news.write(),
        },
        on_kept_change=lambda: _take_kept(key),
    )


def _take_kept(key: str) -> None:
    """Take what the browser keeps; what it cannot have written is nothing."""
    try:
        kept = Progress.read(str(st.session_state[key].get("kept")))
    except InputError:
        return
    st.session_state[RECORD] = progress().merged(kept)


@st.cache_resource(show_spinner=False)
def _component() -> Callable[..., object]:
    return st.components.v2.component("record", js=SCRIPT.read_text(encoding="utf-8"))
