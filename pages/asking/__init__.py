"""What a page asks the learner: a prediction before the run, questions and challenges after it."""

from pathlib import Path

import streamlit as st

from core.learning.exercises import Exercises, load
from core.teach.lesson_plan import Step, wanted
from pages.asking.challenges import challenges
from pages.asking.guesses import Curve, Line, Value
from pages.asking.prediction import prediction
from pages.asking.questions import questions
from pages.asking.told_later import above_and_below, held, is_asked, outcome

__all__ = [
    "LED",
    "Curve",
    "Line",
    "Value",
    "above_and_below",
    "challenges",
    "exercises_of",
    "held",
    "is_asked",
    "outcome",
    "prediction",
    "questions",
]


LED = "lesson_step"
"""Session state: the step of a teacher's lesson that the reader is at; none without a lesson."""


def exercises_of(file: str) -> Exercises:
    """Return what the page in this file asks, as its ``exercises.toml`` has it.

    At a step of a lesson it is what the teacher wants asked there.
    """
    exercises = load(Path(file).with_name("exercises.toml"))
    step: Step | None = st.session_state.get(LED)
    return wanted(step, exercises) if step and step.page == exercises.page else exercises
