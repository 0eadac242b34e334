r"""The bowl of Weight and bias: the shape of the loss over all samples, and where it is lowest.

Over all samples the error is a bowl whose level lines are ellipses. Its curvature is the Hessian

.. math:: H = 2 \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.datasets import as_samples
from core.messages import N_, require


class Bowl(NamedTuple):
    """The loss over all samples as a sum of squares, so that it costs a handful of operations.

    It is (spread·(w − best_weight))² + (mean_x·w + b − mean_y)² + lowest: how wrongly the line is
    tilted, how far it passes from the samples' mean, and what no line can do better.
    """

    mean_x: float
    mean_y: float
    spread: float  # standard deviation of x
    best_weight: float
    lowest: float

    def losses(self, params: NDArray[np.float64]) -> NDArray[np.float64]:
        """The loss at each row (weight, bias); not finite where it is beyond any float."""
        weight, bias = params[:, 0], params[:, 1]
        with np.errstate(over="ignore", invalid="ignore"):
            tilt = self.spread * (weight - self.best_weight)
            lift = self.mean_x * weight + bias - self.mean_y
            return tilt * tilt + lift * lift + self.lowest


def bowl_of(x: NDArray[np.float64], y: NDArray[np.float64]) -> Bowl:
    """The loss over all samples. x too close together for any finite slope have no spread."""
    mean_x, across, scale = centred(x)
    mean_y, up, _ = centred(y)
    if scale > 0:
        with np.errstate(over="ignore"):
            z = across / scale  # so that squares of tiny and huge x keep all their digits
            best_weight = float(np.mean(z * up) / np.mean(z**2) / scale)
            spread = scale * float(np.sqrt(np.mean(z**2)))
        if spread > 0 and np.isfinite(best_weight):
            lowest = float(np.mean((up - best_weight * across) ** 2))
            return Bowl(mean_x, mean_y, spread, best_weight, lowest)
    return Bowl(mean_x, mean_y, 0.0, 0.0, float(np.mean(up**2)))


def least_squares(x: ArrayLike, y: ArrayLike) -> tuple[float, float]:
    r"""Return the weight and the bias with the lowest loss, exactly.

    :math:`w^* = \overline{(x - \bar x)(y - \bar y)} \, / \, \overline{(x - \bar x)^2}` and
    :math:`b^* = \bar y - w^* \bar x`. Where all x are equal, x has no spread and every line through
    :math:`(\bar x, \bar y)` is as good as any other: then the one with the smallest
    :math:`w^2 + b^2`, as ``numpy.linalg.lstsq`` does.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.

    Examples
    --------
    >>> least_squares([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    >>> least_squares([2, 2], [4, 6])  # w = 2·5/5, b = 5/5
    (2.0, 1.0)
    """
    return _bottom(bowl_of(*as_samples(x, y)))


def _bottom(bowl: Bowl) -> tuple[float, float]:
    if bowl.spread == 0:
        lift = bowl.mean_y / (bowl.mean_x**2 + 1)
        return bowl.mean_x * lift, lift
    return bowl.best_weight, bowl.mean_y - bowl.mean_x * bowl.best_weight


def hessian(x: ArrayLike) -> NDArray[np.float64]:
    r"""Return the curvature of the loss over all samples, shape (2, 2); it is the same everywhere.

    Examples
    --------
    >>> hessian([1, 3])
    array([[10.,  4.],
           [ 4.,  2.]])
    """
    x, _ = as_samples(x, x)
    mean_x = float(x.mean())
    return 2 * np.array([[float(np.mean(x**2)), mean_x], [mean_x, 1.0]])


def eigenvalues(x: ArrayLike) -> tuple[float, float]:
    r"""Return the smaller and the larger eigenvalue of the Hessian.

    They are the curvatures along the valley and across it; the smaller is 0 if x has no spread.

    Examples
    --------
    For x = 1 and 3, λ² − 12·λ + 4 = 0:

    >>> smaller, larger = eigenvalues([1, 3])
    >>> round(smaller, 6), round(larger, 6)
    (0.343146, 11.656854)
    """
    bowl = bowl_of(*as_samples(x, x))
    largest = float(largest_eigenvalue(bowl.spread**2 + bowl.mean_x**2, bowl.mean_x))
    return 4 * bowl.spread / largest * bowl.spread, largest


def largest_eigenvalue(square: ArrayLike, mean: ArrayLike) -> NDArray[np.float64]:
    """The larger root of λ² − 2·(square + 1)·λ + 4·(square − mean²) = 0."""
    square, mean = np.asarray(square, dtype=np.float64), np.asarray(mean, dtype=np.float64)
    larger: NDArray[np.float64] = square + 1 + np.hypot(square - 1, 2 * mean)
    return larger


def condition_number(x: ArrayLike) -> float:
    r"""Return :math:`\lambda_{\max} / \lambda_{\min}`: how long the valley is for its width.

    The level lines are :math:`\sqrt{\lambda_{\max} / \lambda_{\min}}` times as long as wide; for
    standardised x they are circles. Infinite if x has no spread.

    Examples
    --------
    >>> round(condition_number([1, 3]), 6)
    33.970563
    >>> condition_number([-1, 1])
    1.0
    """
    smallest, largest = eigenvalues(x)
    return largest / smallest if smallest > 0 else np.inf


def standardise(x: ArrayLike) -> tuple[NDArray[np.float64], float, float]:
    r"""Shift and scale x to mean 0 and standard deviation 1.

    Then the Hessian is two times the identity: the long valley becomes a round bowl. The line
    :math:`\tilde w \tilde x + \tilde b` is the line with :math:`w = \tilde w / s` and
    :math:`b = \tilde b - w \bar x`.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.

    Returns
    -------
    standardised : ndarray of float, shape (n_samples,)
    mean : float
    standard_deviation : float

    Raises
    ------
    InputError
        If all x are equal.

    Examples
    --------
    >>> standardise([1, 3])
    (array([-1., 1.]), 2.0, 1.0)
    """
    x, _ = as_samples(x, x)
    mean, distances, scale = centred(x)
    require(scale > 0, N_("All x are equal: x has no spread and cannot be standardised."))
    # Dividing by the largest distance first, tiny and huge x keep all their digits.
    z = distances / scale
    z /= np.sqrt(np.mean(z**2))
    return z, mean, scale * float(np.sqrt(np.mean((distances / scale) ** 2)))


def contour(
    x: ArrayLike, y: ArrayLike, level: float, n_points: int = 100, *, reach: float = 10.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Return the level line where the loss is `level` above its minimum: an ellipse, closed.

    .. math:: \big(s \, (w - w^*)\big)^2 + (\bar x \, w + b - \bar y)^2 = \text{level}

    with the standard deviation :math:`s` of x. If x has no spread, the bowl is an endless valley
    and its level lines are two parallel lines. They are returned as two pieces, with a nan between
    them where a chart lifts its pen, each as far as `reach` from the least-squares solution.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.
    level : float
        Height above the lowest loss, at least 0.
    n_points : int, default=100
        Number of points of the ellipse, at least 2; the last is the first again.
    reach : float, default=10
        How far the lines of an endless valley are drawn to both sides, as a distance in the plane
        of weight and bias.

    Returns
    -------
    weights, biases : ndarray of float, shape (n_points,), or (5,) if x has no spread

    Raises
    ------
    InputError
        If `level` or `n_points` is out of its range, or the samples are bad.

    Examples
    --------
    >>> weights, biases = contour([-1, 1], [0, 0], 4.0, 5)
    >>> (weights + 0.0).round(9), (biases + 0.0).round(9)
    (array([ 2., 0., -2., -0., 2.]), array([ 0., 2., 0., -2., -0.]))
    """
    bowl = bowl_of(*as_samples(x, y))
    require(
        0 <= level < np.inf,
        N_("{name} must be a finite number of at least 0, not {value}."),
        name="level",
        value=level,
    )
    require(
        n_points >= 2,
        N_("{name} must be at least 2, not {value}."),
        name="n_points",
        value=n_points,
    )
    weight, bias = _bottom(bowl)
    radius = float(np.sqrt(level))
    if bowl.spread == 0:
        norm = float(np.hypot(bowl.mean_x, 1.0))
        across_weight, across_bias = bowl.mean_x / norm, 1 / norm  # along: (1/norm, −mean_x/norm)
        along = reach * np.array([-1.0, 1.0, np.nan, -1.0, 1.0])
        across = radius / norm * np.array([1.0, 1.0, np.nan, -1.0, -1.0])
        return (
            weight + across * across_weight + along * across_bias,
            bias + across * across_bias - along * across_weight,
        )
    angle = np.linspace(0, 2 * np.pi, n_points)
    tilt = radius * np.cos(angle) / bowl.spread
    return weight + tilt, bias + radius * np.sin(angle) - bowl.mean_x * tilt


def centred(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], float]:
    """The mean, each distance from it, and the largest of these: 0 only if all x are equal."""
    if x.min() == x.max():
        return float(x[0]), np.zeros_like(x), 0.0
    mean = float(x.mean())
    distances = x - mean
    return mean, distances, float(np.abs(distances).max())
