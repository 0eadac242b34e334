r"""The functions between a network's layers, each with its slope: for whole layers at once.

All four tell their slope from what they gave, so nothing else need be kept of a forward pass:

.. math:: \tanh' = 1 - \tanh^2 \qquad \sigma' = \sigma (1 - \sigma)

`core.curves.activations.functions` draws the same functions, and more of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LEAK = 0.01
"""The slope of leaky ReLU left of 0, PyTorch's default."""

FLAT = 0.05
"""A unit is saturated where its slope is at most this share of the steepest."""


@dataclass(frozen=True)
class ActivationFunction:
    """What a hidden unit does to its sum, and how steep it is there."""

    function: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    """Of the function, by what it gave."""
    is_straight: bool
    """Whether it is made of straight pieces; if not, it is a curve with two flat ends."""
    steepest: float = 1.0
    middle: float = 0.0
    """What lies between its ends, or on its kink."""

    def is_saturated(self, outputs: Floats) -> npt.NDArray[np.bool_]:
        """Tell where hardly any gradient comes back through units with these outputs.

        Examples
        --------
        >>> ACTIVATION_FUNCTIONS["relu"].is_saturated(np.array([0.0, 0.1, 9])).tolist()
        [True, False, False]
        >>> ACTIVATION_FUNCTIONS["tanh"].is_saturated(np.array([-0.99, 0, 0.9])).tolist()
        [True, False, False]
        """
        return np.asarray(self.slope(outputs) <= FLAT * self.steepest)


def relu(x: Floats) -> Floats:
    """Return max(0, x).

    Examples
    --------
    >>> relu(np.array([-2.0, 3]))
    array([0., 3.])
    """
    return np.maximum(x, 0)


def relu_slope(outputs: Floats) -> Floats:
    """Return 1 where ReLU gave more than 0, and 0 elsewhere."""
    return np.asarray(outputs > 0, outputs.dtype)


def leaky_relu(x: Floats) -> Floats:
    """Return x, or a hundredth of it where it is below 0.

    Examples
    --------
    >>> leaky_relu(np.array([-2.0, 3]))
    array([-0.02,  3.  ])
    """
    return np.asarray(np.maximum(x, LEAK * x))


def leaky_relu_slope(outputs: Floats) -> Floats:
    """Return 1 where leaky ReLU gave more than 0, and a hundredth elsewhere."""
    return np.asarray(np.where(outputs > 0, 1, LEAK), outputs.dtype)


def tanh(x: Floats) -> Floats:
    """Return the hyperbolic tangent, between −1 and 1."""
    return np.asarray(np.tanh(x))


def tanh_slope(outputs: Floats) -> Floats:
    """Return 1 − tanh².

    Examples
    --------
    >>> tanh_slope(np.array([0, 0.5]))
    array([1.  , 0.75])
    """
    return np.asarray(1 - np.square(outputs))


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + e⁻ˣ), between 0 and 1; as (1 + tanh(x/2)) / 2, in which nothing overflows.

    Examples
    --------
    >>> sigmoid(np.array([0, np.log(3), 1000.0]))
    array([0.5 , 0.75, 1.  ])
    """
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * x))


def sigmoid_slope(outputs: Floats) -> Floats:
    """Return σ (1 − σ), at most ¼.

    Examples
    --------
    >>> sigmoid_slope(np.array([0.5, 1]))
    array([0.25, 0.  ])
    """
    return outputs * (1 - outputs)


ACTIVATION_FUNCTIONS = {
    "relu": ActivationFunction(relu, relu_slope, is_straight=True),
    "leaky_relu": ActivationFunction(leaky_relu, leaky_relu_slope, is_straight=True),
    "tanh": ActivationFunction(tanh, tanh_slope, is_straight=False),
    "sigmoid": ActivationFunction(
        sigmoid, sigmoid_slope, is_straight=False, steepest=0.25, middle=0.5
    ),
}
"""By the name that a recipe and a model card call them."""
