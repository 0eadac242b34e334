"""All ways to split a row into digits, each with its score: the best, and how sure one can be.

A way is a chain of parts from one cut to the next. The score of a part says how much it looks like
a digit, in size, in shape and to the network; the score of a way is the sum over its parts. As with
a softmax, the probability of a way is e to its score, divided by the sum over all ways; this is a
semi-Markov conditional random field.

References
----------
S. Sarawagi, W. Cohen, "Semi-Markov conditional random fields for information extraction", 2004.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Best(NamedTuple):
    """The best way through a lattice."""

    parts: list[int]
    """Which parts it has, from left to right."""
    probabilities: npt.NDArray[np.float64]
    """(n_parts,) of each part, also of those that are not in it: how likely a way has it."""


def best_way(
    n_cuts: int,
    starts: npt.NDArray[np.intp],
    ends: npt.NDArray[np.intp],
    scores: npt.NDArray[np.float64],
) -> Best:
    """Find the best way from the first cut to the last, and the probability of each part.

    Parameters
    ----------
    n_cuts : int
    starts, ends : ndarray of int
        (n_parts,) the cuts between which each part lies; a part ends right of its start.
    scores : ndarray
        (n_parts,)

    Returns
    -------
    Best
        Without parts if no way leads through.

    Examples
    --------
    Two halves with a score of 1 each, against a whole with 0:

    >>> best = best_way(3, np.array([0, 1, 0]), np.array([1, 2, 2]), np.array([1.0, 1, 0]))
    >>> best.parts, best.probabilities.round(2).tolist()  # e² / (e² + 1)
    ([0, 1], [0.88, 0.88, 0.12])
    """
    highest = np.full(n_cuts, -np.inf)
    forward, backward = np.full(n_cuts, -np.inf), np.full(n_cuts, -np.inf)
    highest[0] = forward[0] = backward[-1] = 0.0
    came_by = np.full(n_cuts, -1)
    for part in np.argsort(starts, kind="stable"):
        start, end = starts[part], ends[part]
        if highest[start] + scores[part] > highest[end]:
            highest[end], came_by[end] = highest[start] + scores[part], part
        forward[end] = np.logaddexp(forward[end], forward[start] + scores[part])
    if not np.isfinite(highest[-1]):
        return Best([], np.zeros(len(starts)))
    for part in np.argsort(-ends, kind="stable"):
        start, end = starts[part], ends[part]
        backward[start] = np.logaddexp(backward[start], scores[part] + backward[end])
    chain = []
    at = n_cuts - 1
    while at > 0:
        chain.append(int(came_by[at]))
        at = starts[came_by[at]]
    probabilities = np.exp(forward[starts] + scores + backward[ends] - forward[-1])
    return Best(chain[::-1], probabilities)
