r"""What a learning rate will do in Gradient descent, told from the curvatures before the run.

An update with a batch of curvature :math:`a_B` (the mean of its x²) multiplies the weight's
distance from that batch's minimum by :math:`1 - 2 \eta a_B`. Two runs over the same batches
therefore come closer to each other, or move apart, by exactly the product of these factors:

.. math:: \prod_B (1 - 2 \eta a_B)

=============  ====================================================================================
creeping       no update passes its batch's minimum, but the whole run is too short: more than 5 %
               of the start is left, :math:`\prod > 0.05` over all epochs
good           no update passes its batch's minimum, :math:`\eta \le 1/(2 \max a_B)`, and the start
               is forgotten
oscillating    some updates land on the other side of their batch's minimum, but closer to it
overshooting   some updates throw the weight farther from it, :math:`\eta > 1/\max(a_B)`, and the
               others make up for it
diverging      they do not: over the run the product is at least 1; or somewhere on the way a
               stretch of updates makes a distance 1,000 times as long, and a loss a million times
               as high, which is where a run counts as diverged
=============  ====================================================================================

The full batch has one curvature :math:`a`: good up to :math:`1/(2a)`, oscillating up to
:math:`1/a`, diverging beyond, and nothing between.

The batches are those the run itself will draw: its seed's orders, epoch by epoch. Of a run that
sees more than 200,000 samples, the first 200,000 (at least one epoch) stand for all. Single samples
multiply to the same epoch's product in any order; the longest stretch depends on the order too. How
far a run is thrown depends, besides, on how far the samples are from the line: the factor 1,000 is
for a distance like the start's, so between 10 % below and 20 % above the limit of batches a run may
go either way. And a short run may end before it has gone far enough to count as diverged.
"""

from typing import Literal, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.datasets import as_samples
from core.history import DIVERGED_AT
from core.hyperparameters import size_of_batch
from core.lines.gradient_descent import Config
from core.permutation import permutation

Zone = Literal["creeping", "good", "oscillating", "overshooting", "diverging"]
"""What a learning rate does, from the smallest rates to the largest."""

CREEPING = 0.05
"""A run creeps if more than this share of the start's distance is left at its end."""

LONGEST_SWING = DIVERGED_AT**0.5
"""So many times as far from the minimum, the loss is `DIVERGED_AT` times as high."""

FLAT = 1e-300
"""Below this curvature nothing moves, whatever the learning rate."""

MAX_SAMPLES = 200_000
"""Of longer runs, so many samples stand for all (at least one epoch)."""


class Band(NamedTuple):
    """The learning rates from `low` to `high`, which all do the same."""

    zone: Zone
    low: float
    high: float


def epoch_factor(x: ArrayLike, config: Config) -> float:
    r"""Return the size of :math:`\prod_B (1 - 2 \eta a_B)` over the batches of an epoch.

    Below 1, runs from different starts come together. Where epochs differ (shuffled mini-batches),
    it is the geometric mean over the run's epochs.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters.

    Examples
    --------
    |1 − 2·0.4·1| · |1 − 2·0.4·4| = 0.2 · 2.2:

    >>> round(epoch_factor([1, 2], Config(learning_rate=0.4, batch_size=1)), 12)
    0.44
    """
    with np.errstate(over="ignore"):
        return float(np.exp(_log_factor(curvatures(x, config), config.learning_rate)))


def stable_limit(x: ArrayLike, config: Config) -> float:
    r"""Return the learning rate at which runs begin to diverge; infinite if every x is 0.

    For the full batch it is :math:`1/a`. For batches it is where the run's product of factors
    reaches size 1, or its longest stretch the factor 1,000, whichever comes first.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters; its learning rate does not matter.

    Examples
    --------
    >>> stable_limit([1, 2], Config(batch_size=None))  # 1 / 2.5
    0.4
    """
    return next((band.low for band in zones(x, config) if band.zone == "diverging"), np.inf)


def zone(x: ArrayLike, config: Config) -> Zone:
    """Tell what ``config.learning_rate`` will do.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters.

    Examples
    --------
    >>> rates = [0.001, 0.1, 0.3, 0.5]
    >>> [zone([1, 2], Config(learning_rate=rate, batch_size=None)) for rate in rates]
    ['creeping', 'good', 'oscillating', 'diverging']
    """
    a, learning_rate = curvatures(x, config), float(config.learning_rate)
    largest = float(a.max())
    if largest < FLAT:
        return "creeping"
    if learning_rate <= 1 / (2 * largest):
        left = _log_factor(a, learning_rate) * config.n_epochs
        return "creeping" if left > np.log(CREEPING) else "good"
    if learning_rate < 1 / largest:
        return "oscillating"
    return "diverging" if runs_away(a, learning_rate) else "overshooting"


def zones(x: ArrayLike, config: Config) -> list[Band]:
    """Return what each learning rate will do: bands from 0 to infinity, without gaps.

    Above the first diverging band there may be others in which a run converges again: rates that
    take some batch straight to its minimum, :math:`1/(2 a_B)`. They are found if they are more than
    one percent wide; `zone` finds the narrower ones too.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters; its learning rate does not matter.

    Returns
    -------
    list of Band

    Examples
    --------
    >>> for band in zones([1, 2], Config(batch_size=None, n_epochs=100)):
    ...     print(f"{band.zone:<11} {band.low:.3f} {band.high:.3f}")
    creeping    0.000 0.006
    good        0.006 0.200
    oscillating 0.200 0.400
    diverging   0.400 inf
    """
    a = curvatures(x, config)
    largest = float(a.max())
    if largest < FLAT:
        return [Band("creeping", 0.0, np.inf)]
    creeping = _creeping_limit(a, config.n_epochs)
    bands = [
        Band("creeping", 0.0, creeping),
        Band("good", creeping, 1 / (2 * largest)),
        Band("oscillating", 1 / (2 * largest), 1 / largest),
    ]
    edges = _edges(a)
    names: list[Zone] = ["overshooting", "diverging"]
    for i, (low, high) in enumerate(zip([1 / largest, *edges], [*edges, np.inf], strict=True)):
        if low < high:
            bands.append(Band(names[i % 2], low, high))
    return bands


def curvatures(x: ArrayLike, config: Config) -> NDArray[np.float64]:
    r"""Return the curvature :math:`a_B` of each batch of the run, shape (n_epochs, n_batches).

    Epochs in data order are all alike: two stand for all. Of a long run, the first epochs do.

    Examples
    --------
    >>> curvatures([1, 2, 3], Config(batch_size=2, shuffle=False))
    array([[2.5, 9. ],
           [2.5, 9. ]])
    """
    x, _ = as_samples(x, x)
    batch_size = size_of_batch(config.batch_size, x.size)
    shuffle = config.shuffle and batch_size < x.size
    enough = max(1, MAX_SAMPLES // x.size) if shuffle else 2
    n_epochs = min(config.n_epochs, enough)
    rng = np.random.default_rng(config.seed)
    a: NDArray[np.float64] = draw_curvatures(x, n_epochs, batch_size, shuffle, rng)
    return a


@njit(cache=True, nogil=True)
def draw_curvatures(x, n_epochs, batch_size, shuffle, rng):  # type: ignore[no-untyped-def]
    """Draw the batches as `core.lines.gradient_descent.descend` does, and average their x²."""
    n_batches = (x.size + batch_size - 1) // batch_size
    curvatures = np.empty((n_epochs, n_batches))
    order = np.arange(x.size)
    for epoch in range(n_epochs):
        if shuffle:
            order = permutation(rng, x.size)
        for k in range(n_batches):
            batch = order[k * batch_size : (k + 1) * batch_size]
            a = 0.0
            for i in batch:
                a += x[i] * x[i]
            curvatures[epoch, k] = a / batch.size
    return curvatures


@njit(cache=True, nogil=True)
def runs_away(curvatures, learning_rate):  # type: ignore[no-untyped-def]
    """Tell whether the factors multiply to 1 over the run, or to 1,000 over any stretch of it."""
    whole = 1.0
    stretch = 1.0  # the largest product of a stretch that ends here
    for a in curvatures.flat:
        size = abs(1 - 2 * learning_rate * a)
        whole *= size
        stretch = max(1.0, stretch * size)
        if stretch >= LONGEST_SWING:
            return True
    return whole > 1 - 1e-9  # 1, but for rounding


def _log_factor(a: NDArray[np.float64], learning_rate: float) -> float:
    """The logarithm of the size of an epoch's product, averaged over the epochs."""
    with np.errstate(divide="ignore", over="ignore"):
        sizes = np.minimum(np.abs(1 - 2 * learning_rate * a), 1e300)
        return float(np.log(sizes).sum(axis=1).mean())


def _creeping_limit(a: NDArray[np.float64], n_epochs: int) -> float:
    """The rate below which more than `CREEPING` of the start is left, by bisection."""
    low, high = 0.0, float(1 / (2 * a.max()))  # at high, a factor is 0 and nothing is left
    for _ in range(50):
        middle = (low + high) / 2
        if _log_factor(a, middle) * n_epochs > np.log(CREEPING):
            low = middle
        else:
            high = middle
    return high


def _edges(a: NDArray[np.float64]) -> list[float]:
    """The rates where runs begin to diverge, cease to, begin again…; the last time for good."""
    first, last = 1 / a.max(), min(1 / a[a >= FLAT].min(), 1e300)  # from last on, no factor shrinks
    n_rates = 2 + int(100 * (np.log(last) - np.log(first)))  # one percent apart
    rates = [*np.geomspace(first, last, n_rates), 1.01 * last]
    edges: list[float] = []
    diverging, low = False, rates[0]
    for rate in rates:
        if runs_away(a, rate) != diverging:
            edges.append(_edge(a, low, rate, diverging))
            diverging = not diverging
        low = rate
    return edges


def _edge(a: NDArray[np.float64], low: float, high: float, before: bool) -> float:
    """The rate between `low` and `high` where `runs_away` changes from `before`, by bisection."""
    while (middle := (low + high) / 2) not in (low, high):
        if runs_away(a, middle) == before:
            low = middle
        else:
            high = middle
    return float(high)
