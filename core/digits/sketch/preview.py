"""Show where on a photo the digit was found."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.image.ink import WORK_SIDE, Box, shrink


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
