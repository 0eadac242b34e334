"""When the runs of a sweep are compared, and which of them go on: successive halving.

After a quarter of the epochs, and again after half of them, the worse half of the runs is ended.
Every run waits for the others before it goes on, so all that has been measured counts, and it
hardly matters who came first.

References
----------
K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization",
AISTATS 2016.
"""

import math
from collections.abc import Sequence

SHARES = (1 / 4, 1 / 2)
"""Of the epochs, after which the runs are compared."""


def rounds(n_epochs: int) -> tuple[int, ...]:
    """Give the epochs after which the runs are compared.

    Parameters
    ----------
    n_epochs : int
        Of a run that goes to its end.

    Examples
    --------
    >>> rounds(10), rounds(3), rounds(1)
    ((2, 5), (1,), ())
    """
    return tuple(sorted({max(1, int(share * n_epochs)) for share in SHARES} - {n_epochs}))


def least(accuracies: Sequence[float]) -> float:
    """Give the accuracy that the better half has at least; of an odd number, the larger half.

    Examples
    --------
    >>> least([0.1, 0.9, 0.8]), least([0.1, 0.9, 0.8, 0.7]), least([0.5])
    (0.8, 0.8, 0.5)
    """
    return sorted(accuracies, reverse=True)[math.ceil(len(accuracies) / 2) - 1]


def epochs_of_all(n_runs: int, n_epochs: int, *, prunes: bool) -> int:
    """Count the epochs of all runs together.

    Parameters
    ----------
    n_runs, n_epochs : int
        The runs, and the epochs of one that goes to its end.
    prunes : bool
        Whether the worse half is ended in each round.

    Examples
    --------
    >>> epochs_of_all(12, 10, prunes=False), epochs_of_all(12, 10, prunes=True)
    (120, 57)
    """
    total, before = 0, 0
    for end in (*(rounds(n_epochs) if prunes else ()), n_epochs):
        total += n_runs * (end - before)
        n_runs, before = math.ceil(n_runs / 2), end
    return total
