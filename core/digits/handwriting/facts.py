"""What is true of a reader's own digits, by name: what is guessed, and what challenges want."""

import math

import numpy as np

from core.digits.handwriting.score import UNSURE, Score, plausible_accuracy
from core.learning.claims import Facts

N_GUESSED = 10
"""So many digits are guessed at: the first ones."""


def facts(result: Score | None) -> Facts:
    """Tell the facts of the digits written so far.

    Parameters
    ----------
    result : Score or None
        None before the first digit.

    Returns
    -------
    dict of str to int or float
        ``right_of_ten`` is nan before the tenth digit. ``low`` and ``high`` are the ends, in
        percent, of what the accuracy may be; before the first digit it may be anything.

    Examples
    --------
    >>> read_as = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, UNSURE])
    >>> told = facts(Score(np.arange(10), read_as, np.full((10, 10), 0.1)))
    >>> told["right_of_ten"], told["n_misread"], round(told["low"]), round(told["high"])
    (9, 0, 60, 98)
    """
    if result is None:
        return _NOTHING
    n = int(result.labels.size)
    low, high = plausible_accuracy(int(result.right.sum()), n)
    is_misread = ~result.right & (result.read_as != UNSURE)
    first = result.right[:N_GUESSED]
    return {
        "n_written": n,
        "n_digits": int(np.unique(result.labels).size),
        "n_right": int(result.right.sum()),
        "n_misread": int(is_misread.sum()),
        "right_of_ten": int(first.sum()) if n >= N_GUESSED else math.nan,
        "low": 100 * low,
        "high": 100 * high,
        "width": 100 * (high - low),
    }


_NOTHING: Facts = {
    **dict.fromkeys(("n_written", "n_digits", "n_right", "n_misread"), 0),
    **{"right_of_ten": math.nan, "low": 0.0, "high": 100.0, "width": 100.0},
}
