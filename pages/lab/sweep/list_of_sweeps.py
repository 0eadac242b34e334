"""The reader's sweeps: which one to see."""

import contextlib
from collections.abc import Sequence

import streamlit as st

from core.messages import InputError
from core.store.records import SweepRow
from pages.lab.sweep.snapshot import watch
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.owner import owner

SWEEPS = "sw_sweeps"
"""Session state: the sweeps seen last, for when the store is away."""

CHOSEN = "sw_chosen_sweep"
"""The key of the choice."""


def own_sweeps() -> list[SweepRow]:
    """Return the reader's sweeps, the newest first; those seen last where the store is away."""
    with contextlib.suppress(InputError):  # the sweep that is shown tells it
        st.session_state[SWEEPS] = store().sweeps.of_owner(owner())
    return list(st.session_state.get(SWEEPS, []))


def choose_sweep(sweeps: Sequence[SweepRow], shown: str) -> None:
    """Show the choice of a sweep, where there is another than the one that is shown."""
    ids = [row.id for row in sweeps]
    if not set(ids) - {shown}:
        return
    if shown not in ids:
        ids = [shown, *ids]
    names = {row.id: f"{len(sweeps) - i} · {row.name}" for i, row in enumerate(sweeps)}
    st.session_state[CHOSEN] = shown
    st.selectbox(
        _("My sweeps"),
        ids,
        key=CHOSEN,
        format_func=lambda one: names.get(one, _("the sweep of the link")),
        on_change=_open,
    )


def _open() -> None:
    watch(st.session_state[CHOSEN])
