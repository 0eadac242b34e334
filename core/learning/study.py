"""The answers of a study, put in order: rows that repeat a learner, halves that are missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.learning import concepts
from core.learning.answers import Answers
from core.learning.arms import ARMS, Arm
from core.learning.concepts import Answer
from core.learning.exercises import Question

HURRIED = 60
"""Who takes less than so many seconds for a half has hardly read it."""


@dataclass(frozen=True)
class Study:
    """What can be compared, and what was left out.

    Parameters
    ----------
    learners : tuple of Answers
        Those who finished both halves.
    n_rows : int
        How many rows there were.
    n_repeated : int
        Rows of a learner who is there already; the fullest, or else the last, was kept.
    n_unfinished : dict of str to int
        Learners who have not finished a half, by the first such half.
    n_hurried : int
        Of `learners`, those who took hardly any time for a half.
    """

    learners: tuple[Answers, ...]
    n_rows: int
    n_repeated: int
    n_unfinished: dict[str, int]
    n_hurried: int

    def of_arm(self, arm: Arm) -> tuple[Answers, ...]:
        """Return the learners of an arm who take part in an experiment."""
        return tuple(one for one in self.learners if one.class_number and one.arm == arm)

    @property
    def in_experiment(self) -> tuple[Answers, ...]:
        """All who take part in an experiment, one arm after the other."""
        return tuple(one for arm in ARMS for one in self.of_arm(arm))


def study(rows: Iterable[Answers]) -> Study:
    """Put rows in order."""
    rows = list(rows)
    by_name: dict[str, Answers] = {}
    for row in rows:
        held = by_name.get(row.learner)
        if held is None or row.n_answered >= held.n_answered:
            by_name[row.learner] = row
    unfinished = Counter[str]()
    learners = []
    for one in by_name.values():
        if None in one.before:
            unfinished["before"] += 1
        elif None in one.after:
            unfinished["after"] += 1
        else:
            learners.append(one)
    return Study(
        tuple(learners),
        len(rows),
        len(rows) - len(by_name),
        dict(unfinished),
        sum(min(one.seconds_before, one.seconds_after) < HURRIED for one in learners),
    )


def scores(learners: Sequence[Answers], half: str) -> NDArray[np.float64]:
    """Return how many items each learner had right in a half."""
    return np.array([concepts.score(getattr(one, half)) for one in learners], dtype=np.float64)


def normalised_gain(before: float, after: float, most: float) -> float | None:
    """Return the share of what was missing before that was gained; None if nothing was missing.

    References
    ----------
    Hake, "Interactive-engagement versus traditional methods", Am. J. Phys. 66 (1), 1998.

    Examples
    --------
    >>> normalised_gain(4, 8, 12)
    0.5
    """
    return (after - before) / (most - before) if before < most else None


@dataclass(frozen=True)
class ItemGain:
    """How an item was answered: the shares that were right, and what was believed most after."""

    right_before: float
    right_after: float
    believed: str
    n_believed: int

    @property
    def gain(self) -> float:
        """The share that was gained."""
        return self.right_after - self.right_before


def item_gains(learners: Sequence[Answers]) -> list[ItemGain]:
    """Return the gain of each item; there is one learner at least."""
    gains = []
    for i, item in enumerate(concepts.items()):
        before, after = ([getattr(one, half)[i] for one in learners] for half in concepts.HALVES)
        wrong = Counter(
            item.choices[answer - 1].misconception
            for answer in after
            if answer and not concepts.is_right(item, answer)
        )
        believed, n_believed = wrong.most_common(1)[0] if wrong else ("", 0)
        gains.append(ItemGain(_right(item, before), _right(item, after), believed, n_believed))
    return gains


def _right(item: Question, answers: Sequence[Answer]) -> float:
    """Return the share of answers that are right."""
    return sum(concepts.is_right(item, answer) for answer in answers) / len(answers)
