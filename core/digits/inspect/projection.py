r"""Principal component analysis: the flat view that keeps most of a cloud's spread.

The cloud has as many dimensions as a layer has units. Its covariance matrix's eigenvectors with the
largest eigenvalues are the directions in which it spreads most:

.. math:: C = \tfrac{1}{n} \sum_i (a_i - \bar a)(a_i - \bar a)^T, \quad C v_k = \lambda_k v_k,
          \quad x_k = v_k \cdot (a - \bar a)
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.messages import N_, require


class Projection(NamedTuple):
    """A cloud, seen from where it spreads most."""

    points: npt.NDArray[np.float64]
    """(n, n_components) the coordinates, with mean 0."""
    shares: npt.NDArray[np.float64]
    """(n_components,) each coordinate's share of the cloud's variance, the largest first."""


def principal_components(cloud: npt.NDArray[np.floating], n_components: int = 2) -> Projection:
    """Project a cloud on its directions of largest variance.

    Parameters
    ----------
    cloud : ndarray
        (n, d), at least one point.
    n_components : int
        From 1 to d.

    Returns
    -------
    Projection
        Each direction points where its largest entry is positive, so that the view is the same on
        every machine. All shares are 0 if the points coincide.

    Raises
    ------
    InputError
        If there are no points, or not so many dimensions.

    References
    ----------
    I. T. Jolliffe, "Principal component analysis", 2nd ed., Springer 2002.

    Examples
    --------
    >>> cloud = np.array([[0, 0], [1, 2], [2, 4]])  # on a line
    >>> points, shares = principal_components(cloud)
    >>> points[:, 0].round(3).tolist(), shares.round(3).tolist()
    ([-2.236, 0.0, 2.236], [1.0, 0.0])
    """
    n, d = cloud.shape
    require(n > 0, N_("There must be at least one point to project."))
    require(
        1 <= n_components <= d,
        N_("n_components must be from 1 to {d}, not {value}."),
        d=d,
        value=n_components,
    )
    centred = np.asarray(cloud, np.float64) - cloud.mean(axis=0, dtype=np.float64)
    values, vectors = np.linalg.eigh(centred.T @ centred / n)  # the smallest first
    axes = vectors[:, ::-1][:, :n_components]
    axes = axes * np.sign(np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0))
    total = values.sum()
    shares = np.maximum(values[::-1][:n_components], 0) / (total if total > 0 else 1)
    return Projection(centred @ axes, shares)


def balanced_sample(labels: npt.NDArray[np.integer], n_each: int) -> npt.NDArray[np.intp]:
    """Return the rows of the first `n_each` images of each label, in ascending order.

    Examples
    --------
    >>> balanced_sample(np.array([7, 7, 2, 7, 2]), n_each=2).tolist()
    [0, 1, 2, 4]
    """
    rows = [np.flatnonzero(labels == label)[:n_each] for label in np.unique(labels)]
    return np.sort(np.concatenate(rows))
