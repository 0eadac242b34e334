"""What Digits → Train knows of a run right now; if the store is away, what it knew last."""

import dataclasses
from dataclasses import dataclass

import streamlit as st

from core.digits.recipe import from_dict
from core.digits.train.facts import Trained
from core.jobs.live import Live, Point
from core.messages import InputError
from core.store.records import ACTIVE, EpochRow, Run, best_of
from pages.shared.jobs import jobs, store

LAST = "tr_seen"
"""Session state: what was seen of the run last."""


@dataclass(frozen=True)
class RunSnapshot:
    """What is known of a run right now."""

    run: Run
    epochs: tuple[EpochRow, ...]
    live: Live | None = None
    trouble: InputError | None = None
    """Why nothing newer is known."""

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again soon."""
        return self.run.status in ACTIVE or self.trouble is not None

    @property
    def outline(self) -> tuple[object, ...]:
        """What the rest of the page depends on: where it changes, all is drawn anew."""
        return self.run.id, self.run.name, self.run.status, self.trouble is not None

    @property
    def points(self) -> tuple[Point, ...]:
        """What was measured in the epoch under way; where the run was stopped, it was dropped."""
        goes_on = self.run.status in (*ACTIVE, "paused")
        return self.live.points if self.live is not None and goes_on else ()

    @property
    def best(self) -> EpochRow | None:
        """The epoch with the highest accuracy on the images that were held out."""
        return best_of(self.epochs)


def take_snapshot(run_id: str) -> RunSnapshot | InputError | None:
    """Ask the store for a run; None if there is none, an error if nothing is known of it."""
    last: RunSnapshot | None = st.session_state.get(LAST)
    if last is not None and last.run.id != run_id:
        last = None
    try:
        run = store().runs.get(run_id)
        if run is None or run.kind != "digits":
            return None
        epochs = last.epochs if last is not None else ()
        if len(epochs) != run.epochs_done:
            epochs += tuple(store().runs.epochs(run_id, after=len(epochs)))
        live = jobs().live(run_id)
    except InputError as error:
        return dataclasses.replace(last, trouble=error) if last is not None else error
    if live is not None and live.attempt != run.attempt:
        live = None  # of a worker that has the run no longer
    snapshot = RunSnapshot(run, epochs, live)
    st.session_state[LAST] = snapshot
    return snapshot


def trained(snapshot: RunSnapshot) -> Trained | None:
    """Return a run's recipe and epochs; None where the recipe is of another version of the app."""
    try:
        recipe = from_dict(snapshot.run.recipe)
    except InputError:
        return None
    return Trained(recipe, snapshot.epochs, is_over=snapshot.run.status not in ACTIVE)
