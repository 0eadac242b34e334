"""What a learner hands in: the answers before and after, and nothing that says who or when.

A random name, the arm, the class, the answers, and how long each half took to the half minute. It
is written as a row of a CSV (`core.learning.answer_csv`) or as a code to paste
(`core.learning.answer_code`).
"""

from dataclasses import dataclass

from core.learning import concepts
from core.learning.arms import Arm
from core.learning.concepts import Answer
from core.learning.progress import Progress

STEP, LONGEST = 30, 3600
"""Seconds are told in steps, up to an hour."""


@dataclass(frozen=True)
class Answers:
    """The answers of one learner.

    Parameters
    ----------
    learner : str
        A random name: L and eight digits of base 16.
    class_number : int
    arm : {"asks", "shows"}
    before, after : tuple of int or None
        For each item the place of the choice, 0 for "I do not know", None for no answer.
    seconds_before, seconds_after : int
        From the first answer of a half to its last.
    """

    learner: str
    class_number: int
    arm: Arm
    before: tuple[Answer, ...]
    after: tuple[Answer, ...]
    seconds_before: int = 0
    seconds_after: int = 0

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Those before, then those after."""
        return (*self.before, *self.after)

    @property
    def n_answered(self) -> int:
        """How many items were answered in both halves together."""
        return sum(answer is not None for answer in self.answers)


def entry(half: str, item: str) -> str:
    """Return the name of an item's entry in a reader's progress."""
    return f"{concepts.PAGE}/{half}_{item}"


def answered(progress: Progress, half: str) -> tuple[Answer, ...]:
    """Return the answers of one half that a reader's progress holds."""
    found = (progress.entries.get(entry(half, item.id)) for item in concepts.items())
    return tuple(
        _known(item.answer, len(question.choices)) if item else None
        for item, question in zip(found, concepts.items(), strict=True)
    )


def _known(text: str, n_choices: int) -> Answer:
    return int(text) if text.isdecimal() and int(text) <= n_choices else None


def seconds(progress: Progress, half: str) -> int:
    """Return how long a half took, coarsely.

    Examples
    --------
    >>> first, second = (entry("before", item.id) for item in concepts.items()[:2])
    >>> progress = Progress().with_entry(first, right=True, answer="1", at=1000)
    >>> seconds(progress.with_entry(second, right=True, answer="1", at=1080), "before")
    90
    """
    names = [entry(half, item.id) for item in concepts.items()]
    times = [progress.entries[name].at for name in names if name in progress.entries]
    spent = max(times) - min(times) if times else 0
    return min(LONGEST, (spent + STEP // 2) // STEP * STEP)
