"""Whether a line can part two classes, and if none can, how many samples the best one gets right.

Every way in which a line can part points of the plane is the way of a line through two of them,
turned or moved by as little as one likes. So all lines that differ can be tried. A linear program
or a perceptron would only answer the first of the two questions.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from core.planes.points import as_points


@njit(cache=True, nogil=True)
def fewest_mistakes(x, y):  # type: ignore[no-untyped-def]
    """Return how many samples lie on the wrong side of the line with the fewest such samples.

    It takes n³/2 steps: a tenth of a second for 500 samples.

    Parameters
    ----------
    x : ndarray of float, shape (n_samples, 2)
        The points.
    y : ndarray of float, shape (n_samples,)
        Their classes: 1 from ½ on, 0 below.

    Returns
    -------
    int
    """
    n = y.size
    n_ones = 0
    for k in range(n):
        n_ones += y[k] >= 0.5
    fewest = min(n_ones, n - n_ones)  # all samples on one side
    along = np.empty(n)  # of the samples on the line: how far along it
    is_one = np.empty(n, np.bool_)
    for i in range(n):
        for j in range(i):
            dx, dy = x[j, 0] - x[i, 0], x[j, 1] - x[i, 1]
            if dx == 0 and dy == 0:
                continue
            n_beside = n_wrong = n_on = 0  # wrong where class 1 belongs to the left
            for k in range(n):
                ahead, across = x[k, 0] - x[i, 0], x[k, 1] - x[i, 1]
                left = dx * across - dy * ahead
                if left != 0:
                    n_beside += 1
                    n_wrong += (left > 0) != (y[k] >= 0.5)
                else:
                    along[n_on] = dx * ahead + dy * across
                    is_one[n_on] = y[k] >= 0.5
                    n_on += 1
            n_wrong = min(n_wrong, n_beside - n_wrong)
            if n_wrong < fewest and n_on > 2:  # two, a little turn brings to any sides
                n_wrong += fewest_cut(along[:n_on], is_one[:n_on])
            fewest = min(fewest, n_wrong)
            if fewest == 0:
                return 0
    return fewest


@njit(cache=True, nogil=True)
def fewest_cut(along, is_one):  # type: ignore[no-untyped-def]
    """Return the fewest mistakes of a cut through samples on one line: a turn of it about a point.

    Parameters
    ----------
    along : ndarray of float, shape (n_samples,)
        Where on the line.
    is_one : ndarray of bool, shape (n_samples,)
        Whether of class 1.

    Returns
    -------
    int
    """
    order = np.argsort(along)
    wrong = is_one.sum()  # class 1 belongs behind the cut, which lies before all
    fewest = min(wrong, along.size - wrong)
    for place, k in enumerate(order):
        wrong += 1 - 2 * is_one[k]
        is_last_here = place + 1 == along.size or along[order[place + 1]] > along[k]
        if is_last_here:
            fewest = min(fewest, wrong, along.size - wrong)
    return fewest


class Separation(NamedTuple):
    """What a line can do at best."""

    n_samples: int
    n_mistakes: int
    """Samples on the wrong side of the best line."""
    n_frequent: int
    """Samples of the more frequent class: so many are right where every answer is that class."""

    @property
    def is_separable(self) -> bool:
        """Whether a line parts the classes without a mistake."""
        return self.n_mistakes == 0

    @property
    def best_accuracy(self) -> float:
        """The share of samples on the right side of the best line."""
        return 1 - self.n_mistakes / self.n_samples


def separation(x: ArrayLike, y: ArrayLike) -> Separation:
    """Find out what a line can do at best.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        The points, no more than some hundred.
    y : array_like of float, shape (n_samples,)
        Their classes: 1 from ½ on, 0 below.

    Returns
    -------
    Separation

    Examples
    --------
    xor: of its four points a line gets three right.

    >>> xor = separation([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> xor.is_separable, xor.best_accuracy
    (False, 0.75)
    >>> separation([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 1]).is_separable  # or
    True
    """
    x, y = as_points(x, y)
    n_ones = int((y >= 0.5).sum())
    return Separation(y.size, int(fewest_mistakes(x, y)), max(n_ones, y.size - n_ones))
