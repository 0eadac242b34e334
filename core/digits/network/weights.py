"""The weights and biases of a network: an array each, by its name."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Weights = Mapping[str, npt.NDArray[np.float32]]
"""Weights and biases by the names that torch gives them in `core.digits.train.torch_network`."""

CONVOLUTIONS = ("1", "4")
"""The convolutions' names in `core.digits.train.torch_network`."""


def parameter_names(layer: int) -> tuple[str, str]:
    """Give the names of a layer's weight and bias in `core.digits.train.torch_network`.

    There, module 0 flattens the image, and a linear module and an activation function take turns
    after it.

    Examples
    --------
    >>> parameter_names(0), parameter_names(1)
    (('1.weight', '1.bias'), ('3.weight', '3.bias'))
    """
    return f"{2 * layer + 1}.weight", f"{2 * layer + 1}.bias"
