"""What a page asks: a prediction, questions and challenges, read from one file and checked.

The form is ``schema.json``, for the files of pages and for what teachers put together. Every text
is there in each language; ``{name}`` in it stands for a fact of the run that is shown.
"""

import functools
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator

from core.learning.claims import Claim, Facts
from core.number import number, whole

SCHEMA = Path(__file__).with_name("schema.json")
"""The form of what is asked; what a page's file holds is of the form of the whole."""


@dataclass(frozen=True)
class Text:
    """A text in several languages; one that is missing is told in English.

    Examples
    --------
    >>> text = Text({"en": "w is {w}.", "zh": "w 是 {w}。"})
    >>> text.told("zh", {"w": 0.5}), text.told("fr", {"w": 0.5})
    ('w 是 0.500。', 'w is 0.500.')
    """

    by_language: Mapping[str, str]

    def told(self, language: str, facts: Facts | None = None) -> str:
        """Return the text in a language, with the run's numbers filled in."""
        text = self.by_language.get(language, self.by_language["en"])
        return text if facts is None else text.format_map(_Written(facts))


class _Written(dict[str, str]):
    """Facts as they are written: counts whole, numbers with three digits, names as they are."""

    def __init__(self, facts: Facts) -> None:
        super().__init__({name: _written(fact) for name, fact in facts.items()})


def _written(fact: float | str) -> str:
    if isinstance(fact, str):
        return fact
    return whole(fact) if isinstance(fact, int) else number(fact)


@dataclass(frozen=True)
class Refutation:
    """A run that shows what is wrong with an answer.

    Parameters
    ----------
    settings : mapping
        Parameters of the link and their values.
    claims : tuple of str
        What can be seen there: comparisons of the run's facts, which a test holds.
    """

    settings: Mapping[str, Any]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """An answer to choose.

    Parameters
    ----------
    text, why : Text
        What it says; why it is right, or what is wrong with it.
    right : bool
    misconception : str
        What one believes who chooses a wrong one, in English; for the analysis of answers.
    picture : str
        The name of a picture that the page's core makes; "" for none.
    refutation : Refutation or None
    """

    text: Text
    why: Text
    right: bool = False
    misconception: str = ""
    picture: str = ""
    refutation: Refutation | None = None


@dataclass(frozen=True)
class Slip:
    """A wrong number that has a reason: the fact that gives it, and what is said of it."""

    fact: str
    why: Text
    misconception: str
    refutation: Refutation | None = None


@dataclass(frozen=True)
class Question:
    """A question: one chooses an answer, or types a number that this run's facts give.

    Parameters
    ----------
    id : str
    about : str
        The concept, in English.
    text : Text
    choices : tuple of Choice
        None where a number is asked for.
    fact : str
        The name of the right number; "" where one chooses.
    within : float
        How far a number may be off, as a share of the right one.
    why, otherwise : Text or None
        Why the number is right; what is said of one that no slip explains.
    slips : tuple of Slip
    source : str
        Where the literature asks it, or describes what its wrong answers believe.
    concept : Text or None
        The concept in two or three words, where a learner is told of it.
    rung : str
        The address of the page that teaches it; "" where that is the page which asks.
    """

    id: str
    about: str
    text: Text
    choices: tuple[Choice, ...] = ()
    fact: str = ""
    within: float = 0.02
    why: Text | None = None
    otherwise: Text | None = None
    slips: tuple[Slip, ...] = ()
    source: str = ""
    concept: Text | None = None
    rung: str = ""

    @property
    def is_about_a_run(self) -> bool:
        """Whether it cannot be asked without the facts of a run, or its pictures."""
        texts = [self.text, *(text for one in self.choices for text in (one.text, one.why))]
        told = [text for one in texts for text in one.by_language.values()]
        pictures = any(choice.picture for choice in self.choices)
        return not self.choices or pictures or any("{" in text for text in told)


Kind = Literal["choice", "value", "line", "curve"]


@dataclass(frozen=True)
class Outcome:
    """What may happen, of a prediction that one chooses: the fact's value, and how it is called."""

    name: str
    text: Text


@dataclass(frozen=True)
class Prediction:
    """What is guessed before the run is seen.

    Parameters
    ----------
    id : str
    text : Text
    kind : {"choice", "value", "line", "curve"}
        One chooses what happens; moves a number to where it ends; places the final line; draws the
        loss curve.
    near, far : Text
        The gap in words; ``{guess}``, ``{truth}`` and ``{gap}`` besides the run's facts.
    fact : str
        The fact that is guessed, of the first two kinds.
    choices : tuple of Outcome
    within : float
        Up to which gap a guess counts as near, as a share of the axis on which one guesses.
    away : Text or None
        The gap in words where the run diverged, so that no number says how far off a guess was.
    meanwhile : Text or None
        What one does after the guess, where the run is still to come.
    """

    id: str
    text: Text
    kind: Kind
    near: Text
    far: Text
    fact: str = ""
    choices: tuple[Outcome, ...] = ()
    within: float = 0.1
    away: Text | None = None
    meanwhile: Text | None = None


@dataclass(frozen=True)
class Challenge:
    """A goal to reach with the page's controls.

    Parameters
    ----------
    id : str
    text : Text
    goal : tuple of str
        Comparisons of the run's facts; all must hold.
    hints : tuple of Text
    done : Text
        What it shows.
    way : mapping
        Settings that reach the goal; empty where it takes a hand.
    way_told : Text or None
        What to do there, step by step.
    """

    id: str
    text: Text
    goal: tuple[str, ...]
    hints: tuple[Text, ...]
    done: Text
    way: Mapping[str, Any] = field(default_factory=dict)
    way_told: Text | None = None


@dataclass(frozen=True)
class Exercises:
    """All that a page asks."""

    page: str
    prediction: Prediction | None = None
    questions: tuple[Question, ...] = ()
    challenges: tuple[Challenge, ...] = ()


@functools.lru_cache(maxsize=50)  # one a page
def load(path: Path) -> Exercises:
    """Read a page's file.

    Raises
    ------
    ValueError
        If it is not of the form that it must have.
    """
    return read(tomllib.loads(path.read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Exercises:
    """Make exercises of what a file holds.

    Raises
    ------
    ValueError
        If the form is not that of ``schema.json``; the sentence says where and why.

    Examples
    --------
    >>> read({"page": "one_weight", "questions": []}).page
    'one_weight'
    >>> read({"page": "one_weight", "challenges": [{}]})
    Traceback (most recent call last):
    ValueError: challenges.0: 'id' is a required property
    """
    worst = next(iter(sorted(_validator().iter_errors(data), key=lambda one: -len(one.path))), None)
    if worst is not None:
        raise ValueError(f"{'.'.join(map(str, worst.path)) or 'the file'}: {worst.message}")
    exercises = Exercises(
        page=data["page"],
        prediction=_prediction(data["prediction"]) if "prediction" in data else None,
        questions=tuple(_question(one) for one in data.get("questions", ())),
        challenges=tuple(_challenge(one) for one in data.get("challenges", ())),
    )
    for question in exercises.questions:
        if question.choices and sum(choice.right for choice in question.choices) != 1:
            raise ValueError(f"{question.id}: exactly one choice is right.")
    return exercises


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _prediction(data: Mapping[str, Any]) -> Prediction:
    choices = (Outcome(one["name"], Text(one["text"])) for one in data.get("choices", ()))
    return Prediction(**_with_texts(data) | {"choices": tuple(choices)})


def _question(data: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(**_answer(one)) for one in data.get("choices", ()))
    slips = tuple(Slip(**_answer(one)) for one in data.get("slips", ()))
    return Question(**_with_texts(data) | {"choices": choices, "slips": slips})


def _answer(data: Mapping[str, Any]) -> dict[str, Any]:
    fields = _with_texts(data)
    if "refutation" in data:
        refutation = data["refutation"]
        fields["refutation"] = Refutation(refutation["settings"], _claims(refutation["claims"]))
    return fields


def _challenge(data: Mapping[str, Any]) -> Challenge:
    hints = tuple(Text(hint) for hint in data["hints"])
    return Challenge(**_with_texts(data) | {"goal": _claims(data["goal"]), "hints": hints})


def _claims(texts: list[str]) -> tuple[str, ...]:
    return tuple(Claim(text).text for text in texts)


def _with_texts(data: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        *("text", "concept", "why", "otherwise", "done", "way_told"),
        *("near", "far", "away", "meanwhile"),
    )
    return {key: Text(value) if key in names else value for key, value in data.items()}
