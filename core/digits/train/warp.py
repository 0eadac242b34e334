"""Distort prepared digits at random: as if other hands had written them, with other pens."""

import math

import numba
import numpy as np
import numpy.typing as npt

FIELD = 28
KNOTS = 6
"""The elastic displacement is given at KNOTS by KNOTS places, and smooth between them."""


def smooth_weights() -> npt.NDArray[np.float32]:
    """Give each knot's weight at each pixel, (28, KNOTS): Gaussians that sum to 1 at a pixel."""
    pixels = np.arange(FIELD)[:, None]
    knots = np.linspace(0, FIELD - 1, KNOTS)
    spacing = knots[1]
    weights = np.exp(-0.5 * ((pixels - knots) / (0.6 * spacing)) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def warp(
    images: npt.NDArray[np.uint8],
    rng: np.random.Generator,
    *,
    affine: float = 0.1,
    elastic: float = 1.0,
    thickness: float = 0.25,
) -> npt.NDArray[np.float32]:
    """Distort each image: affine, elastic, and in the width of its strokes.

    Parameters
    ----------
    images : ndarray of uint8
        (n, 28, 28), 0 is paper and 255 is ink.
    rng : Generator
    affine : float
        Standard deviation of the shear and of the turn in radians. Size and place vary less,
        because every drawing is scaled and centred: ln(scale) by 0.6 of it, the shift by 8 pixels
        times it.
    elastic : float
        Standard deviation of the displacement of each knot, in pixels.
    thickness : float
        Standard deviation of how far each pixel goes towards the darkest or the lightest of its
        neighbours; 1 is all the way.

    Returns
    -------
    ndarray of float32
        (n, 28, 28), from 0 to 1.

    References
    ----------
    P. Y. Simard, D. Steinkraus, J. C. Platt, "Best practices for convolutional neural networks
    applied to visual document analysis", ICDAR 2003.

    Examples
    --------
    >>> images = np.zeros((2, 28, 28), np.uint8)
    >>> images[:, 8:20, 12:16] = 255
    >>> warped = warp(images, np.random.default_rng(0))
    >>> warped.shape, bool(np.array_equal(warped[0], warped[1]))
    ((2, 28, 28), False)
    """
    n = len(images)
    turn, shear = rng.normal(0, affine, (2, n)).astype(np.float32)
    wide, high = rng.normal(0, 0.6 * affine, (2, n)).astype(np.float32)
    shift = rng.normal(0, 8 * affine, (n, 2)).astype(np.float32)
    matrices = np.empty((n, 2, 3), np.float32)
    c, s = np.cos(turn), np.sin(turn)
    matrices[:, 0, 0], matrices[:, 0, 1] = np.exp(wide) * c, shear - s
    matrices[:, 1, 0], matrices[:, 1, 1] = s, np.exp(high) * c
    matrices[:, :, 2] = shift
    knots = rng.standard_normal((n, 2, KNOTS, KNOTS), np.float32) * np.float32(elastic)
    widths = np.clip(rng.normal(0, thickness, n), -0.5, 1).astype(np.float32)
    warped = np.empty((n, FIELD, FIELD), np.float32)
    _warp(images, matrices, knots, smooth_weights(), widths, warped)
    return warped


@numba.njit(cache=True, nogil=True, fastmath=True)
def _warp(images, matrices, knots, weights, widths, warped):  # type: ignore[no-untyped-def]
    """For each pixel, find where it comes from, and average the four pixels around that place."""
    size, n_knots = weights.shape
    middle = (size - 1) / 2
    halfway = np.empty((n_knots, size), np.float32)
    moves = np.empty((2, size, size), np.float32)
    picture = np.empty((size, size), np.float32)
    rows = np.empty((size, size), np.float32)
    for k in range(len(images)):
        for axis in range(2):
            for a in range(n_knots):
                for column in range(size):
                    total = np.float32(0)
                    for b in range(n_knots):
                        total += knots[k, axis, a, b] * weights[column, b]
                    halfway[a, column] = total
            for row in range(size):
                for column in range(size):
                    total = np.float32(0)
                    for a in range(n_knots):
                        total += weights[row, a] * halfway[a, column]
                    moves[axis, row, column] = total
        m = matrices[k]
        for row in range(size):
            for column in range(size):
                x, y = column - middle, row - middle
                from_x = m[0, 0] * x + m[0, 1] * y + m[0, 2] + middle + moves[0, row, column]
                from_y = m[1, 0] * x + m[1, 1] * y + m[1, 2] + middle + moves[1, row, column]
                left, top = math.floor(from_x), math.floor(from_y)
                right_share, bottom_share = from_x - left, from_y - top
                total = np.float32(0)
                for down in range(2):
                    r = top + down
                    if r < 0 or r >= size:
                        continue
                    share = bottom_share if down else 1 - bottom_share
                    if 0 <= left < size:
                        total += share * (1 - right_share) * images[k, r, left]
                    if 0 <= left + 1 < size:
                        total += share * right_share * images[k, r, left + 1]
                picture[row, column] = total / 255
        width = widths[k]
        sign = np.float32(1 if width > 0 else -1)  # the smallest x is minus the largest of −x
        for row in range(size):
            for column in range(size):
                best = sign * picture[row, column]
                if column > 0:
                    best = max(best, sign * picture[row, column - 1])
                if column < size - 1:
                    best = max(best, sign * picture[row, column + 1])
                rows[row, column] = best
        for row in range(size):
            for column in range(size):
                best = rows[row, column]
                if row > 0:
                    best = max(best, rows[row - 1, column])
                if row < size - 1:
                    best = max(best, rows[row + 1, column])
                here = picture[row, column]
                warped[k, row, column] = here + sign * width * (sign * best - here)
