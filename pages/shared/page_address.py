"""The page's address in the browser: changed as a step for "back", or in place.

Streamlit knows the first way only. The other is a script, which a browser may never see whose run
is cut short by the next, or run only once it has asked for the next: so that one sends it again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.state.query_params import QueryParams

from pages.shared.fragment import runs_alone

RUN, BEFORE = "address_run", "address_run_before"
"""Session state: this run of the page, and the one before."""

SCRIPT, NUMBER = "address_script", "address_number"
"""Session state: the place of the script that replaces the address, and how many there were."""


@dataclass
class Run:
    """A run of a page.

    Parameters
    ----------
    replaced : dict of str to pair of list of str
        What it has put into the address in place: the texts before, and those since. Streamlit's
        part of the browser does not know of it: its next step would take it out.
    is_cut : bool, default=False
        Another run took its place before its end, so that the browser may not see all of it.
    """

    replaced: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    is_cut: bool = False


@contextmanager
def run() -> Iterator[None]:
    """Run a page in the block, and take note if another run takes its place."""
    state, now = st.session_state, Run()
    state[BEFORE], state[RUN] = state.get(RUN), now
    try:
        yield
    except RerunException:
        now.is_cut = True
        raise


def begin() -> None:
    """Make the place of the script, before the address is changed."""
    with st.container(key="address"):
        st.session_state[SCRIPT] = st.empty()


def was_cut() -> bool:
    """Whether this run took the place of another one."""
    before: Run | None = st.session_state.get(BEFORE)
    return before is not None and before.is_cut


def unseen() -> dict[str, list[str]]:
    """Return what the run before has replaced, and the browser may not have seen.

    It had not when it asked for this run; or that one was cut, and its own record says what is new.
    """
    before: Run | None = st.session_state.get(BEFORE)
    texts = {}
    for name, (was, now) in ({} if before is None else before.replaced).items():
        said = st.query_params.get_all(name)
        if said == was != now or (said == now and was_cut()):
            texts[name] = now
    return texts


def _replaced() -> dict[str, tuple[list[str], list[str]]]:
    """Return what this run has replaced."""
    now: Run = st.session_state.setdefault(RUN, Run())
    return now.replaced


def has_gone_back() -> bool:
    """Whether the browser's "back" or "forward" led here: then the address alone counts."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def step(texts: Mapping[str, Sequence[str]]) -> None:
    """Change the address as a step for the browser's "back": the reader wants it."""
    for name in texts:
        forget(name)
    replaced = {name: now for name, (_was, now) in _replaced().items()}
    with _record() as record:
        _put(record, {**replaced, **texts})
        record._send_query_param_msg()


def replace(texts: Mapping[str, Sequence[str]]) -> None:
    """Change the address in place: no step for the browser's "back". Streamlit has no such way.

    A part of the page that runs alone may not write where the script is: the page's next run does.
    """
    if not texts:
        return
    replaced = _replaced()
    for name, now in texts.items():
        was = replaced[name][0] if name in replaced else st.query_params.get_all(name)
        replaced[name] = was, [*now]
    note(texts)
    every = {name: st.query_params.get_all(name) for name in st.query_params}
    query = json.dumps("?" + urlencode(every, doseq=True)).replace("<", "\\u003c")
    if SCRIPT in st.session_state and not runs_alone():
        number = st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
        st.session_state[SCRIPT].html(  # the same script would not run again
            f"<script>window.history.replaceState({{}}, '', {query}) // {number}\n</script>",
            unsafe_allow_javascript=True,
        )


def note(texts: Mapping[str, Sequence[str]]) -> None:
    """Change Streamlit's record of the address only, from which new widgets take their values."""
    with _record() as record:
        _put(record, texts)


def forget(name: str) -> None:
    """Replace a parameter no more, since the reader has set it."""
    _replaced().pop(name, None)


def release(name: str) -> None:
    """Have Streamlit forget that a widget is bound to a parameter, now that it has been drawn.

    Where it leaves a page, Streamlit takes out what is bound there, and puts the address without
    it among the browser's steps.
    """
    with _record() as record:
        if binding := record.get_binding_for_param(name):
            record.unbind_widget(binding.widget_id)


@contextmanager
def _record() -> Iterator[QueryParams]:
    """Streamlit's own record of the address."""
    context = get_script_run_ctx()
    assert context is not None
    with context.session_state.query_params() as record:
        yield record
        every = {name: record.get_all(name) for name in record}
        context.query_string = urlencode(every, doseq=True)  # for a rerun


def _put(record: QueryParams, texts: Mapping[str, Sequence[str]]) -> None:
    """Set parameters in the record, without telling the browser; no text takes one out."""
    for name, values in texts.items():
        if values:
            record.set_with_no_forward_msg(name, values[0] if len(values) == 1 else [*values])
        else:
            record.discard_param_no_forward_msg(name)
    record.set_initial_query_params_from_current()
