"""Find the digit on any image: on a sketch or a clean scan all that is drawn, on a photo one part.

Sketches and scans keep their own, simpler way: searching them as photos are searched loses a
quarter of a point.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.digits.image.ink import Box, Grey, find_ink
from core.digits.image.photo import find_digit, is_even


class Seen(NamedTuple):
    """What there is to read on an image."""

    ink: Grey | None
    """(h, w) cropped to the ink, from 0 for paper to 1 for the strongest ink; None without ink."""
    is_photo: bool = False
    box: Box | None = None
    """Where the ink is on a photo; else all that is drawn counts."""
    beside: Grey | None = None
    """What stands beside it on a photo, about as large: perhaps another digit."""


def search(image: npt.NDArray[np.uint8]) -> Seen:
    """Find what there is to read on an image.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, any size; light ink on dark or dark on light.

    Returns
    -------
    Seen

    Raises
    ------
    InputError
        If the array has another type or shape.

    Examples
    --------
    >>> photo = np.linspace(240, 120, 200).astype(np.uint8)[:, None].repeat(200, axis=1)
    >>> photo[60:140, 95:105] //= 3
    >>> search(photo).box
    (95, 60, 105, 140)
    >>> search(np.zeros((280, 280), np.uint8))
    Seen(ink=None, is_photo=False, box=None, beside=None)
    """
    if is_even(image):
        return Seen(find_ink(image))
    found = find_digit(image)
    if found is None:
        return Seen(None, is_photo=True)
    return Seen(found.ink, is_photo=True, box=found.box, beside=found.beside)
