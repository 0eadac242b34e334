"""The reader's runs on Digits → Train: one line each, and the one to watch is a click away."""

import contextlib

import streamlit as st

from core.messages import InputError
from core.percent import percent
from core.store.records import ACTIVE, Run
from pages.runs.run_words import STATES, plain
from pages.runs.watched_run import KEY, watch
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.owner import owner

REFRESH = 1.0
"""Seconds between two looks at the runs while one of them waits or learns."""

SHOWN, LINE = 4, 44
"""Lines in sight, and the pixels of one; more are scrolled to."""

AT_ONCE = 30
"""Lines that are there to scroll to, until older ones are asked for."""

RUNS, LIMIT, ACCURACIES = "tr_runs", "tr_limit", "tr_accuracies"
"""Session state: the runs seen last, how many lines there are, and test accuracies by run."""

OPENED = "tr_opened"
"""Session state: a line was clicked, and the rest of the page is to follow."""


def show_list(runs: list[Run], shown: str | None) -> None:
    """Show the reader's runs, if there are others than the one that is `shown` below."""
    if any(run.id != shown for run in runs):
        active = is_moving(runs)
        with st.container(key="tr_live_list"):
            fragment(_lines, run_every=REFRESH if active else None)(active)


def own_runs() -> list[Run]:
    """Return the reader's runs, the newest first; those seen last where the store is away."""
    try:
        runs = store().runs.matching(owner(), kind="digits", alone=True)
    except InputError:  # the run that is shown tells it
        return list(st.session_state.get(RUNS, []))
    st.session_state[RUNS] = runs
    return list(runs)


def is_moving(runs: list[Run]) -> bool:
    """Tell whether one of the runs waits or learns."""
    return any(run.status in ACTIVE for run in runs)


def _lines(active: bool) -> None:
    """Show a line for each run; while one is `active`, Streamlit calls this again and again."""
    runs = own_runs()
    if is_moving(runs) != active or st.session_state.pop(OPENED, False):
        st.rerun()
    limit = st.session_state.get(LIMIT, AT_ONCE)
    st.markdown("**" + _("My runs") + "**")
    with st.container(
        height=SHOWN * LINE + 20 if len(runs) > SHOWN else "content", gap=None, key="tr_list"
    ):
        for run in runs[:limit]:
            st.button(
                _line(run),
                key=f"tr_run_{run.id}",
                type="secondary" if run.id == st.session_state.get(KEY) else "tertiary",
                icon=STATES[run.status].icon,
                on_click=_open,
                args=(run.id,),
                width="stretch",
            )
        if runs[limit:]:
            st.button(_("Older runs"), key="tr_older", on_click=_more, type="tertiary")


def _line(run: Run) -> str:
    parts = [f"**{plain(run.name)}**", _(STATES[run.status].name)]
    parts.append(f"{run.epochs_done}/{run.n_epochs}")
    accuracy = _accuracy(run)
    return " · ".join(parts if accuracy is None else [*parts, f"{percent(accuracy)} %"])


def _accuracy(run: Run) -> float | None:
    """Return the test accuracy after the run's last epoch; asked for once an epoch."""
    known: dict[str, tuple[int, float | None]]
    known = st.session_state.setdefault(ACCURACIES, {})
    if known.get(run.id, (0, None))[0] != run.epochs_done:
        with contextlib.suppress(InputError):
            last = store().runs.epochs(run.id, after=run.epochs_done - 1)[-1:]
            known[run.id] = run.epochs_done, last[0].test_accuracy if last else None
    return known.get(run.id, (0, None))[1]


def _open(run_id: str) -> None:
    """Show a run below, which is another part of the page; a callback."""
    watch(run_id)
    st.session_state[OPENED] = True


def _more() -> None:
    st.session_state[LIMIT] = st.session_state.get(LIMIT, AT_ONCE) + AT_ONCE
