"""Kernels made by hand: each finds, or does, something that one can say in a word."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.digits.convolution.sliding import Picture, convolve, relu
from core.digits.network.model import Model
from core.messages import N_, require

SIDE = 3
"""Of the kernels that can be looked at here, in pixels."""

LARGEST = 9.0
"""No weight of a kernel of one's own is farther from 0."""

BY_HAND: dict[str, Picture] = {
    name: np.array(weights, np.float32)
    for name, weights in {
        "left": [[-1, 0, 1]] * 3,
        "top": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
        "diagonal": [[-1, -1, 2], [-1, 2, -1], [2, -1, -1]],
        "outline": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "blur": [[1 / 9] * 3] * 3,
    }.items()
}
"""By what they find in light ink on dark paper: the left edge of a stroke, its upper edge, strokes
that rise to the right, any edge; or by what they make of the picture."""

OWN = "own"
"""The name of the reader's own kernel."""


class Channel(NamedTuple):
    """A kernel that slides over a picture, and its bias."""

    name: str
    kernel: Picture
    bias: float = 0.0


def learned(model: Model) -> list[Channel]:
    """Return the channels of a convolutional network's first layer; each is called by its number.

    Parameters
    ----------
    model : Model
        Its kernels are `SIDE` × `SIDE`.

    Examples
    --------
    >>> from core.digits.network import files
    >>> channels = learned(files.read_model(files.FOLDER / "cnn.safetensors"))
    >>> len(channels), channels[3].name, channels[3].kernel.shape
    (16, '3', (3, 3))
    """
    weights, biases = (model.weights[f"1.{name}"] for name in ("weight", "bias"))
    return [
        Channel(str(number), kernel[0], float(bias))
        for number, (kernel, bias) in enumerate(zip(weights, biases, strict=True))
    ]


def read_kernel(text: str) -> Picture:
    """Read a kernel of one's own: nine numbers, row by row, with commas between them.

    Parameters
    ----------
    text : str
        As a link has it.

    Returns
    -------
    ndarray
        (3, 3)

    Raises
    ------
    InputError
        If there are not nine numbers, or one is not from −9 to 9.

    Examples
    --------
    >>> read_kernel("0,0,0,0,1,0,0,0,0")[1].tolist()
    [0.0, 1.0, 0.0]
    >>> read_kernel("1,2,3")
    Traceback (most recent call last):
    core.messages.InputError: A kernel is nine numbers from −9 to 9, row by row.
    """
    try:
        numbers = [float(one) for one in text.split(",")]
    except ValueError:
        numbers = []
    return as_kernel(numbers)


def as_kernel(numbers: Sequence[float]) -> Picture:
    """Make a kernel of nine numbers, or raise the InputError of `read_kernel`."""
    require(
        len(numbers) == 9 and all(abs(weight) <= LARGEST for weight in numbers),
        N_("A kernel is nine numbers from −9 to 9, row by row."),
    )
    return np.array(numbers, np.float32).reshape(3, 3)


def write_kernel(kernel: Picture) -> str:
    """Write a kernel as `read_kernel` reads it, to three decimals.

    Examples
    --------
    >>> write_kernel(BY_HAND["blur"])
    '0.111,0.111,0.111,0.111,0.111,0.111,0.111,0.111,0.111'
    """
    return ",".join(f"{weight:.3f}".rstrip("0").rstrip(".") for weight in kernel.ravel() + 0.0)


def response(kernel: Picture, stroke: str) -> float:
    """Return the most that a kernel finds, after ReLU, along a stroke without ends.

    Parameters
    ----------
    kernel : ndarray
        (3, 3)
    stroke : {"vertical", "horizontal"}
        Three pixels wide.

    Examples
    --------
    >>> response(BY_HAND["left"], "vertical"), response(BY_HAND["left"], "horizontal")
    (3.0, 0.0)
    """
    bar = np.zeros((11, 11), np.float32)
    bar[:, 4:7] = 1
    found = relu(convolve(bar if stroke == "vertical" else bar.T, kernel, padding=0))
    return float(found.max())
