"""A lesson as a text that a link carries, or as a file; and the lessons that ship, by name."""

import functools
import json
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from core.link.packed import deflated, inflated
from core.link.parameters import LONGEST_LESSON
from core.link.query import to_query
from core.messages import N_, InputError, require
from core.teach.lesson_plan import LessonPlan, compact, read

FILES = Path(__file__).with_name("ready")

READY = ("last_sample", "how_far", "asleep", "one_line", "by_heart", "my_seven")
"""In the order in which one climbs."""

LARGEST = 60_000
"""Bytes of a lesson, as a file and as what a link holds before it was deflated."""

LESSON, STEP = "lesson", "task"
"""The parameters of the link: the lesson, and the number of its step."""


@functools.cache
def ready() -> dict[str, LessonPlan]:
    """Return the lessons that ship, by their names."""
    files = {name: FILES / f"{name}.toml" for name in READY}
    return {name: read(tomllib.loads(file.read_text("utf-8"))) for name, file in files.items()}


def pack(plan: LessonPlan) -> str | None:
    """Return a lesson as a text for a link: the name of one that ships; None if it is too long.

    Examples
    --------
    >>> plan = read({"title": "A line", "steps": [{"page": "one_weight", "task": "Look."}]})
    >>> unpack(pack(plan) or "") == plan
    True
    """
    for name, one in ready().items():
        if one.data == plan.data:
            return name
    text = deflated(compact(plan.data))
    return text if len(text) <= LONGEST_LESSON else None


@functools.lru_cache(maxsize=64)  # the links of many classes; 4 kB each
def unpack(text: str) -> LessonPlan:
    """Return the lesson that a link carries.

    Raises
    ------
    InputError
        If it carries none.

    Examples
    --------
    >>> unpack("A")
    Traceback (most recent call last):
    core.messages.InputError: The lesson in this link was cut, changed, or is none.
    """
    if text in ready():
        return ready()[text]
    plain = inflated(text, LONGEST_LESSON, LARGEST)
    refused = InputError(N_("The lesson in this link was cut, changed, or is none."))
    if plain is None:
        raise refused
    try:
        return read(json.loads(plain))
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, InputError) else refused from None


def read_file(content: bytes) -> LessonPlan:
    """Return the lesson in a JSON file.

    Raises
    ------
    InputError
        If the file holds none.
    """
    require(len(content) <= LARGEST, N_("A lesson's file has no more than {n} bytes."), n=LARGEST)
    try:
        data: Any = json.loads(content.decode())
    except (ValueError, RecursionError):
        raise InputError(N_("This is no lesson's file: it must be JSON.")) from None
    return read(data)


def as_file(plan: LessonPlan) -> str:
    """Return a lesson as a JSON file that a person can read."""
    return json.dumps(plan.data, ensure_ascii=False, indent=1)


def address(plan: LessonPlan, packed: str, language: str, number: int = 1) -> str:
    """Return where a step of a lesson is, behind the server's own address.

    Parameters
    ----------
    plan : LessonPlan
    packed : str
        What `pack` made of it.
    language : str
        In which it is read.
    number : int, default=1
        Of the step.
    """
    step = plan.steps[number - 1]
    said = {LESSON: packed, STEP: number, "lang": language}
    settings = to_query(step.settings)
    return f"{step.page}?{'&'.join(filter(None, (settings, urlencode(said))))}"
