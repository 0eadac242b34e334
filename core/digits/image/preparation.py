"""From a drawing to 28×28 pixels, as the digits of MNIST were made.

MNIST's makers scaled each digit so that its box fits 20×20 pixels, with its shape kept and its
edges smoothed, and put it into a field of 28×28 with its centre of mass in the middle. A network
reads drawings far better when they are prepared in the same way.
"""

import math

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from core.digits.image.ink import Grey, find_ink

FIELD = 28
"""Width and height of the prepared picture, in pixels."""
BOX = 20
"""The longest side of the digit in it."""
THIN, USUAL = 0.06, 0.09
"""Width of a stroke as a share of the box's longest side: only one MNIST image in twenty is thinner
than the first; the second is the median."""
FINE = 4
"""Thin strokes are widened on a picture so many times finer than the prepared one."""
TIE = 0.02
"""A symmetric digit fits equally well in two places; this, in pixels, makes it always the same."""


def to_mnist(image: npt.NDArray[np.uint8]) -> Grey | None:
    """Prepare a drawing as MNIST's digits were prepared.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, any size; light ink on dark or dark on light.

    Returns
    -------
    ndarray of float32 or None
        (28, 28), from 0 for paper to 1 for the strongest ink; None if nothing is drawn.

    Raises
    ------
    InputError
        If the array has another type or shape.

    References
    ----------
    Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits".

    Examples
    --------
    A stroke in a corner, 10 wide and 100 high, becomes 2 by 20 and goes to the middle:

    >>> drawing = np.zeros((280, 280), np.uint8)
    >>> drawing[:100, :10] = 255
    >>> np.argwhere(to_mnist(drawing)).min(axis=0).tolist()
    [4, 13]
    >>> to_mnist(np.zeros((280, 280), np.uint8)) is None
    True
    """
    ink = find_ink(image)
    return None if ink is None else prepare(ink)


def prepare(ink: Grey) -> Grey:
    """Bring ink to the size, the place and at least the width of stroke of MNIST's digits.

    Parameters
    ----------
    ink : ndarray of float32
        (h, w), from 0 to 1, cropped to the ink.

    Returns
    -------
    ndarray of float32
        (28, 28), from 0 for paper to 1 for the strongest ink.

    Examples
    --------
    >>> prepare(np.ones((100, 10), np.float32)).shape
    (28, 28)
    """
    if stroke_width(ink) < THIN:
        ink = widen(ink)
    return centre(resize(ink, BOX))


def stroke_width(ink: Grey) -> float:
    """Estimate the width of the strokes, as a share of the longest side.

    A stroke of length l and width w has the area l·w and an outline of about 2·l.

    Parameters
    ----------
    ink : ndarray of float32
        (h, w), from 0 to 1, cropped to the ink.

    Returns
    -------
    float

    Examples
    --------
    >>> round(stroke_width(np.ones((100, 5), np.float32)), 3)
    0.048
    """
    drawn = np.pad(ink >= 0.5, 1)
    outline = np.sum(drawn[1:] != drawn[:-1]) + np.sum(drawn[:, 1:] != drawn[:, :-1])
    return float(2 * np.sum(drawn) / outline / max(ink.shape))


def widen(ink: Grey) -> Grey:
    """Widen thin strokes to the usual width; a thin one would fade away in 20×20 pixels."""
    fine = resize(ink, FINE * BOX)
    reach = round((USUAL - stroke_width(ink)) * FINE * BOX / 2)
    widest = ImageFilter.MaxFilter(2 * reach + 1)
    return np.asarray(Image.fromarray(np.pad(fine, reach)).filter(widest), np.float32)


def resize(ink: Grey, longest: int) -> Grey:
    """Scale so that the longest side has `longest` pixels and the strongest ink is 1.

    Pillow's bilinear filter averages over all pixels that fall together.
    """
    height, width = (max(1, round(side * longest / max(ink.shape))) for side in ink.shape)
    scaled = np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.BILINEAR))
    return np.asarray(scaled / scaled.max(), np.float32)


def centre(ink: Grey) -> Grey:
    """Put the centre of mass at the field's pixel (14, 14), as far as the ink stays inside."""
    corner = []
    for axis, length in enumerate(ink.shape):
        mass = ink.sum(axis=1 - axis)
        middle = np.sum(mass * np.arange(length)) / np.sum(mass)
        start = math.floor(FIELD // 2 - middle + 0.5 - TIE)
        corner.append(min(max(start, 0), FIELD - length))
    top, left = corner
    field = np.zeros((FIELD, FIELD), np.float32)
    field[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return field
