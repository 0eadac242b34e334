"""All the ink of a number on an image: a drawing, a scan, or a photo of plain or lined paper."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.digits.image.ink import Grey, check_image, in_the_clearest_colour, ink_on, shrink
from core.digits.image.parts import counted, label_parts
from core.digits.image.photo import (
    LEAST_MISSING,
    average,
    choose_part,
    is_even,
    missing_light,
    threshold,
)
from core.digits.number.ruled import rules_on

DRAWING_SIDE, PHOTO_SIDE = 2048, 1024
"""Larger images are first shrunk, by a whole factor, to at most this: six digits need more pixels
than one."""
SMALL, LARGE = 0.25, 3.0
"""Heights of the digit nearest the middle: what is smaller is a speck, what is larger no digit."""
FAINT = 0.5
"""Share of the ink's strength below which something is a shadow or shines through."""


class Sheet(NamedTuple):
    """The ink on an image."""

    ink: Grey
    """(h, w) all of the small image, from 0 for paper to 1 for ink."""
    zoom: int
    """So many pixels of the image are one of it."""


def ink_of(image: npt.NDArray[np.uint8]) -> Sheet | None:
    """Find all ink that may belong to a number; None if there is none.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, any size; light ink on dark or dark on light.

    Returns
    -------
    Sheet or None

    Raises
    ------
    InputError
        If the array has another type or shape.

    Examples
    --------
    >>> image = np.zeros((50, 70), np.uint8)
    >>> image[10:40, 10:14] = image[10:40, 50:54] = 255
    >>> ink_of(image).ink.sum()
    np.float32(240.0)
    """
    check_image(image)
    is_drawing = is_even(image)
    side = DRAWING_SIDE if is_drawing else PHOTO_SIDE
    small = shrink(image, side)
    ink = ink_on(small) if is_drawing else _ink_on_photo(small)
    return None if ink is None else Sheet(ink, -(-max(image.shape[:2]) // side))


def _ink_on_photo(image: npt.NDArray[np.uint8]) -> Grey | None:
    found = in_the_clearest_colour(image, _ink_on_paper, lambda found: found[1] if found else 0.0)
    return found[0] if found else None


def _ink_on_paper(grey: Grey) -> tuple[Grey, float] | None:
    """Find the ink on a small photo, and what share of the light it takes; None without ink."""
    missing = missing_light(average(grey, 1))
    level = threshold(missing)
    drawn = missing > level
    rules = rules_on(drawn, missing)
    if rules.any():  # rules are fainter as a rule: what is darker shows now
        level = max(level, threshold(np.where(rules, 0, missing)))
    names = label_parts(drawn & ~rules)
    chosen = choose_part(names, missing)
    if chosen is None:
        return None
    full = float(np.quantile(missing[names == chosen], 0.75))
    if full < LEAST_MISSING:
        return None
    kept = _like_digits(names, chosen, missing, FAINT * full)
    strength = np.clip((missing - level / 2) / (full - level / 2), 0, 1)
    return np.asarray(np.where(kept, strength, 0), np.float32), full


def _like_digits(
    names: npt.NDArray[np.intp], chosen: int, missing: Grey, least: float
) -> npt.NDArray[np.bool_]:
    """Tell where parts are that have about the size and the strength of the chosen one."""
    all_names, part = counted(names)
    n = len(all_names)
    y, x = np.nonzero(names)
    which = part[y, x]
    tops, lefts = np.full(n, names.shape[0]), np.full(n, names.shape[1])
    bottoms, rights = np.zeros(n, int), np.zeros(n, int)
    np.minimum.at(tops, which, y)
    np.maximum.at(bottoms, which, y + 1)
    np.minimum.at(lefts, which, x)
    np.maximum.at(rights, which, x + 1)
    ink = np.bincount(which, missing[y, x], n) / np.maximum(np.bincount(which, minlength=n), 1)
    heights, widths = bottoms - tops, rights - lefts
    height = heights[np.flatnonzero(all_names == chosen)[0]]
    inside = (tops > 0) & (lefts > 0) & (bottoms < len(names)) & (rights < names.shape[1])
    kept = (
        (all_names > 0)
        & inside
        & (np.maximum(heights, widths) >= SMALL * height)
        & (heights <= LARGE * height)
        & (ink >= least)
    ) | (all_names == chosen)
    grown = kept[part]
    grown[1:] |= kept[part[:-1]]  # faint edges stay with their part
    grown[:-1] |= kept[part[1:]]
    grown[:, 1:] |= kept[part[:, :-1]]
    grown[:, :-1] |= kept[part[:, 1:]]
    return np.asarray(grown)
