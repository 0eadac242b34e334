"""The sweep that Lab → Sweep shows: how far it is, its map, its best run, and what one can do."""

import time
from functools import partial

import streamlit as st

from core.charts.layout import Layout
from core.lab.sweep.pace import Pace
from core.lab.sweep.rounds import epochs_of_all
from core.number import whole
from core.store.names import LONGEST
from pages.lab.sweep.best import show_runs
from pages.lab.sweep.launch import expected_seconds
from pages.lab.sweep.picture import show_curves, show_map
from pages.lab.sweep.snapshot import SweepSnapshot, take_snapshot, unwatch
from pages.runs.run_words import State, between, plain, slow
from pages.runs.shown_live import order, show_live, show_refusal
from pages.shared.i18n import _
from pages.shared.jobs import jobs, store
from pages.shared.owner import owner

REFRESH = 1.0
"""Seconds between two looks at a sweep that goes on."""

REFUSED = "sw_refused"
"""Session state: why the last order could not be given."""

PACE = "sw_pace"
"""Session state: the pace of the sweep that is shown."""


def show_sweep(sweep_id: str, *, layout: Layout) -> None:
    """Show a sweep, live while it goes on."""
    show_live(
        partial(take_snapshot, sweep_id),
        partial(_show, layout=layout),
        key="sw_live",
        every=REFRESH,
        missing=_("There is no sweep with this link: it may have been deleted."),
    )


def _show(snapshot: SweepSnapshot, *, layout: Layout) -> None:
    """Show what is known now."""
    with st.container():  # what comes and goes in it must not move the pictures elsewhere
        _heading(snapshot)
        _progress(snapshot)
        if snapshot.trouble is not None:
            st.warning(snapshot.trouble.translated(_) + " " + _("Below is what was seen last."))
    show_map(snapshot, layout=layout)
    with st.container():
        show_runs(snapshot)
    show_curves(snapshot, layout=layout)


def _heading(snapshot: SweepSnapshot) -> None:
    """Show the sweep's name and state, and what its owner can do with it now."""
    row, state = snapshot.row, _state(snapshot)
    with st.container(horizontal=True, vertical_alignment="center", key="sw_heading"):
        st.header(plain(row.name), anchor=False, width="content")
        st.badge(_(state.name), icon=state.icon, color=state.colour)
        if row.owner == owner():
            _orders(snapshot)
    show_refusal(REFUSED)


def _state(snapshot: SweepSnapshot) -> State:
    """Say what the whole sweep is doing."""
    progress = snapshot.progress
    if progress.is_active:
        if progress.by_status.get("running"):
            return State(_("training"), ":material/play_circle:", "blue")
        return State(_("waiting"), ":material/hourglass_top:", "orange")
    if progress.n_over < progress.n_runs:
        return State(_("stopped"), ":material/stop_circle:", "gray")
    return State(_("done"), ":material/check_circle:", "green")


def _orders(snapshot: SweepSnapshot) -> None:
    """Show the orders that the sweep can obey now."""
    row, progress = snapshot.row, snapshot.progress
    if progress.is_active:
        st.button(
            _("Stop"),
            key="sw_stop",
            icon=":material/stop:",
            on_click=_give,
            args=("stop", row.id),
            help=_("Everything that is done is kept. Each run ends after its last full epoch."),
        )
    elif progress.n_over < progress.n_runs:
        st.button(
            _("Go on"),
            key="sw_resume",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_give,
            args=("resume", row.id),
            help=_("Goes on with the runs that were stopped, each from its last full epoch."),
        )
    with st.popover(_("More"), icon=":material/more_horiz:"):
        st.text_input(
            _("Name of the sweep"),
            row.name,
            max_chars=LONGEST,
            key=f"sw_name_{row.id}",
            on_change=_rename,
            args=(row.id,),
        )
        st.button(
            _("Delete this sweep"),
            key="sw_delete",
            icon=":material/delete:",
            on_click=_give,
            args=("delete", row.id),
        )
        st.caption(
            _("All its runs are gone then, with curves and weights. Networks saved of them stay.")
        )


def _give(name: str, sweep_id: str) -> None:
    """Give an order to a sweep; a callback."""
    with order(REFUSED):
        sweeps = store().sweeps
        {"stop": sweeps.stop, "resume": sweeps.resume, "delete": sweeps.delete}[name](sweep_id)
        if name == "delete":
            unwatch()


def _rename(sweep_id: str) -> None:
    with order(REFUSED):
        store().sweeps.rename(sweep_id, str(st.session_state[f"sw_name_{sweep_id}"]))


def _progress(snapshot: SweepSnapshot) -> None:
    """Say how far the sweep is, and what holds it up."""
    progress, sweep = snapshot.progress, snapshot.sweep
    expected = epochs_of_all(sweep.n_planned, sweep.base.n_epochs, prunes=sweep.prunes)
    is_over = progress.n_over == progress.n_runs
    share = 1.0 if is_over else min(progress.n_epochs / expected, 0.99)
    parts = [
        _("{done} of {n} runs are over").format(done=progress.n_over, n=progress.n_runs),
        _("{n} epochs").format(n=whole(progress.n_epochs)),
    ]
    left = _seconds_left(snapshot, expected)
    if left is not None:
        parts.append(_("{time} left").format(time=between(*left)))
    st.progress(share, text=" · ".join(parts))
    announced = expected_seconds(sweep)
    told = slow(left[0], announced and announced * (1 - share)) if left is not None else None
    if told is not None:
        st.caption(told)
    trouble = jobs().trouble
    if progress.is_active and trouble is not None:
        st.warning(trouble.translated(_) + " " + _("The runs wait in the queue until then."))
    n_pruned = progress.by_status.get("pruned", 0)
    if n_pruned:
        most = progress.n_runs * sweep.base.n_epochs
        st.caption(
            _(
                "Ended early (×): {k} of {n} runs, because half of the others were better after "
                "the same number of epochs. All to their end would have taken {most} epochs."
            ).format(k=n_pruned, n=progress.n_runs, most=whole(most))
        )


def _seconds_left(snapshot: SweepSnapshot, expected: int) -> tuple[float, float] | None:
    """Return how long it will still take, at least and at most; None while nobody can know."""
    key = snapshot.row.id, snapshot.row.stopped
    known, pace = st.session_state.get(PACE, (None, None))
    if known != key or not snapshot.progress.is_active:
        pace = Pace()
        st.session_state[PACE] = key, pace
    now, done = time.monotonic(), snapshot.progress.n_epochs
    pace.look(now, done)
    if not snapshot.progress.is_active or done >= expected:
        return None
    left: tuple[float, float] | None = pace.left(now, expected)
    return left
