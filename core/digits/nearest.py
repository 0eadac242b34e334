"""The training images that a network finds most alike to a picture.

Two pictures are alike for the network if its last hidden layer says nearly the same about both:
then it cannot but give nearly the same scores. Alike is what is near, by Euclidean distance.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.digits.activations import Floats, is_convolutional
from core.digits.mnist import Digits
from core.digits.trained import Model, convolutional_layers, dense_layers
from core.messages import N_, InputError

AT_A_TIME = {"dense": 1000, "convolutional": 32}
"""Images; what the layers compute should stay in the processor's cache."""

MOST = {"dense": 60_000, "convolutional": 5_000}
"""Images to compare with: the convolutional network takes far longer over each."""


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
        Of all those images, or of evenly spread ones if they are more than `MOST`.

    Examples
    --------
    >>> from core.digits import mnist, models
    >>> model = models.read_model(models.FOLDER / "modern.safetensors")
    >>> some = Digits(*(part[:6000] for part in mnist.load("train")))
    >>> near = neighbourhood(model, some).nearest(some.images[0] / np.float32(255))
    >>> near[0].number, [neighbour.label for neighbour in near]
    (0, [5, 5, 5])
    """
    n_held_out = model.card.recipe.get("n_validation", 0)
    n_learned = len(digits.labels) - (n_held_out if isinstance(n_held_out, int) else 0)
    step = -(-n_learned // MOST[model.card.network])  # rounded up
    indices = np.arange(0, n_learned, step, dtype=np.int32)
    batches = np.array_split(indices, -(-len(indices) // AT_A_TIME[model.card.network]))
    hidden = np.concatenate(
        [last_hidden(model, np.float32(1 / 255) * digits.images[batch]) for batch in batches]
    )
    squares = np.asarray(np.square(hidden).sum(axis=1), np.float32)
    labels = digits.labels[indices]
    for array in (indices, labels, hidden, squares):
        array.flags.writeable = False
    return Neighbourhood(model, indices, labels, hidden, squares)


def last_hidden(model: Model, images: Floats) -> Floats:
    """Give what the last hidden layer says about images (n, 28, 28); (n, n_units)."""
    run = convolutional_layers if is_convolutional(model) else dense_layers
    return run(images, model.weights)[-2]
