"""A lesson: pages in an order, what is set and asked on each, and a task in the teacher's words.

The form is ``schema.json``, for the lessons that ship, for what a link carries and for files. What
is asked is of the form of all questions (`core.learning.exercises`).
"""

import binascii
import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator

from core.ladder import PATHS
from core.learning import exercises
from core.learning.exercises import Exercises, Question, Text
from core.link.parameters import PARAMETERS
from core.link.query import from_query, to_query
from core.messages import N_, InputError, require
from core.teach.controls import controls_of
from core.teach.plain_text import as_markdown

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Path(__file__).with_name("schema.json")

Guidance = Literal["all", "chosen", "none"]


@dataclass(frozen=True)
class Step:
    """One page of a lesson.

    Parameters
    ----------
    page : str
        Its address.
    settings : mapping of str to value
        What is set there, without what is as usual.
    task : Text
    hidden, locked : tuple of str
        Controls that are not shown, or cannot be moved.
    guidance : {"all", "chosen", "none"}
        Of what the page asks: all, its prediction and the chosen questions, or nothing.
    questions : tuple of str
        The ids of the chosen ones.
    own : tuple of Question
        The teacher's.
    """

    page: str
    settings: Mapping[str, Any]
    task: Text
    hidden: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    guidance: Guidance = "all"
    questions: tuple[str, ...] = ()
    own: tuple[Question, ...] = ()


@dataclass(frozen=True)
class LessonPlan:
    """A lesson.

    Parameters
    ----------
    title : Text
    steps : tuple of Step
    data : mapping
        What it was read from, of the form of ``schema.json``, without what need not be said.
    """

    title: Text
    steps: tuple[Step, ...]
    data: Mapping[str, Any]

    @property
    def mark(self) -> int:
        """A number that changes with the lesson, so that results of two are not mixed up."""
        return binascii.crc_hqx(compact(self.data).encode(), 0)


def compact(data: Mapping[str, Any]) -> str:
    """Return a lesson as JSON without a blank."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@functools.lru_cache(maxsize=50)  # one a page
def asked_on(page: str) -> Exercises | None:
    """Return what a page asks; None where it asks nothing, and cannot be a step."""
    path = ROOT / Path(PATHS[page]).with_name("exercises.toml") if page in PATHS else None
    return exercises.load(path) if path is not None and path.exists() else None


PAGES = tuple(page for page in PATHS if asked_on(page) is not None)
"""The pages that a lesson can lead to."""


def wanted(step: Step, exercises: Exercises) -> Exercises:
    """Return of all that a step's page asks what the lesson wants asked, and the teacher's own.

    Parameters
    ----------
    step : Step
    exercises : Exercises
        Of its page.
    """
    if step.guidance == "all":
        return replace(exercises, questions=(*exercises.questions, *step.own))
    is_chosen = step.guidance == "chosen"
    questions = [one for one in exercises.questions if is_chosen and one.id in step.questions]
    return replace(
        exercises,
        prediction=exercises.prediction if is_chosen else None,
        questions=(*questions, *step.own),
        challenges=(),
    )


def read(data: Any) -> LessonPlan:
    """Make a lesson of what a link or a file holds.

    Raises
    ------
    InputError
        If it is none; the sentence says where and why.

    Examples
    --------
    >>> plan = read({"title": "A line", "steps": [{"page": "one_weight", "task": "Look."}]})
    >>> plan.steps[0].page, plan.title.told("zh")
    ('one_weight', 'A line')
    >>> read({"title": "A line", "steps": [{"page": "home", "task": "Look."}]})
    Traceback (most recent call last):
    core.messages.InputError: Step 1: no lesson can lead to a page “home”.
    """
    wrong = next(_validator().iter_errors(data), None)
    if wrong is not None:
        place = ".".join(str(part) for part in wrong.path)[:60] or "title, steps"
        raise InputError(
            N_("This is no lesson: “{place}” is missing, too long, or not what it must be."),
            place=place,
        )
    slim = {"title": data["title"], "steps": [_slim(step) for step in data["steps"]]}
    mark = binascii.crc_hqx(compact(slim).encode(), 0)
    steps = tuple(_step(step, i, mark) for i, step in enumerate(slim["steps"], 1))
    return LessonPlan(_text(data["title"]), steps, slim)


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _slim(step: Mapping[str, Any]) -> dict[str, Any]:
    """A step without what is as usual, and its settings as they are written."""
    settings = _settings(step)
    said = {**step, "settings": to_query(settings)}
    if step.get("guidance") == "all":
        del said["guidance"]
    return {name: value for name, value in said.items() if value not in ("", [])}


def _settings(step: Mapping[str, Any]) -> dict[str, Any]:
    """What is set on the page itself: a lesson chooses no language, and no class."""
    said = from_query(step["page"], step.get("settings", ""))
    return {name: value for name, value in said.items() if PARAMETERS[name].pages}


def _step(step: Mapping[str, Any], number: int, mark: int) -> Step:
    page = step["page"]
    asked = asked_on(page)
    if asked is None:
        raise InputError(
            N_("Step {n}: no lesson can lead to a page “{page}”."), n=number, page=page
        )
    hidden, locked, questions = (
        tuple(step.get(name, ())) for name in ("hidden", "locked", "questions")
    )
    _require_known((*hidden, *locked), controls_of(page), number)
    _require_known(questions, [question.id for question in asked.questions], number)
    return Step(
        page=page,
        settings=_settings(step),
        task=_text(step["task"]),
        hidden=hidden,
        locked=locked,
        guidance=step.get("guidance", "all"),
        questions=questions,
        own=_own(step, f"own{mark:04x}_{number}"),
    )


def _require_known(names: Sequence[str], known: Sequence[str], number: int) -> None:
    strange = [name for name in names if name not in known]
    require(
        not strange,
        N_("Step {n}: its page has no control or question “{name}”."),
        n=number,
        name="".join(strange[:1]),
    )


def _own(step: Mapping[str, Any], id_: str) -> tuple[Question, ...]:
    """The teacher's questions, in the form of all questions."""
    asked = [
        {
            "id": f"{id_}_{i}",
            "about": "a question of the teacher's",
            "text": _said(question["text"]),
            "choices": [_choice(choice) for choice in question["choices"]],
        }
        for i, question in enumerate(step.get("own", ()), 1)
    ]
    try:
        return exercises.read({"page": step["page"], "questions": asked}).questions
    except ValueError:
        raise InputError(N_("Of each question's answers exactly one is right.")) from None


def _choice(choice: Mapping[str, Any]) -> dict[str, Any]:
    right = choice.get("right", False)
    usual = {"en": "That is it.", "zh": "正是。"} if right else {"en": "Not so.", "zh": "不是。"}
    read = {"text": _said(choice["text"]), "why": _said(choice.get("why", usual))}
    if right:
        return read | {"right": True}
    return read | {"misconception": _text(choice["text"]).told("en")[:200]}


def _said(text: str | Mapping[str, str]) -> dict[str, str]:
    """A text that does no harm, by its languages, in which no brace stands for a run's number."""
    told = _text(text).by_language
    return {code: said.replace("{", "{{").replace("}", "}}") for code, said in told.items()}


def _text(text: str | Mapping[str, str]) -> Text:
    """A text that does no harm; one that is in one language only is told to all."""
    by_language = {"en": text} if isinstance(text, str) else text
    return Text({code: as_markdown(said) for code, said in by_language.items()})
