"""What is known of a sweep right now."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from core.charts.lab.sweep.run_cells import axis_text, axis_title
from core.lab.sweep.plan import Sweep, from_settings
from core.lab.sweep.results import Result, SweepProgress, progress, ranked, results
from core.messages import InputError
from core.store.records import EpochRow, Run, SweepRow
from pages.shared import link
from pages.shared.i18n import _
from pages.shared.jobs import store

LAST = "sw_last"
"""Session state: what was seen of the sweep last, for when the store is away."""

KEY = "sweep"
"""The name of the sweep that is shown, in the link and in the session."""

FEW = 20
"""Runs whose new epochs are asked for one by one; of more, the epochs of all are read at once."""

CELL = "sw_cell"
"""Session state: the number of the run that is shown."""


@dataclass(frozen=True)
class SweepSnapshot:
    """A sweep and its runs."""

    row: SweepRow
    sweep: Sweep
    results: tuple[Result, ...]
    trouble: InputError | None = None
    """Why nothing newer is known."""

    @cached_property
    def progress(self) -> SweepProgress:
        """How far it is."""
        return progress(result.run for result in self.results)

    @cached_property
    def ranked(self) -> list[Result]:
        """The runs that have reached something, the best first."""
        return ranked(self.results)

    @property
    def best(self) -> Result | None:
        """The best run so far."""
        return self.ranked[0] if self.ranked else None

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again soon."""
        return self.progress.is_active or self.trouble is not None

    @property
    def outline(self) -> tuple[object, ...]:
        """What the rest of the page depends on: where it changes, all is drawn anew."""
        return self.row, self.is_moving, self.trouble is not None

    @property
    def shown(self) -> Result | None:
        """The run that the reader has chosen to see."""
        trial = st.session_state.get(CELL)
        return next((result for result in self.results if result.run.trial == trial), None)


def take_snapshot(sweep_id: str) -> SweepSnapshot | InputError | None:
    """Ask the store for a sweep; None if there is none, an error if nothing is known of it."""
    last: SweepSnapshot | None = st.session_state.get(LAST)
    if last is not None and last.row.id != sweep_id:
        last = None
    try:
        row = store().sweeps.get(sweep_id)
        if row is None:
            return None
        sweep = from_settings(row.settings)
        runs = store().runs.matching(sweep=sweep_id)
        epochs = _epochs(sweep_id, runs, () if last is None else last.results)
    except InputError as error:
        return dataclasses.replace(last, trouble=error) if last is not None else error
    snapshot = SweepSnapshot(row, sweep, tuple(results(runs, epochs, sweep.names)))
    st.session_state[LAST] = snapshot
    return snapshot


def _epochs(
    sweep_id: str, runs: Iterable[Run], seen: Iterable[Result]
) -> Mapping[str, Sequence[EpochRow]]:
    """Read the epochs of all runs, but for those that were seen before: by the run's id."""
    epochs = {result.run.id: tuple(result.epochs) for result in seen}
    behind = [run for run in runs if run.epochs_done > len(epochs.get(run.id, ()))]
    if len(behind) > FEW:
        return store().sweeps.epochs(sweep_id)
    for run in behind:
        before = epochs.get(run.id, ())
        epochs[run.id] = before + tuple(store().runs.epochs(run.id, after=len(before)))
    return epochs


def watch(sweep_id: str) -> None:
    """Show this sweep from now on; for a callback."""
    st.session_state[KEY] = sweep_id
    st.query_params[KEY] = sweep_id
    st.session_state.pop(CELL, None)


def watched(newest: str | None) -> str | None:
    """Return the id of the sweep to show: `newest` where neither link nor reader names one."""
    before = st.session_state.get(KEY)
    chosen = link.follow(KEY, newest)
    if chosen != before:
        st.session_state.pop(CELL, None)
    return chosen


def unwatch() -> None:
    """Show no sweep of one's own choice any more; for a callback."""
    st.session_state.pop(KEY, None)
    st.query_params.pop(KEY, None)


def show_cell(trial: int | None) -> None:
    """Show this run from now on; for a callback."""
    st.session_state[CELL] = trial


def values_of(result: Result) -> str:
    """Return a run's hyperparameters in words."""
    return ", ".join(
        f"{axis_title(name, _)} {axis_text(name, value, _)}" for name, value in result.cell.items()
    )
