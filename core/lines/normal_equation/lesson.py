r"""The loss of a line through the origin is a parabola; its vertex is the best weight.

One sample's squared error, as a function of the weight, is a parabola that opens upwards. So is
the mean over all samples, whose coefficients are the means of theirs:

.. math:: L(w) = \frac1N \sum (y_i - w x_i)^2 = a w^2 + b w + c
.. math:: a = \frac1N \sum x_i^2 \qquad b = -\frac2N \sum x_i y_i \qquad c = \frac1N \sum y_i^2

At the vertex the slope :math:`2 a w + b` is 0, which gives the normal equation:

.. math:: w^* = -\frac{b}{2a} = \frac{\sum x_i y_i}{\sum x_i^2}

If all x are 0, the parabola is flat: every weight is equally good, and there is no unique solution.
"""

from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.datasets import as_samples, noisy_line
from core.lesson_command import show
from core.messages import N_, require


def solve(x: ArrayLike, y: ArrayLike) -> float:
    r"""Return the weight with the least mean squared error, :math:`\sum x_i y_i / \sum x_i^2`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.

    Returns
    -------
    float

    Raises
    ------
    InputError
        If all x are 0, or the samples are empty, of different lengths or not finite.

    See Also
    --------
    parabola : The error of every weight; this one is its vertex.
    core.lines.gradient_descent.train : The way to the same weight step by step.

    Examples
    --------
    (1·1 + 2·4) / (1 + 4):

    >>> solve([1, 2], [1, 4])
    1.8
    >>> solve([0, 0], [1, 2])
    Traceback (most recent call last):
    core.messages.InputError: All x are 0, so every weight is equally good and there is no unique
    solution.
    """
    x, y = as_samples(x, y)
    require(float(x @ x) > 0, NO_UNIQUE_SOLUTION)
    return float(x @ y) / float(x @ x)


def sample_parabolas(
    x: ArrayLike, y: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return a, b and c of each sample's own parabola, each of shape (n_samples,).

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite.

    Examples
    --------
    >>> sample_parabolas([1, 2], [1, 4])
    (array([1., 4.]), array([ -2., -16.]), array([ 1., 16.]))
    """
    x, y = as_samples(x, y)
    return x**2, -2 * x * y, y**2


@dataclass(frozen=True)
class Parabola:
    r"""The loss :math:`L(w) = a w^2 + b w + c` of a weight.

    Parameters
    ----------
    a : float
        The curvature, the mean of x²; at least 0.
    b : float
        The slope at weight 0.
    c : float
        The error at weight 0.

    Examples
    --------
    >>> error = Parabola(a=1.0, b=-4.0, c=5.0)
    >>> error(0.0), error.slope(0.0), error.vertex, error.lowest
    (5.0, -4.0, 2.0, 1.0)
    """

    a: float
    b: float
    c: float

    @overload
    def __call__(self, weight: float) -> float: ...
    @overload
    def __call__(self, weight: NDArray[np.float64]) -> NDArray[np.float64]: ...
    def __call__(self, weight: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
        """Return the error at `weight`, of its shape."""
        return self.a * weight**2 + self.b * weight + self.c

    def slope(self, weight: float) -> float:
        r"""Return :math:`2 a w + b`: below 0 left of the vertex, above 0 right of it."""
        return 2 * self.a * weight + self.b

    @property
    def vertex(self) -> float:
        r"""The weight with the lowest error, :math:`-b / 2a`.

        Raises
        ------
        InputError
            If the parabola is flat.
        """
        require(self.a > 0, NO_UNIQUE_SOLUTION)
        return -self.b / (2 * self.a)

    @property
    def lowest(self) -> float:
        """The lowest error; that of any weight if the parabola is flat."""
        return max(self.c + self.b * self.vertex / 2, 0.0) if self.a > 0 else self.c


def parabola(x: ArrayLike, y: ArrayLike) -> Parabola:
    """Return the mean squared error of the samples as a function of the weight.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.

    Returns
    -------
    Parabola

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite.

    Examples
    --------
    a = (1 + 4)/2, b = −2·(1·1 + 2·4)/2, c = (1 + 16)/2:

    >>> parabola([1, 2], [1, 4])
    Parabola(a=2.5, b=-9.0, c=8.5)
    """
    return Parabola(*(float(np.mean(values)) for values in sample_parabolas(x, y)))


FORMULAS = {
    "loss": r"\begin{aligned} L(w) &= \frac1N \sum (y_i - w\,x_i)^2 \\"
    r" &= a\,w^2 + b\,w + c \end{aligned}",
    "coefficients": r"a = \frac1N \sum x_i^2 \qquad b = -\frac2N \sum x_i\,y_i"
    r" \qquad c = \frac1N \sum y_i^2",
    "slope": r"\frac{\mathrm{d}L}{\mathrm{d}w} = 2\,a\,w + b",
    "solution": r"w^* = -\frac{b}{2a} = \frac{\sum x_i\,y_i}{\sum x_i^2}",
}
"""The lesson's formulas in LaTeX."""

NO_UNIQUE_SOLUTION = N_(
    "All x are 0, so every weight is equally good and there is no unique solution."
)


if __name__ == "__main__":
    show(solve, *noisy_line())
