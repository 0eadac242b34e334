r"""Many starts: the same network trained from many random starts, to see where chance leads.

The loss of a network is a landscape with plateaus. Gradient descent goes down from where it
starts, and some starts lead onto one: the network has learned one step of the data, and a neuron
that the others need is saturated on all samples, so that its slope, and with it the gradient, is
almost 0. A plateau is no minimum. The way leads on downwards, only very slowly: of the four of the
defaults' fifty starts that are stuck after 20,000 epochs, one has found the curve after 50,000 and
three after 500,000.

Start i is the run with the seed ``config.seed + i`` and nothing else changed, so each of them can
be trained again by itself and is then the same run, to the last bit.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.curves import mlp
from core.datasets import as_samples
from core.history import History
from core.hyperparameters import check_counts, count_batches

UNEXPLAINED = 0.2
"""A start is stuck only if its loss is more than this share of the variance of y."""

TIMES_THE_BEST = 2.0
"""A start is stuck only if its loss is more than this many times that of the best start."""


@dataclass(frozen=True, eq=False)
class ManyStarts:
    """Where many starts ended.

    A start is **stuck** if its loss at the end is above `threshold`, the larger of

    - a fifth of the variance of y. The variance is the loss of the best constant answer, so a
      stuck network leaves more than a fifth of what there is to learn unexplained. Among the
      fifty points of :func:`core.datasets.two_steps`, missing the smallest step leaves 27 % of it,
      learning only one step leaves 57 %, missing none next to nothing;
    - twice the loss of the best start. Where no start has got anywhere, after few epochs or with
      few neurons, none of them is stuck.

    The loss alone cannot tell whether more epochs will free it; most often they do, see
    `flattest_neuron`.
    """

    seeds: NDArray[np.int64]
    """The seed of each start, shape (n_starts,)."""
    losses: NDArray[np.float64]
    """After the last epoch, over all samples, shape (n_starts,)."""
    params: NDArray[np.float64]
    """After the last epoch, shape (n_starts, n_params)."""
    threshold: float
    """The loss above which a start is stuck."""

    @property
    def is_stuck(self) -> NDArray[np.bool_]:
        """Which starts are stuck, shape (n_starts,)."""
        return np.asarray(self.losses > self.threshold)


def flattest_neuron(x: ArrayLike, params: ArrayLike) -> float:
    r"""Return how steep the network's most saturated hidden neuron still is.

    A neuron's slope on a sample is :math:`a_j (1 - a_j)`, 0.25 at most. Where the steepest of these
    over all samples is near 0, the neuron gives nearly the same everywhere and learns hardly
    anything. This is the smallest of the neurons' steepest slopes.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    params : array_like of float, shape (n_params,)
        One network's parameters.

    Examples
    --------
    The first neuron is steepest at x = 0, the second gives σ(9) everywhere:

    >>> round(flattest_neuron([0, 1], [5, 0, 0, 9, 1, 1, 0]), 6)
    0.000123
    """
    a = mlp.hidden_outputs(x, params)
    return float((a * (1 - a)).max(axis=0).min())


def train_many(x: ArrayLike, y: ArrayLike, config: mlp.Config, n_starts: int = 50) -> ManyStarts:
    """Train the network from `n_starts` starts, on all cores at once.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.
    config : mlp.Config
        The hyperparameters; start i has the seed ``config.seed + i``.
    n_starts : int, default=50
        How many starts, at least 1.

    Returns
    -------
    ManyStarts

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite, or there are no starts.

    Examples
    --------
    >>> from core.datasets import two_steps
    >>> starts = train_many(*two_steps(), mlp.Config(), 5)
    >>> starts.losses.round(3)
    array([0.   , 0.   , 0.   , 0.069, 0.   ])
    >>> starts.seeds[starts.is_stuck]
    array([3])
    """
    check_counts(n_starts=n_starts)
    x, y = as_samples(x, y)
    n_batches = count_batches(x.size, config.batch_size)
    ends = replace(config, record_every=config.n_epochs * n_batches)
    seeds = config.seed + np.arange(n_starts)

    def run(seed: int) -> History:
        return mlp.train(x, y, replace(ends, seed=seed))

    # The compiled loop lets go of Python's lock, so threads share the cores.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        histories = list(pool.map(run, seeds.tolist()))
    losses = np.array([history.loss[-1] for history in histories])
    return ManyStarts(
        seeds=seeds,
        losses=losses,
        params=np.array([history.params[-1] for history in histories]),
        threshold=max(UNEXPLAINED * float(y.var()), TIMES_THE_BEST * float(losses.min())),
    )
