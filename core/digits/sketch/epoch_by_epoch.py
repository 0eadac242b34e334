"""One drawing, judged by a network as it was after each epoch of its training.

The judging needs no torch: an epoch's weights are a few small matrices. Training them does, and is
left to `core.digits.train`.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.digits.mnist import Digits
from core.digits.network.forward import dense_logits
from core.digits.network.temperature import softmax
from core.digits.network.weights import Weights
from core.digits.recipe import Recipe

N_IMAGES = 5_000
"""Images to learn from: few, so that an epoch is short and the first ones are still often wrong."""

RECIPE = Recipe(
    "watched",
    "cross_entropy",
    "adam",
    0.001,
    batch_size=100,
    n_epochs=30,
    schedule="cosine",
    distortion=0.1,
    n_validation=500,
    layer_sizes=(784, 64, 64, 64, 10),
)
"""The modern recipe, for a smaller network and a run of some seconds."""


def some_digits(train_digits: Digits, n_images: int = N_IMAGES) -> Digits:
    """Take the first images: so many to learn from, and those that `RECIPE` holds out.

    Examples
    --------
    >>> from core.digits import mnist
    >>> len(some_digits(mnist.load("train")).labels)
    5500
    """
    n = n_images + RECIPE.n_validation
    return Digits(train_digits.images[:n], train_digits.labels[:n])


def judge(pixels: npt.NDArray[np.float32], epochs: Sequence[Weights]) -> npt.NDArray[np.float64]:
    """Let a network read one picture as it would have after each epoch.

    Parameters
    ----------
    pixels : ndarray of float32
        (28, 28), from 0 (paper) to 1 (ink).
    epochs : sequence of Weights
        The network's weights and biases, after the first epoch, the second, …

    Returns
    -------
    ndarray
        (n_epochs, 10) probabilities, each row with sum 1; at temperature 1, as it was trained.

    Examples
    --------
    >>> nothing_learned = {"1.weight": np.zeros((10, 784)), "1.bias": np.zeros(10)}
    >>> judge(np.zeros((28, 28)), [nothing_learned])[0, :3]
    array([0.1, 0.1, 0.1])
    """
    logits = [dense_logits(pixels[None], weights)[0] for weights in epochs]
    return softmax(np.reshape(logits, (len(epochs), 10)))


def first_right(probabilities: npt.ArrayLike, digit: int) -> int | None:
    """Give the first epoch after which the likeliest digit is `digit`; None if there is none.

    Examples
    --------
    >>> first_right(np.eye(10)[[3, 7, 3, 7]], 7)
    2
    """
    right = np.argmax(probabilities, axis=1) == digit
    return int(np.argmax(right)) + 1 if right.any() else None


def right_since(probabilities: npt.ArrayLike, digit: int) -> int | None:
    """Give the first epoch of those at the end that are all right; None if the last is wrong.

    Examples
    --------
    >>> right_since(np.eye(10)[[3, 7, 3, 7]], 7)
    4
    """
    wrong = np.argmax(probabilities, axis=1) != digit
    if wrong.size == 0 or wrong[-1]:
        return None
    return int(wrong.size - np.argmax(wrong[::-1]) + 1) if wrong.any() else 1
