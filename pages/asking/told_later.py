"""What must not be seen before the prediction is answered, skipped, or shown by its run."""

from contextlib import AbstractContextManager, nullcontext

import streamlit as st

from core.learning.exercises import Exercises
from pages.asking.experiment import asks
from pages.asking.prediction import PREDICTIONS, Asked
from pages.shared.i18n import _


def outcome(exercises: Exercises) -> AbstractContextManager[object]:
    """Return the place of what tells how the run ended: it is seen once the run has been.

    The browser knows when that is: ``assets/companion.js`` says so, ``assets/style.css`` shows it.
    Where nothing is asked it is told at once.
    """
    phase = _phase(exercises)
    return nullcontext() if phase == "folded" else st.container(key=f"outcome_{phase}")


def held(exercises: Exercises) -> AbstractContextManager[object]:
    """Return the place of what answers the prediction by itself: shown once it is not asked.

    It is there in any case, and the style sheet hides it, or the line that says so.
    """
    place = st.container(key="held_open" if _phase(exercises) == "open" else "held_shown")
    place.caption(_("This is shown once you have guessed, or skipped the question."))
    return place


def above_and_below() -> tuple[AbstractContextManager[object], AbstractContextManager[object]]:
    """Return the place of what is asked, and that of what stands below and is known before it.

    The style sheet shows the second once there is something in the first: nothing is pushed down.
    """
    if not asks():
        return nullcontext(), nullcontext()
    return st.container(key="asked_above"), st.container(key="shown_below")


def is_asked(exercises: Exercises) -> bool:
    """Whether the page has asked its prediction in this visit, answered or not."""
    return exercises.page in st.session_state.get(PREDICTIONS, {})


def _phase(exercises: Exercises) -> str:
    now: Asked | None = st.session_state.get(PREDICTIONS, {}).get(exercises.page)
    return "folded" if now is None else now.phase
