"""The same run by PyTorch, beside the one from scratch, on Planes → Playground."""

import time
from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from core.number import number, whole
from core.planes.playground import Config, Run
from core.planes.playground.data import Split
from core.planes.playground.timeline import train_all
from pages.shared.i18n import _

MOST_UPDATES = 20_000
"""A longer run takes PyTorch longer than one waits for a page."""

WANTED = "pg_torch_wanted"
"""Session state: the settings that the reader has asked PyTorch for."""

Stretches = tuple[Sequence[Config], Sequence[Mapping[str, float]]]


def compare_with_torch(samples: Split, stretches: Stretches, runs: Sequence[Run]) -> None:
    """Offer to train the same by PyTorch, and say how far the losses and the times are apart.

    Parameters
    ----------
    samples : Split
    stretches : tuple of sequences
        The settings of each stretch of the time line, and what was turned by hand before it.
    runs : sequence of Run
        What they have become from scratch.
    """
    st.header(_("The same in PyTorch"))
    n_updates = runs[-1].ended_at
    wanted = repr(stretches)
    if n_updates > MOST_UPDATES:
        text = _("PyTorch would take long for {n} updates: it is asked for up to {most}.")
        st.markdown(text.format(n=whole(n_updates), most=whole(MOST_UPDATES)))
        return
    if st.session_state.get(WANTED) != wanted:
        st.markdown(
            _(
                "PyTorch knows the chain rule by itself. From the same start and in the same order "
                "of samples it must come to the same losses."
            )
        )
        st.button(
            _("Train the same with PyTorch"),
            key="pg_torch",
            icon=":material/balance:",
            on_click=st.session_state.update,
            args=({WANTED: wanted},),
        )
        return
    with st.spinner(_("PyTorch is at work: about {n} s.").format(n=max(1, n_updates // 2000))):
        theirs, seconds, scratch_seconds = _train(samples, *stretches)
    st.success(
        _(
            "Over {n} recorded losses the two engines differ by at most {difference}. From scratch "
            "took {scratch} s, PyTorch {torch} s: for networks this small its own work for each "
            "step takes longer than the step."
        ).format(
            n=whole(sum(run.n_records for run in runs)),
            difference=number(_difference(runs, theirs)),
            scratch=number(scratch_seconds),
            torch=number(seconds),
        ),
        icon=":material/balance:",
    )


def _difference(ours: Sequence[Run], theirs: Sequence[Run]) -> float:
    """The most that two losses after the same update differ by."""
    most = 0.0
    for one, other in zip(ours, theirs, strict=True):
        n = min(one.n_records, other.n_records)
        most = max(most, float(np.abs(one.loss[:n] - other.loss[:n]).max()))
    return most


@st.cache_resource(max_entries=10, show_spinner=False)  # a run takes seconds; few compare
def _train(
    samples: Split, configs: Sequence[Config], turns: Sequence[Mapping[str, float]]
) -> tuple[list[Run], float, float]:
    """PyTorch's runs, the seconds they took, and those that it takes from scratch."""
    from core.planes.playground.torch_engine import train  # which takes a second to load

    began = time.perf_counter()
    train_all(*samples.train, configs, test=samples.test, turns=turns)
    between = time.perf_counter()
    runs = train_all(*samples.train, configs, test=samples.test, turns=turns, engine=train)
    return runs, time.perf_counter() - between, between - began
