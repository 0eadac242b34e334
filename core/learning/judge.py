"""What is said of an answer and of a guess."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.learning.claims import Facts
from core.learning.exercises import Prediction, Question, Refutation, Text
from core.own_data.notation import meanings


@dataclass(frozen=True)
class Judgement:
    """What is said of an answer.

    Parameters
    ----------
    is_right : bool
    why : Text
        Why it is right, or what is wrong with it.
    misconception : str
        What one believes who answers so; "" of a right answer, and of a number nobody foresaw.
    refutation : Refutation or None
        A run that shows what is wrong with it.
    """

    is_right: bool
    why: Text
    misconception: str = ""
    refutation: Refutation | None = None


def judge(question: Question, answer: float, facts: Facts) -> Judgement:
    """Judge an answer.

    Parameters
    ----------
    question : Question
    answer : int or float
        The place of the choice, or the number.
    facts : mapping of str to int, float or str
        Of the run that the question is about.

    Examples
    --------
    >>> text = Text({"en": "."})
    >>> question = Question("next", "the rule", text, fact="next_weight", why=text, otherwise=text)
    >>> judge(question, 1.01, {"next_weight": 1.0}).is_right
    True
    """
    if question.choices:
        choice = question.choices[int(answer)]
        return Judgement(choice.right, choice.why, choice.misconception, choice.refutation)
    assert question.why is not None
    assert question.otherwise is not None
    if is_near(answer, _number(facts, question.fact), question.within):
        return Judgement(True, question.why)
    for slip in question.slips:
        if is_near(answer, _number(facts, slip.fact), question.within):
            return Judgement(False, slip.why, slip.misconception, slip.refutation)
    return Judgement(False, question.otherwise)


def read_number(text: str) -> float | None:
    """Read a number that was typed as an answer: with a decimal point or a decimal comma.

    Examples
    --------
    >>> read_number("0,5"), read_number("−3"), read_number("2·10⁻³"), read_number("1,234")
    (0.5, -3.0, 0.002, 1.234)
    >>> read_number("about 2"), read_number("")
    (None, None)
    """
    has_comma_alone = ("," in text or "，" in text) and "." not in text
    said = meanings(text.strip()).under("comma" if has_comma_alone else "point")
    return said if math.isfinite(said) else None


def is_near(answer: float, truth: float, within: float) -> bool:
    """Tell whether a number is meant to be another one: three digits of it are enough.

    Examples
    --------
    >>> is_near(0.333, 1 / 3, 0.02), is_near(0.3, 1 / 3, 0.02), is_near(0.0, 0.0, 0.02)
    (True, False, True)
    """
    return bool(abs(answer - truth) <= tolerance(truth, within))


def tolerance(truth: float, within: float) -> float:
    """Return how far an answer may be off.

    Parameters
    ----------
    truth : float
    within : float
        As a share of it; near 0 half a thousandth more.

    Examples
    --------
    >>> tolerance(-2.0, 0.02), tolerance(0.0, 0.02)
    (0.04, 0.0005)
    """
    return within * abs(truth) + 5e-4 * (abs(truth) < 0.1)


def _number(facts: Facts, name: str) -> float:
    fact = facts[name]
    assert not isinstance(fact, str), f"{name} is no number"
    return float(fact)


@dataclass(frozen=True)
class Gap:
    """How far a guess was from what happened.

    Parameters
    ----------
    is_near : bool
    size : float
        Of the gap, in the unit of what was guessed; 0 or 1 of a choice.
    share : float
        Of the axis on which one guessed.
    """

    is_near: bool
    size: float
    share: float


def gap(prediction: Prediction, guess: Any, truth: Any, extent: float = 1.0) -> Gap:
    """Compare a guess with what happened.

    Parameters
    ----------
    prediction : Prediction
    guess, truth
        The name of what happens; a number; the line's y at both ends of the data, or the loss at
        equal shares of the run, as arrays of one length.
    extent : float, default=1.0
        The length of the axis on which one guessed.

    Examples
    --------
    >>> text = Text({"en": "."})
    >>> gap(Prediction("end", text, "value", text, text), 1.0, 1.5, extent=4.0)
    Gap(is_near=False, size=0.5, share=0.125)
    """
    if prediction.kind == "choice":
        missed = float(guess != truth)
        return Gap(not missed, missed, missed)
    apart = np.abs(np.asarray(guess, dtype=np.float64) - np.asarray(truth, dtype=np.float64))
    size = float(np.mean(apart))
    share = size / extent if extent > 0 else 0.0
    return Gap(share <= prediction.within, size, share)
