"""How far a run is right now, as the worker tells it several times a second."""

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

TOPIC = "neuron-ladder"
"""The topic of Dask's events under which workers tell."""


@dataclass(frozen=True)
class Point:
    """Loss and accuracy in the middle of an epoch, each on the first images of its set."""

    epoch: float
    """2.5 is half-way through the third."""
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float


@dataclass(frozen=True)
class Live:
    """The newest that a worker told about a run."""

    run: str
    attempt: int
    stage: str
    """"pictures" while they are made, "learning" after that."""
    epoch: float = 0.0
    """Epochs done, with the share of the one under way."""
    done: int = 0
    """Of what the stage counts: chunks of pictures, or updates of the whole run."""
    total: int = 1
    images_per_second: float | None = None
    seconds_left: float | None = None
    loss: float | None = None
    """The recipe's loss, averaged over the epoch under way."""
    points: tuple[Point, ...] = ()
    """Measured in the epoch under way."""
    first_layer: npt.NDArray[np.uint8] | None = None
    """Weights of the first units, (n, h, w): 128 is zero, 0 and 255 the strongest of its unit."""
    trouble: tuple[str, dict[str, str]] | None = None
    """What keeps the worker from storing the last epoch: a sentence and its values."""


def to_message(live: Live) -> dict[str, Any]:
    """Make a message of plain values that Dask can send.

    Examples
    --------
    >>> message = to_message(Live("r", 1, "learning", points=(Point(0.5, 1, 0.2, 1, 0.3),)))
    >>> from_message(message).points[0].epoch
    0.5
    """
    message = {field.name: getattr(live, field.name) for field in fields(live)}
    message["points"] = [asdict(point) for point in live.points]
    if live.first_layer is not None:
        message["first_layer"] = live.first_layer.shape, live.first_layer.tobytes()
    return message


def from_message(message: dict[str, Any]) -> Live:
    """Read a message that `to_message` made.

    Examples
    --------
    >>> picture = np.full((1, 28, 28), 128, np.uint8)
    >>> from_message(to_message(Live("r", 1, "learning", first_layer=picture))).first_layer.shape
    (1, 28, 28)
    """
    values = {field.name: message[field.name] for field in fields(Live)}  # Dask adds its own
    values["points"] = tuple(Point(**point) for point in values["points"])
    if values["first_layer"] is not None:
        shape, pixels = values["first_layer"]
        values["first_layer"] = np.frombuffer(pixels, np.uint8).reshape(shape)
    if values["trouble"] is not None:
        values["trouble"] = tuple(values["trouble"])
    return Live(**values)


def pictures(weight: npt.NDArray[np.float32], n_units: int = 16) -> npt.NDArray[np.uint8]:
    """Show what the first units of the first layer look for.

    Parameters
    ----------
    weight : ndarray of float32
        (n_neurons, 784), or of a convolution (n_channels, 1, side, side).
    n_units : int
        At most so many.

    Returns
    -------
    ndarray of uint8
        (n, 28, 28), or (n, side, side): 128 is zero, 0 and 255 are the unit's strongest weight.

    Examples
    --------
    >>> weight = np.zeros((1, 784), np.float32)
    >>> weight[0, :2] = 0.5, -0.25
    >>> pictures(weight)[0, 0, :3].tolist()
    [255, 64, 128]
    """
    side = math.isqrt(weight[0].size)
    units = weight[:n_units].reshape(-1, side, side)
    strongest = np.abs(units).max(axis=(1, 2), keepdims=True)
    scaled = units / np.where(strongest > 0, strongest, 1)
    return np.clip(np.rint(128 + 127.5 * scaled), 0, 255).astype(np.uint8)
