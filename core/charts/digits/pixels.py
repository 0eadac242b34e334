"""Pictures made of pixels: digits inside a chart, and a layer's weights as one sheet."""

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

POSITIVE, NEGATIVE = (0x64, 0x78, 0xF0), (0xE0, 0x48, 0x3E)
"""Red, green and blue of a weight above and below 0: near the roles ``model`` and ``now``.

A picture cannot follow the theme as a chart does. These two stand out from white and from the dark
background alike, and 0 is transparent: what lies behind shows.
"""

GREYS = 16
"""As many shades as a digit in a chart has: so a thousand of them stay below 300 kB."""


def data_uri(pixels: NDArray[np.uint8]) -> str:
    """Return one picture as an address that holds it, for a chart's tooltip.

    Parameters
    ----------
    pixels : ndarray of uint8
        (h, w), 0 is black.

    Examples
    --------
    >>> data_uri(np.zeros((28, 28), np.uint8))[:28]
    'data:image/webp;base64,UklGR'
    """
    step = 255 // (GREYS - 1)
    file = io.BytesIO()
    Image.fromarray(pixels // step * step).save(file, "WEBP", lossless=True, method=1)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()


def signed(values: NDArray[np.floating], largest: float | None = None) -> NDArray[np.uint8]:
    """Colour numbers by their sign, the stronger the farther from 0.

    Parameters
    ----------
    values : ndarray
        (...,) any numbers.
    largest : float, optional
        What gets the full colour, and all beyond it; the largest absolute value by default.

    Returns
    -------
    ndarray of uint8
        (..., 4) red, green, blue and opacity.

    Examples
    --------
    >>> signed(np.array([-2.0, 0.0, 1.0]))[:, 3].tolist()
    [255, 0, 127]
    """
    if largest is None:
        largest = float(np.abs(values).max(initial=0))
    strength = np.minimum(np.abs(values) / (largest or 1), 1)
    colours = np.where(np.asarray(values)[..., None] < 0, NEGATIVE, POSITIVE)
    return np.concatenate([colours, 255 * strength[..., None]], axis=-1).astype(np.uint8)


def sheet(tiles: NDArray[np.floating], n_columns: int, factor: int = 2) -> NDArray[np.uint8]:
    """Lay out signed pictures in rows, each in the strength of its own largest values.

    Parameters
    ----------
    tiles : ndarray
        (n, h, w) the numbers of n pictures.
    n_columns : int
        Pictures in a row.
    factor : int
        Each number becomes a square of so many pixels.

    Returns
    -------
    ndarray of uint8
        (H, W, 4), with a gap of 2·`factor` pixels between pictures.

    Examples
    --------
    >>> sheet(np.ones((3, 28, 28)), n_columns=2).shape
    (120, 120, 4)
    """
    n, height, width = tiles.shape
    n_rows = -(-n // n_columns)
    page = np.zeros((n_rows, height + 2, n_columns, width + 2, 4), np.uint8)
    for i, tile in enumerate(tiles):
        largest = float(np.quantile(np.abs(tile), 0.99))
        row, column = divmod(i, n_columns)
        page[row, 1:-1, column, 1:-1] = signed(tile, largest)
    flat = page.reshape(n_rows * (height + 2), n_columns * (width + 2), 4)
    return flat.repeat(factor, axis=0).repeat(factor, axis=1)
