r"""A convolution of one picture with one kernel, then ReLU and pooling: what a channel does.

At each place the nine pixels under the kernel are multiplied by its nine weights and added up:

.. math:: z = b + \sum_{i=0}^{2} \sum_{j=0}^{2} w_{ij} \, x_{ij}

As in every network library the kernel is not turned around first; mathematicians call that a
cross-correlation. `core.digits.network.forward` does the same for many pictures and channels.
"""

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.float32]


def convolve(
    picture: Picture, kernel: Picture, bias: float = 0.0, *, padding: int = 1, stride: int = 1
) -> Picture:
    """Slide a kernel over a picture.

    Parameters
    ----------
    picture : ndarray
        (h, w), from 0 (paper) to 1 (ink).
    kernel : ndarray
        (3, 3), or of another size up to the picture's.
    bias : float, default=0
        Is added everywhere.
    padding : int, default=1
        So many zeros are put around the picture first.
    stride : int, default=1
        The kernel moves on by so many pixels.

    Returns
    -------
    ndarray
        The map, ((h + 2·padding − 3) // stride + 1, …): what the kernel finds at each place.

    Examples
    --------
    >>> picture = np.array([[0, 0, 1, 1]] * 3, np.float32)  # ink on the right
    >>> left_edge = np.array([[-1, 0, 1]] * 3, np.float32)
    >>> convolve(picture, left_edge, padding=0).tolist()
    [[3.0, 3.0]]
    >>> convolve(picture, left_edge).shape, convolve(picture, left_edge, stride=2).shape
    ((3, 4), (2, 2))
    """
    padded = np.pad(picture, padding)
    patches = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::stride, ::stride]
    z: Picture = bias + (patches * kernel).sum(axis=(2, 3))  # patches[row, column]: what lies there
    return z


def relu(z: Picture) -> Picture:
    """Keep what is above 0.

    Examples
    --------
    >>> relu(np.array([-2.0, 3]))
    array([0., 3.])
    """
    return np.maximum(z, 0)


def pool(a: Picture, how: str = "max") -> Picture:
    """Keep one number of each 2×2 field: the largest, or the mean.

    Parameters
    ----------
    a : ndarray
        (h, w); a last row or column that is left over is dropped.
    how : {"max", "mean"}

    Returns
    -------
    ndarray
        (h // 2, w // 2).

    Examples
    --------
    >>> pool(np.array([[0, 1, 9], [2, 5, 9]])).tolist()
    [[5]]
    >>> pool(np.array([[0, 1, 9], [2, 5, 9]]), "mean").tolist()
    [[2.0]]
    """
    rows, columns = a.shape[0] // 2, a.shape[1] // 2
    fields = a[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2)
    kept: Picture = fields.max(axis=(1, 3)) if how == "max" else fields.mean(axis=(1, 3))
    return kept


FORMULAS = {
    "sum": r"z = b + \sum_{i=0}^{2} \sum_{j=0}^{2} w_{ij} \cdot x_{ij}",
    "relu": r"a = \max(0, z)",
}
