"""Where a descent comes to rest: batches that disagree keep it away from the lowest loss."""

from core.history import History

NEAR = 1.05
"""So many times the lowest loss is as good as lowest."""

NOTHING = 1e-12
"""Less than this share of the start's loss is rounding."""


def times_the_lowest(history: History, lowest: float, left: float) -> float | None:
    """Return how many times the lowest loss a run ends at, if its batches keep it from coming near.

    Each batch has a minimum of its own. In data order the batches that come last pull the run their
    way, the same in every epoch; shuffled, it jitters. Where what is left of the start accounts for
    the loss, it is not the batches' doing.

    Parameters
    ----------
    history : History
        A run that has not diverged.
    lowest : float
        The lowest loss over all samples that any parameters have.
    left : float
        The share of the start's distance from the minimum that is left at the end.

    Returns
    -------
    float or None
        None where the run ends near the lowest loss.

    Examples
    --------
    >>> ended = History([0, 9], [0, 3], [[0.0], [1.0]], [101.0, 3.0], ("weight",))
    >>> times_the_lowest(ended, 1.0, left=0.01)
    3.0
    >>> times_the_lowest(ended, 1.0, left=0.2) is None  # 0.2² of 100 is more than 2
    True
    """
    first, last = float(history.loss[0]), float(history.loss[-1])
    of_the_start = max(left**2, NOTHING) * (first - lowest)
    if last - lowest <= max((NEAR - 1) * lowest, of_the_start):
        return None
    return last / lowest
