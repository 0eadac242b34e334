"""What a sweep of Lab → Sweep would cost, and the button that starts it."""

import streamlit as st

from core.charts.lab.sweep.run_cells import axis_text, axis_title
from core.digits.duration import Speed, estimate
from core.digits.recipe import Recipe
from core.jobs.sweeps import start
from core.lab.sweep.plan import Sweep
from core.lab.sweep.rounds import epochs_of_all
from core.lab.sweep.sampling import cells
from core.lab.sweep.space import Base, Choices, Range
from core.messages import InputError
from core.number import whole
from pages.lab.sweep.snapshot import watch
from pages.runs.created_once import created, drawn_id
from pages.runs.run_words import expected
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.jobs import jobs, store
from pages.shared.owner import owner

BUTTON = "sw_start"
"""The key of the button that starts a sweep."""

TROUBLE = "sw_trouble"
"""Session state: why the last sweep could not be started."""

REFRESH = 0.5
"""Seconds until the computer's speed is asked for again, while it is being measured."""

MOST_VALUES = 8
"""So many values of a hyperparameter are named."""


def offer(sweep: Sweep) -> None:
    """Show the button that starts a sweep, and what to expect of it."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", key="launch"):
            st.button(
                _("Start the sweep"),
                key=BUTTON,
                type="primary",
                icon=":material/play_arrow:",
                on_click=_begin,
                args=(sweep, drawn_id(BUTTON)),
            )
            seconds = expected_seconds(sweep)
            run_every = REFRESH if seconds is None else None
            fragment(_expectation, run_every=run_every)(sweep, seconds)
        st.caption(_values(sweep))
    trouble: InputError | None = st.session_state.pop(TROUBLE, None)
    if trouble is not None:
        st.error(trouble.translated(_))


def expected_seconds(sweep: Sweep) -> float | None:
    """Return how long the sweep would take here; None while the speed is not known."""
    try:
        speed, n_places = jobs().speed, jobs().n_places
    except InputError:
        return None
    if speed is None or not n_places:
        return None
    seconds = sum(_seconds(sweep.recipe(cell), speed) for cell in cells(sweep))
    n, n_epochs = sweep.n_planned, sweep.base.n_epochs
    share = epochs_of_all(n, n_epochs, prunes=sweep.prunes) / (n * n_epochs)
    return seconds * share / min(n_places, n)


def _seconds(recipe: Base, speed: Speed) -> float:
    return estimate(recipe, speed) if isinstance(recipe, Recipe) else recipe.seconds


def _expectation(sweep: Sweep, seconds: float | None) -> None:
    """Say how much there is to do and how long it takes; asked again until that is known."""
    if seconds is None and expected_seconds(sweep) is not None:
        st.rerun()
    n, n_epochs = sweep.n_planned, sweep.base.n_epochs
    fewer = epochs_of_all(n, n_epochs, prunes=sweep.prunes)
    epochs = _("{n} epochs").format(n=whole(n * n_epochs))
    if fewer < n * n_epochs:
        epochs = _("about {fewer} of {n} epochs").format(fewer=whole(fewer), n=whole(n * n_epochs))
    runs = _("{n} runs").format(n=whole(n))
    time = _("measuring how fast this computer is …")
    if seconds is not None:
        time = expected(_("{time} with {n} at once"), seconds, min(jobs().n_places, n))
    st.markdown(f"**{runs}** · {epochs} · {time}")


def _values(sweep: Sweep) -> str:
    """Name the values that will be tried."""
    lines = []
    for dimension in sweep.space:
        name = dimension.name
        if sweep.method == "random" and isinstance(dimension, Range):
            values = [dimension.low, dimension.high]
            text = " … ".join(axis_text(name, value, _) for value in values)
        else:
            given = dimension.values if isinstance(dimension, Choices) else sweep.axes()[name]
            named = [axis_text(name, value, _) for value in given]
            if len(named) > MOST_VALUES:
                named = [*named[: MOST_VALUES - 2], "…", named[-1]]
            text = ", ".join(named)
        lines.append(f"{axis_title(name, _)}: {text}")
    return " · ".join(lines)


def _begin(sweep: Sweep, sweep_id: str) -> None:
    """Start a sweep and watch it; a callback."""
    name = " × ".join(axis_title(name, _) for name in sweep.names)
    try:
        jobs()  # whose workers train
        watch(start(store(), owner(), name, sweep, sweep_id=sweep_id).id)
    except InputError as error:
        st.session_state[TROUBLE] = error
    else:
        created(BUTTON)
