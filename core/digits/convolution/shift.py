"""A drawing moved to the side: what becomes of a channel's map, and of the networks' answers."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.digits.convolution.sliding import Picture
from core.digits.network.model import Model
from core.digits.network.temperature import softmax

FARTHEST = 8
"""Pixels to either side that a drawing can be moved by."""

SHIFTS = tuple(range(-FARTHEST, FARTHEST + 1))


def moved(picture: Picture, right: int) -> Picture:
    """Move a picture by pixels to the right, below 0 to the left; paper follows, ink falls off.

    Examples
    --------
    >>> moved(np.array([[1.0, 2, 3]]), 1).tolist(), moved(np.array([[1.0, 2, 3]]), -2).tolist()
    ([[0.0, 1.0, 2.0]], [[3.0, 0.0, 0.0]])
    """
    wide = np.pad(picture, ((0, 0), (FARTHEST, FARTHEST)))
    start = FARTHEST - right
    return wide[:, start : start + picture.shape[1]]


def ink_lost(picture: Picture, right: int) -> float:
    """Return the share of the ink that falls off the picture when it is moved.

    Examples
    --------
    >>> ink_lost(np.array([[1.0, 2, 1]]), 1)
    0.25
    """
    left = moved(picture, right).sum(dtype=np.float64) / (picture.sum(dtype=np.float64) or 1.0)
    return max(0.0, 1 - float(left)) if picture.any() else 0.0


class Reading(NamedTuple):
    """What a network reads in a drawing at each of `SHIFTS`."""

    probabilities: npt.NDArray[np.float64]
    """(17, 10)"""

    def at(self, right: int) -> int:
        """Return the likeliest digit of the drawing moved so far."""
        return int(self.probabilities[SHIFTS.index(right)].argmax())

    def reach(self, digit: int) -> int:
        """Return how far one can move the drawing to both sides while it is read as `digit`.

        Returns
        -------
        int
            −1 if it is read as another where it stands.
        """
        right = self.probabilities.argmax(axis=1) == digit
        both = right[FARTHEST:] & right[FARTHEST::-1]  # by 0, 1, … pixels, to the right and left
        return int(both.size if both.all() else both.argmin()) - 1


def read_moved(model: Model, picture: Picture) -> Reading:
    """Let a network read a drawing at each of `SHIFTS`.

    Parameters
    ----------
    model : Model
    picture : ndarray of float32
        (28, 28), from 0 (paper) to 1 (ink).

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "article.safetensors")
    >>> reading = read_moved(model, mnist.load("test").pixels()[0])
    >>> reading.at(0), reading.reach(7)
    (7, 3)
    """
    pictures = np.stack([moved(picture, right) for right in SHIFTS]).astype(np.float32)
    return Reading(softmax(model.scores(pictures), model.card.temperature))


def switched(model: Model, before: Picture, after: Picture) -> tuple[int, int]:
    """Count the units of a network's first layer that are above 0 for one picture alone.

    Returns
    -------
    n_switched, n_units : int

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "sketch.safetensors")
    >>> seven = mnist.load("test").pixels()[0]
    >>> switched(model, seven, seven), switched(model, seven, moved(seven, 4))
    ((0, 200), (65, 200))
    """
    first = model.layers(np.stack([before, after]).astype(np.float32))[1].reshape(2, -1) > 0
    return int((first[0] != first[1]).sum()), first.shape[1]


def moved_by(before: Picture, after: Picture) -> int | None:
    """Return by how many pixels to the right a map has moved; None if it has become another one.

    The columns near the sides are passed over: what comes in there was not in the picture before.

    Examples
    --------
    >>> a = np.zeros((28, 28), np.float32)
    >>> a[10, 12] = 1
    >>> moved_by(a, moved(a, 3)), moved_by(a, a + 1)
    (3, None)
    """
    sides = slice(FARTHEST + 1, -FARTHEST - 1)
    for right in sorted(SHIFTS, key=abs):
        if np.allclose(moved(before, right)[:, sides], after[:, sides], atol=1e-5):
            return right
    return None
