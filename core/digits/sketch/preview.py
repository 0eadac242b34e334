"""Show where on an image a digit was found, or the digits of a number."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from core.digits.image.ink import WORK_SIDE, Box, shrink
from core.digits.recognise import Recognition

SURE, DOUBTED = (70, 150, 255), (255, 150, 40)
"""Colours of a box: blue, or orange and broken into dashes; both stand out from black and white."""


def show_box(image: npt.NDArray[np.uint8], box: Box) -> npt.NDArray[np.uint8]:
    """Give a small copy of a photo in which all but the box is dimmed.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA.
    box : tuple of int
        Left, top, right, bottom, in the image's pixels, as `Recognition` has it.

    Returns
    -------
    ndarray of uint8
        (h, w, 3), its longest side no more than 512.

    Examples
    --------
    >>> show_box(np.full((9, 9), 200, np.uint8), (3, 3, 6, 6))[[0, 4], [0, 4], 0].tolist()
    [80, 200]
    """
    small = np.asarray(Image.fromarray(shrink(image)).convert("RGB"))
    zoom = -(-max(image.shape[:2]) // WORK_SIDE)
    left, top, right, bottom = (side // zoom for side in box)
    room = round(0.15 * max(right - left, bottom - top))
    inside = np.s_[max(top - room, 0) : bottom + room, max(left - room, 0) : right + room]
    shown = np.asarray(0.4 * small, np.uint8)
    shown[inside] = small[inside]
    return shown


def show_split(
    image: npt.NDArray[np.uint8], digits: tuple[Recognition, ...]
) -> npt.NDArray[np.uint8]:
    """Give a small copy of an image with a box around each digit of a number.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA.
    digits : tuple of Recognition
        Each with its box; that of a doubted one is dashed.

    Returns
    -------
    ndarray of uint8
        (h, w, 3), its longest side no more than 512.

    Examples
    --------
    >>> probabilities, pixels = np.full(10, 0.1), np.zeros((28, 28), np.float32)
    >>> three = Recognition(3, probabilities, pixels, box=(2, 2, 8, 18))
    >>> show_split(np.zeros((20, 30), np.uint8), (three,))[10, 1].tolist()
    [70, 150, 255]
    """
    picture = Image.fromarray(shrink(image)).convert("RGB")
    zoom = -(-max(image.shape[:2]) // WORK_SIDE)
    pen = ImageDraw.Draw(picture)
    for digit in digits:
        if digit.box is None:
            continue
        left, top, right, bottom = (side // zoom for side in digit.box)
        left, top = max(left - 1, 0), max(top - 1, 0)
        right, bottom = min(right, picture.width - 1), min(bottom, picture.height - 1)
        if digit.label is not None:
            pen.rectangle((left, top, right, bottom), outline=SURE, width=2)
            continue
        for x in range(left, right, 12):
            end = min(x + 6, right)
            pen.line((x, top, end, top), fill=DOUBTED, width=2)
            pen.line((x, bottom, end, bottom), fill=DOUBTED, width=2)
        for y in range(top, bottom, 12):
            end = min(y + 6, bottom)
            pen.line((left, y, left, end), fill=DOUBTED, width=2)
            pen.line((right, y, right, end), fill=DOUBTED, width=2)
    return np.asarray(picture)
