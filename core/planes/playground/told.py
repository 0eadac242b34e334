r"""What can be told beforehand of a learning rate on the Playground, and where nothing can.

Without a hidden layer the loss is a bowl. For a number it is a paraboloid, and each of its axes
goes its own way: against the slope with rate η, the distance along an axis of curvature h is
multiplied by 1 − ηh at each step. So the full batch settles below 2/h of the steepest axis, and
explodes above it; with momentum β below 2 (1 + β)/h. For classes the curvature changes from place
to place, but is nowhere above a half of that of the inputs (a quarter with one sigmoid): below 2
over it no step of the full batch raises the loss.

With a hidden layer the curvature has no limit that could be told from the samples: nobody knows.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.hyperparameters import size_of_batch
from core.planes.playground import network as net
from core.planes.playground.lesson import Config
from core.planes.points import as_points

Kind = Literal["exact", "safe", "hidden layers", "batches", "adam", "momentum", "others"]
"""*exact*: above the limit a run explodes, below it settles. *safe*: below it no step raises the
loss. Else nothing is known, because of the hidden layers, of smaller batches, of Adam, of momentum
on a loss that is no paraboloid, or of a changing rate, L1, L2 or dropout."""

MOMENTUM = 0.9

CURVATURE = {"binary_cross_entropy": 0.25, "cross_entropy": 0.5, "mean_squared_error": 2.0}
"""The most that a loss curves along an output's sum."""


class Told(NamedTuple):
    """The limit of the learning rate, if one is known."""

    limit: float | None
    kind: Kind


def told(x: ArrayLike, config: Config) -> Told:
    """Return up to which learning rate a run with these samples is well-behaved.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Both coordinates of each point.
    config : Config
        The hyperparameters; its own learning rate does not matter.

    Returns
    -------
    Told

    Examples
    --------
    Four corners of a square around 0: the mean of (x₁, x₂, 1)ᵀ (x₁, x₂, 1) is the identity, and
    the squared error curves twice as much.

    >>> corners = [[1, 1], [1, -1], [-1, 1], [-1, -1]]
    >>> told(corners, Config(hidden_sizes=(), loss="mean_squared_error", batch_size=None))
    Told(limit=1.0, kind='exact')
    >>> told(corners, Config(hidden_sizes=(), batch_size=None))
    Told(limit=8.0, kind='safe')
    >>> told(corners, Config(batch_size=None))
    Told(limit=None, kind='hidden layers')
    """
    x, _ = as_points(x, np.zeros(len(np.atleast_1d(x))))
    if config.hidden_sizes:
        return Told(None, "hidden layers")
    if size_of_batch(config.batch_size, len(x)) < len(x):
        return Told(None, "batches")
    if config.optimiser == "adam":
        return Told(None, "adam")
    if config.l1 > 0 or config.l2 > 0 or config.schedule != "constant":
        return Told(None, "others")
    columns = np.column_stack([net.features(x, config.inputs), np.ones(len(x))])
    steepest = CURVATURE[config.loss] * float(np.linalg.norm(columns.T @ columns / len(x), 2))
    if config.loss == "mean_squared_error":
        beta = MOMENTUM if config.optimiser == "momentum" else 0.0
        return Told(2 * (1 + beta) / steepest, "exact")
    if config.optimiser == "momentum":
        return Told(None, "momentum")
    return Told(2 / steepest, "safe")
