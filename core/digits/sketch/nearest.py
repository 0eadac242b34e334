"""The training images that a network finds most alike to a picture.

Two pictures are alike for the network if its last hidden layer says nearly the same about both:
then it cannot but give nearly the same scores. Alike is what is near, by Euclidean distance.

A network without a hidden layer has nothing but the pixels: there the pictures themselves are
compared. Where the last maps of a convolutional one are all that the scores read, they are.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.digits.mnist import Digits
from core.digits.network.activation import Floats
from core.digits.network.forward import AT_A_TIME, DENSE_AT_A_TIME, flat
from core.digits.network.model import Model
from core.digits.network.weights import layer_names
from core.messages import N_, InputError

MOST, MOST_WITH_MAPS = 60_000, 5_000
"""Images to compare with: a convolutional network takes far longer over each."""

MOST_NUMBERS = 16_000_000
"""Of the last hidden layer in all, 64 MB: a wide one is compared on fewer images."""


class Neighbour(NamedTuple):
    """A training image near a picture."""

    number: int
    """Its number among the training images."""
    label: int
    distance: float


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """What a network's last hidden layer says about the training images; the arrays are read-only.

    It never changes, so threads may share it.
    """

    model: Model
    indices: npt.NDArray[np.int32]
    """(n,) the images' numbers."""
    labels: npt.NDArray[np.uint8]
    """(n,)"""
    hidden: Floats
    """(n, n_units)"""
    squares: Floats
    """(n,) the squared lengths of the rows of `hidden`."""

    def nearest(self, pixels: Floats, n: int = 3) -> list[Neighbour]:
        """Find the training images nearest to a picture.

        Parameters
        ----------
        pixels : ndarray of float32
            (28, 28), from 0 (paper) to 1 (ink).
        n : int, default=3
            How many.

        Returns
        -------
        list of Neighbour
            The nearest first.

        Raises
        ------
        InputError
            If `n` is below 1 or above the number of images.
        """
        if not 1 <= n <= len(self.labels):
            raise InputError(
                N_("The number of neighbours must be from 1 to {most}, not {n}."),
                most=len(self.labels),
                n=n,
            )
        here = last_hidden(self.model, pixels[None])[0]
        squared = self.squares - 2 * (self.hidden @ here)  # less |here|², which is the same for all
        near = np.argpartition(squared, n - 1)[:n]
        distances = np.linalg.norm(self.hidden[near] - here, axis=1)
        return [
            Neighbour(int(self.indices[row]), int(self.labels[row]), float(distance))
            for distance, row in sorted(zip(distances, near, strict=True))
        ]


def neighbourhood(model: Model, digits: Digits) -> Neighbourhood:
    """Run a network on the images that it learned from.

    Parameters
    ----------
    model : Model
        What its card's recipe held out is left out here.
    digits : Digits
        MNIST's training images.

    Returns
    -------
    Neighbourhood
        Of all those images, or of evenly spread ones if they are more than `most_images`.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "modern.safetensors")
    >>> some = Digits(*(part[:6000] for part in mnist.load("train")))
    >>> near = neighbourhood(model, some).nearest(some.images[0] / np.float32(255))
    >>> near[0].number, [neighbour.label for neighbour in near]
    (0, [5, 5, 5])
    """
    n_learned = n_images_learned(model, len(digits.labels))
    step = -(-n_learned // most_images(model))  # rounded up
    indices = np.arange(0, n_learned, step, dtype=np.int32)
    at_a_time = AT_A_TIME if model.card.is_convolutional else DENSE_AT_A_TIME
    hidden = np.concatenate(
        [
            last_hidden(model, np.float32(1 / 255) * digits.images[batch])
            for batch in np.array_split(indices, -(-len(indices) // at_a_time))
        ]
    )
    squares = np.asarray(np.square(hidden).sum(axis=1), np.float32)
    labels = digits.labels[indices]
    for array in (indices, labels, hidden, squares):
        array.flags.writeable = False
    return Neighbourhood(model, indices, labels, hidden, squares)


def n_images_learned(model: Model, n_images: int) -> int:
    """Return how many of MNIST's first `n_images` a network learned from, by its card's recipe."""
    held_out, asked = (model.card.recipe.get(name) for name in ("n_validation", "n_images"))
    n_learned = n_images - (held_out if isinstance(held_out, int) else 0)
    return min(n_learned, asked) if isinstance(asked, int) else n_learned


def most_images(model: Model) -> int:
    """Return how many images a network is compared on at most.

    Examples
    --------
    >>> from core.digits.network import files
    >>> most_images(files.read_model(files.FOLDER / "modern.safetensors"))
    60000
    """
    n_compared = int(model.weights[layer_names(model.weights)[-1][0]].shape[1])
    most = MOST_WITH_MAPS if model.card.is_convolutional else MOST
    return min(most, MOST_NUMBERS // n_compared)


def last_hidden(model: Model, images: Floats) -> Floats:
    """Give what the last hidden layer says about images (n, 28, 28); (n, n_units)."""
    return flat(model.layers(images)[-2])
