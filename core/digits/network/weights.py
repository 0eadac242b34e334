"""The weights and biases of a network: an array each, by its name."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Weights = Mapping[str, npt.NDArray[np.float32]]
"""Weights and biases by the names that torch gives them in `core.digits.train.torch_network`."""


def layer_names(weights: Weights) -> list[tuple[str, str]]:
    """Give the names of every layer's weight and bias, in order.

    Examples
    --------
    >>> layer_names({"10.weight": 0, "10.bias": 0, "8.weight": 0, "8.bias": 0})
    [('8.weight', '8.bias'), ('10.weight', '10.bias')]
    """
    names = [name for name in weights if name.endswith(".weight")]
    ordered = sorted(names, key=lambda name: int(name.split(".")[0]))
    return [(name, name.replace("weight", "bias")) for name in ordered]


def parameter_names(layer: int) -> tuple[str, str]:
    """Give the names of a dense network's layer: its weight and its bias.

    In `core.digits.train.torch_network` module 0 flattens the image, and a linear module and an
    activation function take turns after it.

    Examples
    --------
    >>> parameter_names(0), parameter_names(1)
    (('1.weight', '1.bias'), ('3.weight', '3.bias'))
    """
    return f"{2 * layer + 1}.weight", f"{2 * layer + 1}.bias"


def is_convolutional(weights: Weights) -> bool:
    """Tell whether these are the weights of a network that begins with a convolution."""
    return weights["1.weight"].ndim == 4
