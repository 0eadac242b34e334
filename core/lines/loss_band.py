r"""The loss of a line through the origin, cheap enough to ask for after every update.

Over all samples the mean squared error of a weight is a parabola, here written from its vertex:

.. math:: L(w) = \big(s \, (w - w^*)\big)^2 + L(w^*) \qquad s^2 = \frac1N \sum x_i^2

A loss so costs three operations, whatever the number of samples, and "the loss has exploded" means
"the weight has left a band around :math:`w^*`": two comparisons in a training loop.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.history import DIVERGED_AT


@dataclass(frozen=True)
class LossBand:
    """The mean squared error over all samples, and the band in which a run has not diverged.

    Parameters
    ----------
    scale : float
        The root mean square of x; 0 if no weight is better than another.
    best : float
        The weight with the lowest loss.
    lowest : float
        That loss.

    Examples
    --------
    >>> band = LossBand(scale=2.0, best=1.0, lowest=0.25)
    >>> band.losses(np.array([1.0, 2.0]))
    array([0.25, 4.25])
    """

    scale: float
    best: float
    lowest: float

    def losses(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the loss at each of `weights`; infinite or nan where it is beyond any float."""
        with np.errstate(over="ignore", invalid="ignore"):
            return (self.scale * (weights - self.best)) ** 2 + self.lowest

    def ends(self, start: float) -> tuple[float, float]:
        """Return the lowest and the highest weight of a run from `start` that has not diverged."""
        if self.scale == 0:
            return -np.inf, np.inf
        first_loss = (self.scale * (start - self.best)) ** 2 + self.lowest
        reach = np.sqrt(DIVERGED_AT * max(first_loss, 1.0) - self.lowest) / self.scale
        return self.best - reach, self.best + reach


def loss_band(x: NDArray[np.float64], y: NDArray[np.float64], start: float) -> LossBand:
    """Return the band of the samples `x`, `y`, each of shape (n_samples,).

    `start` stands in for the best weight where all x are 0 and no weight is better.

    Examples
    --------
    >>> loss_band(np.array([1.0, 1.0]), np.array([1.0, 3.0]), 0.5)
    LossBand(scale=1.0, best=2.0, lowest=1.0)
    """
    scale = float(np.sqrt(np.mean(x**2)))
    if scale**2 == 0:
        return LossBand(0.0, start, float(np.mean((y - start * x) ** 2)))
    best = float(np.mean(x * y)) / scale**2
    return LossBand(scale, best, float(np.mean((y - best * x) ** 2)))
