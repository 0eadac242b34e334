"""All digits of a class in one picture: a row for each hand, a frame around what is misread."""

import math

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from core.digits.classroom.gathered import Gathered
from core.digits.image.preparation import FIELD

GAP = 3
"""Pixels around each digit: the frame's place."""

CELL = FIELD + 2 * GAP
NUMBER = 40
"""Width in pixels of a hand's number."""

PAPER, INK, MISREAD = (17, 21, 31), (231, 234, 243), (255, 123, 107)
"""The colours: as the dark theme has background, text and `now`."""

NARROW = 8
"""So many hands stand one below the other; of more there are two rows beside each other, of more
than twice as many three."""


def wall(
    gathered: Gathered,
    right: npt.NDArray[np.bool_],
    numbers: npt.NDArray[np.intp],
) -> npt.NDArray[np.uint8]:
    """Draw the picture.

    Parameters
    ----------
    gathered : Gathered
    right : ndarray of bool, shape (n,)
        Which digits are read right.
    numbers : ndarray of int, shape (m,)
        Of all hands, also of those that have written nothing yet; at least one.

    Returns
    -------
    ndarray of uint8, shape (H, W, 3)

    Examples
    --------
    >>> from core.digits.classroom.gathered import gather
    >>> from core.store.records import ClassDigit
    >>> one = gather([ClassDigit(3, 7, 0.0, bytes(784))])
    >>> wall(one, np.array([False]), np.array([3])).shape
    (34, 380, 3)
    """
    n_blocks = min(3, math.ceil(len(numbers) / NARROW))
    n_rows = math.ceil(len(numbers) / n_blocks)
    width = NUMBER + 10 * CELL
    picture = Image.new("RGB", (n_blocks * width, n_rows * CELL), PAPER)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(20)
    corners = {}
    for place, number in enumerate(numbers.tolist()):
        block, row = divmod(place, n_rows)
        corners[number] = block * width, row * CELL
        x, y = corners[number]
        pen.text((x + NUMBER - 8, y + CELL // 2), str(number), fill=INK, font=font, anchor="rm")
    for sample, hand, is_right in zip(gathered.samples, gathered.hands, right, strict=True):
        if hand not in corners:  # joined since the numbers were read
            continue
        x, y = corners[hand]
        x += NUMBER + sample.label * CELL
        picture.paste(Image.fromarray(sample.pixels), (x + GAP, y + GAP))
        if not is_right:
            pen.rectangle((x, y, x + CELL - 1, y + CELL - 1), outline=MISREAD, width=2)
    return np.asarray(picture)
