"""Train the network on MNIST, one record per epoch.

From the command line::

    python -m core.digits.train --preset modern --out build/models/modern
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.digits.mnist import Digits
    from core.digits.recipe import Recipe
    from core.digits.train.progress import Epoch

__all__ = ["train"]


def train(recipe: "Recipe", train_digits: "Digits", test_digits: "Digits") -> "Iterator[Epoch]":
    """Train a network, one epoch per step of the iterator; stop asking, and the training stops.

    Parameters
    ----------
    recipe, train_digits, test_digits
        As `Training` takes them.

    Yields
    ------
    Epoch
        One after each pass through the training images.

    Raises
    ------
    InputError
        If holding out `recipe.n_validation` images leaves none to learn from.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.recipe import ARTICLE
    >>> digits = mnist.load("test")
    >>> first = next(train(ARTICLE, digits, digits))
    >>> first.epoch, round(first.loss, 1)
    (1, 0.1)
    """
    from core.digits.train.loop import Training, epochs  # torch: who trains waits for it

    return epochs(Training(recipe, train_digits, test_digits))
