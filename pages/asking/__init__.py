"""What a page asks the learner: a prediction before the run, questions and challenges after it."""

from pathlib import Path

from core.learning.exercises import Exercises, load
from pages.asking.challenges import challenges
from pages.asking.guesses import Curve, Line, Value
from pages.asking.prediction import prediction
from pages.asking.questions import questions
from pages.asking.told_later import above_and_below, held, is_asked, outcome

__all__ = [
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


def exercises_of(file: str) -> Exercises:
    """Return what the page in this file asks, as its ``exercises.toml`` has it."""
    return load(Path(file).with_name("exercises.toml"))
