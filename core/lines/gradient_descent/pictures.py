"""Loss curves that a question shows: two passes over the same samples, batches of three sizes."""

import functools

import numpy as np
from numpy.typing import NDArray

from core.datasets import noisy_line
from core.lines.gradient_descent.lesson import Config, train

N_EPOCHS = 2
"""Passes of each run."""

SIZES = {"one": 1, "ten": 10, "all": 100}
"""Samples in a batch, by the picture's name."""


@functools.cache
def pictures() -> dict[str, NDArray[np.float64]]:
    """Return the losses of each run, over the samples seen.

    Returns
    -------
    dict of str to ndarray of float, shape (201,)

    Examples
    --------
    Ten single samples change the loss ten times, a batch of ten once:

    >>> losses = pictures()
    >>> {name: np.unique(curve[:11]).size for name, curve in losses.items()}
    {'one': 11, 'ten': 2, 'all': 1}
    """
    x, y = noisy_line()
    seen = np.arange(N_EPOCHS * x.size + 1)
    losses = {}
    for name, size in SIZES.items():
        history = train(x, y, Config(batch_size=size, n_epochs=N_EPOCHS, record_every=1))
        losses[name] = history.loss[seen // size]
    return losses
