r"""A sigmoid stretched by the weight and moved by the bias, beside a straight line.

Over inputs :math:`x` in [0, 1] a neuron shows only the piece of the sigmoid between :math:`z = b`
and :math:`z = w + b`. A short piece of any smooth curve looks straight. The weight decides how long
the piece is, the bias where it begins:

.. math:: a = \sigma(w x + b) \qquad a = \tfrac12 \text{ at } x = -\frac bw
          \qquad \frac{\partial a}{\partial x} = w \, a (1 - a)
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.curves.activations.functions import sigmoid

FORMULAS = {
    "model": r"a = \sigma(w \cdot x + b)",
    "step": r"a = \tfrac12 \iff x = -\frac{b}{w}",
    "slope": r"\left| \frac{\partial a}{\partial x} \right| = |w| \cdot a\,(1 - a) \le"
    r" \frac{|w|}{4}",
}
"""The formulas in LaTeX."""

N_POINTS = 401
"""Points of x, evenly over [0, 1], at which curve and chord are compared."""


def stretched(x: ArrayLike, weight: float, bias: float) -> NDArray[np.float64]:
    r"""Return :math:`\sigma(w x + b)`, of the shape of `x`.

    Examples
    --------
    >>> stretched([0, 0.5, 1], weight=0, bias=0)
    array([0.5, 0.5, 0.5])
    """
    return sigmoid(weight * np.asarray(x, dtype=np.float64) + bias)


def chord(x: ArrayLike, weight: float, bias: float) -> NDArray[np.float64]:
    """Return the straight line through the curve's ends at x = 0 and x = 1.

    Examples
    --------
    >>> chord([0, 0.25, 1], weight=0, bias=0)
    array([0.5, 0.5, 0.5])
    """
    first, last = stretched([0, 1], weight, bias)
    line: NDArray[np.float64] = first + np.asarray(x, dtype=np.float64) * (last - first)
    return line


def distance_from_line(weight: float, bias: float) -> float:
    """Return how far the curve strays from its chord over [0, 1], at most.

    Examples
    --------
    The sigmoid itself, w = 1 and b = 0, looks like a line; stretched, it is a step:

    >>> round(distance_from_line(1, 0), 3), round(distance_from_line(20, -10), 3)
    (0.007, 0.303)
    """
    x = np.linspace(0, 1, N_POINTS)
    return float(np.max(np.abs(stretched(x, weight, bias) - chord(x, weight, bias))))
