"""What is true of a class's digits, and of what a network has learned from them, by name."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.digits.duration import N_TEST
from core.learning.claims import Facts

Counts = Mapping[str, Any]
"""What came of it when a network learned from a class, as `count` counts it."""

COUNTS = ("n_learned", "n_held", "held_before", "held_after", "mnist_before", "mnist_after")
"""What is counted."""

RECIPE = "recipe"
"""The name of how it learned, or is about to learn: ``beside`` MNIST, the class ``alone``, or from
``nothing``, the class alone, too."""

NONE_READ: NDArray[np.bool_] = np.zeros(0, np.bool_)
"""No digit is there that could be read."""


def count(
    recipe: str,
    is_held_back: NDArray[np.bool_],
    before: NDArray[np.bool_],
    after: NDArray[np.bool_],
    mnist: tuple[int, int],
) -> Counts:
    """Count what came of it when a network learned from a class: no digit, and no hand.

    Parameters
    ----------
    recipe : {"beside", "alone", "nothing"}
        How it learned.
    is_held_back, before, after : array of bool, shape (n,)
        Of the class's digits: which ones were not learned from, and which ones are read right
        before and after.
    mnist : tuple of int
        How many of MNIST's test images are, before and after.

    Examples
    --------
    >>> held, before, after = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 1]], bool)
    >>> list(count("alone", held, before, after, (9947, 9946)).values())
    ['alone', 1, 2, 1, 2, 9947, 9946]
    """
    numbers = (
        *((~is_held_back).sum(), is_held_back.sum()),
        *(before[is_held_back].sum(), after[is_held_back].sum()),
        *mnist,
    )
    return {RECIPE: recipe} | dict(zip(COUNTS, map(int, numbers), strict=True))


def facts(right: NDArray[np.bool_], counts: Counts | None) -> Facts:
    """Tell the facts of the digits that one sees of a class, and of what was learned last.

    Parameters
    ----------
    right : array of bool, shape (n,)
        Which of the digits are read right: a learner's own, or the class's.
    counts : mapping or None
        What `count` counted; None before anything was learned.

    Returns
    -------
    dict of str to int, float or str
        What is not known is nan. Of MNIST's test images ``mnist_before`` and ``mnist_after`` are
        read right, in percent; ``mnist_lost`` more are misread than before. ``each`` is the share
        of one digit among those held back, in percent.

    Examples
    --------
    >>> told = facts(np.array([True, False]), None)
    >>> told["n_digits"], told["n_misread"], told["held_percent"]
    (2, 1, nan)
    >>> counts = {"recipe": "alone"} | dict(zip(COUNTS, (24, 6, 3, 5, 9947, 9931)))
    >>> told = facts(np.array([True, False]), counts)
    >>> round(told["held_percent"], 1), round(told["each"], 1), told["mnist_lost"]
    (83.3, 16.7, 16)
    """
    known = dict.fromkeys(COUNTS, math.nan) | dict(counts or {RECIPE: ""})
    each = 100 / (known["n_held"] or math.nan)
    before, after = known["mnist_before"], known["mnist_after"]
    return {
        **known,
        "n_digits": int(right.size),
        "n_misread": int((~right).sum()),
        "held_percent": each * known["held_after"],
        "each": each,
        "mnist_before": 100 / N_TEST * before,
        "mnist_after": 100 / N_TEST * after,
        "mnist_lost": before - after,
    }
