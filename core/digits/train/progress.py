"""What a training tells: how far it is after an update, and what it has reached in an epoch."""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class TrainingProgress:
    """How far a training has come."""

    stage: Literal["pictures", "learning"]
    """While pictures are made, the fields after `total` tell of no learning yet."""
    done: int
    """Pictures made, or updates of the whole training."""
    total: int
    """What `done` will be at the end."""
    epoch: int
    """The epoch under way, 1 for the first."""
    images: int
    """Images learned from in this epoch."""
    n_images: int
    """Images of every epoch."""
    loss: float | None
    """The recipe's loss, averaged over this epoch's images as they were learned."""
    seconds: float
    """Time that learning has taken; making pictures and measuring are not counted."""


@dataclass(frozen=True)
class Epoch:
    """What the training has reached after an epoch; all its numbers are finite."""

    epoch: int
    """1 for the first."""
    images: int
    """Images learned from in all epochs so far."""
    loss: float
    """The recipe's loss, averaged over the epoch's images as they were learned."""
    train_loss: float
    """The same of the first 5,000 training images, undistorted, after the epoch."""
    train_accuracy: float
    """On the same images; from 0 to 1."""
    validation_accuracy: float
    """On the held-out images, after the epoch; it chooses the best epoch."""
    test_loss: float
    """On the test images, as `test_accuracy`: for the reader only, they decide nothing."""
    test_accuracy: float
    seconds: float
    """Time that learning has taken in all epochs so far; measuring is not counted."""
    weights: dict[str, npt.NDArray[np.float32]]
    """A copy of the network's parameters after the epoch, by their torch names."""


class Measure(NamedTuple):
    """How well a network does on some training and test images."""

    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float


def all_finite(epoch: Epoch) -> bool:
    """Say whether all that an epoch has reached is a finite number."""
    numbers = (epoch.loss, epoch.train_loss, epoch.test_loss)
    arrays = epoch.weights.values()
    return all(map(math.isfinite, numbers)) and all(np.isfinite(array).all() for array in arrays)
