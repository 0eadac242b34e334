"""The runs that Lab → Compare shows, read from the store."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from core.lab.compare.learning_curves import Summary, curve, summary
from core.store.records import Run
from pages.runs.comparison import choose, has_chosen, places, put_link, take_link
from pages.shared.jobs import store
from pages.shared.owner import owner

NEWEST = 3
"""So many runs are compared before the reader has chosen any."""


class Runs(NamedTuple):
    """The runs of the table."""

    own: list[Run]
    """The reader's, the newest first."""
    others: list[Run]
    """Somebody else's, from the link: to look at only."""
    n_gone: int
    """How many runs of the link there are no more."""

    @property
    def all(self) -> list[Run]:
        """All of them."""
        return [*self.others, *self.own]


def read_runs() -> Runs:
    """Read the reader's runs and those that are chosen by a link; a StoreError if that fails."""
    own = store().runs.matching(owner())
    if not take_link() and not has_chosen() and own:
        choose([run.id for run in own if run.kind == own[0].kind][:NEWEST])
    put_link()
    known = {run.id for run in own}
    asked = [one for one in places() if one and one not in known]
    others = store().runs.matching(ids=asked) if asked else []
    return Runs(own, others, len(asked) - len(others))


@st.cache_data(max_entries=300, show_spinner=False)  # a long list of runs
def curve_of(run_id: str, epochs_done: int, _run: Run) -> pd.DataFrame:
    """Return what a run has measured so far; see `core.lab.compare.learning_curves.curve`."""
    del epochs_done
    return curve(_run, store().runs.epochs(run_id))


@st.cache_data(max_entries=20_000, show_spinner=False)  # a few numbers each, of many people's lists
def summary_of(run_id: str, epochs_done: int, _run: Run) -> Summary:
    """Return the numbers that sum a run up."""
    del epochs_done
    return summary(_run, store().runs.epochs(run_id))
