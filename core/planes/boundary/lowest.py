"""Where cross-entropy comes to rest: its only lowest point, if no line parts the classes."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.curves.activations.functions import sigmoid, sigmoid_derivative
from core.planes.boundary.lesson import accuracy, errors_of
from core.planes.points import as_points

MAX_STEPS = 100


class Lowest(NamedTuple):
    """The point with the lowest cross-entropy, and what it is worth."""

    weight_1: float
    weight_2: float
    bias: float
    loss: float
    accuracy: float
    """The share of samples on the right side. Another line may get more of them right."""


def lowest_cross_entropy(x: ArrayLike, y: ArrayLike) -> Lowest:
    """Find the parameters with the lowest cross-entropy, by Newton's method.

    The loss is a bowl: each step goes to the lowest point of the paraboloid that fits it where one
    stands, and only half as far, or a quarter, as long as the loss does not fall.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Both inputs of each sample.
    y : array_like of float, shape (n_samples,)
        The classes. No line parts them: else there is no lowest point.

    Returns
    -------
    Lowest

    Examples
    --------
    xor: no answer is better than ½ everywhere, and the loss is ln 2.

    >>> xor = lowest_cross_entropy([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> [round(abs(number), 6) for number in xor[:4]]
    [0.0, 0.0, 0.0, 0.693147]
    """
    x, y = as_points(x, y)
    size = np.abs(x).max(axis=0)
    columns = np.column_stack([x / np.where(size > 0, size, 1), np.ones(y.size)])
    params = np.zeros(3)
    loss = _loss(columns, y, params)
    for _ in range(MAX_STEPS):
        z = columns @ params
        slope = columns.T @ (sigmoid(z) - y) / y.size
        curvature = columns.T @ (sigmoid_derivative(z)[:, np.newaxis] * columns) / y.size
        step = np.linalg.lstsq(curvature, slope)[0]
        lower = _loss(columns, y, params - step)
        while lower > loss and np.abs(step).max() > 1e-12:
            step /= 2
            lower = _loss(columns, y, params - step)
        if lower >= loss:
            break
        params, loss = params - step, lower
    weight_1, weight_2, bias = (params / [*np.where(size > 0, size, 1), 1]).tolist()
    right = accuracy(x, y, weight_1, weight_2, bias)
    return Lowest(weight_1, weight_2, bias, loss, right)


def _loss(columns: np.ndarray, y: np.ndarray, params: np.ndarray) -> float:
    return float(np.mean(errors_of(columns @ params, y, "binary_cross_entropy")))
