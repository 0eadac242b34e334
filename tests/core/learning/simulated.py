"""Simulated classes: what comes out must be what was put in."""

import numpy as np
from numpy.typing import NDArray

from core.learning import concepts
from core.learning.answers import Answers
from core.learning.arms import ARMS

ITEMS = concepts.items()
DIFFICULTY = np.linspace(-1.0, 1.5, len(ITEMS))
LEARNED = 0.8
"""What everybody learns, in the unit of the difficulties."""

RIGHT = [next(i for i, c in enumerate(item.choices, 1) if c.right) for item in ITEMS]


def right_answers(
    rng: np.random.Generator, n: int, asking: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what each of two times n learners has right before and after; the first n are asked.

    A learner of ability θ has an item of difficulty d right with the odds exp(θ − d), and after
    with more: by what everybody learns, and by what asking adds for those who are asked.
    """
    ability = rng.normal(size=(2 * n, 1))
    added = LEARNED + asking * (np.arange(2 * n) < n)[:, np.newaxis]
    chances = (1 / (1 + np.exp(DIFFICULTY - ability - more)) for more in (0.0, added))
    before, after = (rng.random(chance.shape) < chance for chance in chances)
    return before, after


def true_effect(asking: float) -> float:
    """Return the standardised difference in gain, from very many learners."""
    n = 100_000
    before, after = right_answers(np.random.default_rng(99), n, asking)
    gains = (after.sum(axis=1) - before.sum(axis=1)).astype(float)
    spread = np.sqrt((gains[:n].var() + gains[n:].var()) / 2)
    return float((gains[:n].mean() - gains[n:].mean()) / spread)


def simulated_class(
    rng: np.random.Generator, n: int, asking: float, class_number: int = 1
) -> list[Answers]:
    """Return the answers of a class, n in each arm."""
    halves = [
        np.where(half, RIGHT, np.array(RIGHT) % 4 + 1) for half in right_answers(rng, n, asking)
    ]
    return [
        Answers(
            f"L{class_number:04x}{number:04x}",
            class_number,
            ARMS[number >= n],
            *(tuple(map(int, half[number])) for half in halves),
            300,
            240,
        )
        for number in range(2 * n)
    ]
