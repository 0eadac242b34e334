"""The concept test: its items, the halves in which it is taken, and how an answer is written."""

import binascii
import functools
from collections.abc import Sequence
from pathlib import Path

from core.learning.exercises import Question, load

ITEMS = Path(__file__).parents[2] / "pages" / "start" / "check" / "items.toml"

PAGE = "check"

HALVES = ("before", "after")

DO_NOT_KNOW = 0
"""The answer of who does not know; others are the place of a choice, from 1."""

Answer = int | None
"""None where an item was not answered."""


def items() -> tuple[Question, ...]:
    """Return the items of the test."""
    return load(ITEMS).questions


def is_right(item: Question, answer: Answer) -> bool:
    """Tell whether an answer is right.

    Examples
    --------
    >>> item = items()[0]
    >>> [is_right(item, answer) for answer in (None, DO_NOT_KNOW, 1, 2, 3, 4)]
    [False, False, False, False, True, False]
    """
    return bool(answer) and item.choices[int(answer or 0) - 1].right


def score(answers: Sequence[Answer]) -> int:
    """Count the right answers of one half."""
    return sum(map(is_right, items(), answers))


@functools.cache
def mark() -> int:
    """Return a number that changes with the items: answers to another test are not mixed in."""
    text = " ".join(f"{item.id} {[choice.right for choice in item.choices]}" for item in items())
    return binascii.crc_hqx(text.encode(), 0)
