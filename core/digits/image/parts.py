"""The parts of a drawing: strokes that touch each other, and what lies apart from them."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.image.ink import Grey, box_of, crop

COARSE = 64
"""Parts are counted on a picture reduced to at most this side: far finer than a digit's shape."""
DRAWN = 0.3
"""Share of the strongest ink from which a pixel is drawn on."""
LEAST_HEIGHT = 0.4
"""Share of the whole height that each of two digits has at least: a bar or a dot has less."""
BESIDE = 0.5
"""Share of the smaller one's rows in which the other stands, too: what lies above does not."""


def side_by_side(ink: Grey) -> tuple[Grey, Grey] | None:
    """Give the two largest parts of a drawing if they could be two digits beside each other.

    They could if both are high enough, stand in the same rows, and paper is between them in each of
    these. A broken stroke may look alike: only who reads both parts can tell.

    Parameters
    ----------
    ink : ndarray of float32
        (h, w), from 0 to 1, cropped to the ink.

    Returns
    -------
    tuple of two ndarrays of float32, or None
        The left and the right part, each cropped to its ink.

    Examples
    --------
    >>> eleven = np.zeros((50, 40), np.float32)
    >>> eleven[:, :6] = eleven[5:, 30:36] = 1
    >>> left, right = side_by_side(eleven)
    >>> left.shape, right.shape
    ((50, 6), (45, 6))
    >>> side_by_side(eleven[:, :6]) is None
    True
    """
    factor = -(-max(ink.shape) // COARSE)
    coarse = np.asarray(Image.fromarray(ink).reduce(factor)) if factor > 1 else ink
    parts = label_parts(coarse >= DRAWN)
    names, counts = np.unique(parts[parts > 0], return_counts=True)
    if len(names) < 2:
        return None
    one, other = (parts == name for name in names[np.argsort(counts)[-2:]])
    rows, others_rows = one.any(axis=1), other.any(axis=1)
    shared = rows & others_rows
    least = min(np.sum(rows), np.sum(others_rows))
    if least < LEAST_HEIGHT * len(rows) or np.sum(shared) < BESIDE * least:
        return None
    if np.argmax(one[shared], axis=1).mean() > np.argmax(other[shared], axis=1).mean():
        one, other = other, one
    ends = one.shape[1] - np.argmax(one[shared, ::-1], axis=1)
    if np.any(np.argmax(other[shared], axis=1) <= ends):
        return None
    return _alone(ink, parts, one, factor), _alone(ink, parts, other, factor)


def has_hole(ink: Grey) -> bool:
    """Tell whether ink surrounds some paper.

    Examples
    --------
    >>> ring = np.ones((5, 5), np.float32)
    >>> ring[2, 2] = 0
    >>> has_hole(ring), has_hole(ring[:3])
    (True, False)
    """
    paper = label_parts(np.pad(ink < 0.5, 1, constant_values=True))
    return len(np.unique(paper[paper > 0])) > 1


def _alone(
    ink: Grey, parts: npt.NDArray[np.intp], part: npt.NDArray[np.bool_], factor: int
) -> Grey:
    """Give the ink without the other parts, cropped; faint edges stay with the part."""
    others = ((parts > 0) & ~part).repeat(factor, axis=0).repeat(factor, axis=1)
    alone = np.where(others[: ink.shape[0], : ink.shape[1]], 0, ink)
    drawn = part.repeat(factor, axis=0).repeat(factor, axis=1)[: ink.shape[0], : ink.shape[1]]
    left, top, right, bottom = box_of(drawn)
    return crop(np.asarray(alone[top:bottom, left:right], np.float32))


def counted(parts: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Give the parts' numbers in order, 0 first, and numbers 0, 1, 2 … in their stead.

    As `numpy.unique` does, without sorting a million pixels.

    Examples
    --------
    >>> names, parts = counted(np.array([[7, 0, 3]]))
    >>> names.tolist(), parts.tolist()
    ([0, 3, 7], [[2, 0, 1]])
    """
    n_pixels = np.bincount(parts.ravel())
    names = np.flatnonzero(n_pixels)
    place = np.zeros(len(n_pixels), np.intp)
    place[names] = np.arange(len(names))
    return names, place[parts]


def label_parts(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Number the connected parts of a mask.

    Each run of pixels in a row starts as a part of its own. Where two that lie above each other
    differ, the later part joins the earlier, and then each asks its part whom that has joined;
    chains halve at each step.

    Parameters
    ----------
    mask : ndarray of bool
        (h, w)

    Returns
    -------
    ndarray of int
        (h, w), 0 outside the mask, another number above 0 for each part.

    Examples
    --------
    >>> label_parts(np.array([[1, 1, 0], [0, 0, 0], [0, 1, 1]], bool))
    array([[1, 1, 0],
           [0, 0, 0],
           [0, 8, 8]])
    """
    starts = mask.copy()
    starts[:, 1:] &= ~mask[:, :-1]
    number = np.arange(mask.size).reshape(mask.shape)
    run = np.maximum.accumulate(np.where(starts, number, 0).ravel()).reshape(mask.shape)
    meets = mask[1:] & mask[:-1]
    meets[:, 1:] &= starts[1:, 1:] | starts[:-1, 1:]  # once for each two runs
    first, second = run[:-1][meets], run[1:][meets]
    part = number.ravel()
    while not np.array_equal(part[first], part[second]):
        one, other = part[first], part[second]
        np.minimum.at(part, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(part, part[part]):
            part = part[part]
    return np.where(mask, part[run] + 1, 0)
