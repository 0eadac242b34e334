r"""Distort training images at random: each is shifted, turned, sheared and scaled a little.

Such an affine map sends a place (x, y) of the result, from the centre and in units of half the
width, to the place of the image that it shows:

.. math::
    \begin{pmatrix} x' \\ y' \end{pmatrix} = (I + N) \begin{pmatrix} x \\ y \end{pmatrix} + t

with noise N (2 × 2) and t (2) uniform on ± strength. Between pixels the image is bilinear, and
outside it is paper.
"""

import numba
import numpy as np
import numpy.typing as npt

FIELD = 28
WIDE = FIELD + 3
"""An image with a border of one pixel, on the right and below of two."""


def distort(
    images: npt.NDArray[np.uint8], strength: float, rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """Distort each image by a random affine map of its own.

    Parameters
    ----------
    images : ndarray of uint8
        (n, 28, 28), 0 is paper and 255 is ink.
    strength : float
        How far the map is from leaving the image alone; 0.1 means up to about 0.1 radians, 10 % of
        the size and 1.4 pixels.
    rng : Generator

    Returns
    -------
    ndarray of float32
        (n, 28, 28), from 0 to 1.

    Examples
    --------
    >>> image = np.zeros((1, 28, 28), np.uint8)
    >>> image[0, 4:24, 14] = 255
    >>> still, moved = (distort(image, s, np.random.default_rng(0)) for s in (0, 0.1))
    >>> bool(np.allclose(still, image / 255, atol=1e-5)), bool(np.allclose(moved, still))
    (True, False)
    """
    noise = rng.random((len(images), 2, 3), np.float32) * 2 - 1
    maps = np.eye(2, 3, dtype=np.float32) + np.float32(strength) * noise
    distorted = np.empty(images.shape, np.float32)
    _apply(images, maps, distorted)
    return distorted


@numba.njit(cache=True, nogil=True, fastmath=True)
def _apply(images, maps, distorted):  # type: ignore[no-untyped-def]
    """For each pixel, find where it comes from, and average the four pixels around that place."""
    paper = np.zeros((WIDE, WIDE), np.float32)  # an image with a border: all places have neighbours
    pixels = paper.ravel()
    place = np.empty(FIELD, np.uint32)
    right, down = np.empty(FIELD, np.float32), np.empty(FIELD, np.float32)
    middle = np.float32((FIELD - 1) / 2)
    for k in range(len(images)):
        for row in range(FIELD):
            for column in range(FIELD):
                paper[row + 1, column + 1] = images[k, row, column] * np.float32(1 / 255)
        (x_x, x_y, shift_x), (y_x, y_y, shift_y) = maps[k]
        first_x = shift_x * np.float32(FIELD / 2) - (x_x + x_y) * middle + middle + np.float32(1)
        first_y = shift_y * np.float32(FIELD / 2) - (y_x + y_y) * middle + middle + np.float32(1)
        for row in range(FIELD):
            for column in range(FIELD):
                x = first_x + x_x * np.float32(column) + x_y * np.float32(row)
                y = first_y + y_x * np.float32(column) + y_y * np.float32(row)
                x = min(max(x, np.float32(0)), np.float32(FIELD + 1))
                y = min(max(y, np.float32(0)), np.float32(FIELD + 1))
                left, top = np.uint32(x), np.uint32(y)
                place[column] = top * np.uint32(WIDE) + left
                right[column], down[column] = x - np.float32(left), y - np.float32(top)
            for column in range(FIELD):  # apart, so that the above is done for many at once
                i = place[column]
                above = pixels[i] + right[column] * (pixels[i + 1] - pixels[i])
                i += WIDE
                below = pixels[i] + right[column] * (pixels[i + 1] - pixels[i])
                distorted[k, row, column] = above + down[column] * (below - above)
