"""What lies between any two cuts of a row: as the network would see it, and how it is shaped."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.digits.image.ink import INK_EDGE, Grey, box_of
from core.digits.image.preparation import FIELD, prepare
from core.digits.number.cuts import Cuts

WIDEST = 1.6
"""Heights of the row: no digit is wider."""
WIDE, LOW, NEAR = 0.8, 0.85, 0.1
"""Heights of the row from which a part is wide, up to which it is low, and below which a gap is so
narrow that it speaks against a cut."""


class Candidates(NamedTuple):
    """Parts of a row, any of which may be a digit."""

    starts: npt.NDArray[np.intp]
    """(n,) the cut left of each."""
    ends: npt.NDArray[np.intp]
    """(n,) the cut right of each."""
    pixels: npt.NDArray[np.float32]
    """(n, 28, 28) as the network sees it."""
    boxes: npt.NDArray[np.intp]
    """(n, 4) left, top, right, bottom in the row."""
    shapes: npt.NDArray[np.float64]
    """(n, 5) in heights of the row: how much it is too wide and too low, how much ink its two cuts
    cross, how much wider their gaps should be, and the widest gap inside it."""


def candidates_of(row: Grey, cuts: Cuts) -> Candidates:
    """Cut out everything between two cuts that is no wider than a digit.

    Parameters
    ----------
    row : ndarray of float32
        (h, w), from 0 for paper to 1 for ink, cropped to the ink.
    cuts : Cuts
        Through this row.

    Returns
    -------
    Candidates
        By their starts, then by their ends.

    Examples
    --------
    >>> from core.digits.number.cuts import cuts_through
    >>> eleven = np.zeros((20, 18), np.float32)
    >>> eleven[:, :4] = eleven[:, 14:] = 1
    >>> candidates_of(eleven, cuts_through(eleven)).boxes.tolist()
    [[0, 0, 4, 20], [0, 0, 18, 20], [14, 0, 18, 20]]
    """
    height, width = row.shape
    column = np.arange(width)
    gaps = gaps_at(row, cuts)
    n_cuts = len(cuts.crossed)
    narrow = np.where(np.arange(n_cuts) % (n_cuts - 1) == 0, 0, np.maximum(0, NEAR - gaps))
    found = []
    for start in range(n_cuts - 1):
        first, from_here = cuts.columns[start].min(), cuts.columns[start][:, None]
        for end in range(start + 1, n_cuts):
            part = np.s_[first : cuts.columns[end].max()]
            inside = (column[part] >= from_here) & (column[part] < cuts.columns[end][:, None])
            ink = row[:, part] * inside
            drawn = ink >= INK_EDGE
            if not drawn.any():
                continue
            left, top, right, bottom = box_of(drawn)
            if right - left > WIDEST * height:
                break  # with every further cut it is wider still
            alone = ink[top:bottom, left:right]
            if alone.max() < 0.5:
                continue
            shape = (
                max(0.0, (right - left) / height - WIDE),
                max(0.0, LOW - (bottom - top) / height),
                cuts.crossed[start] + cuts.crossed[end],
                narrow[start] + narrow[end],
                gaps[start + 1 : end].max(initial=0.0),
            )
            box = (left + first, top, right + first, bottom)
            found.append((start, end, prepare(alone), box, shape))
    starts, ends, pixels, boxes, shapes = zip(*found, strict=True) if found else [()] * 5
    return Candidates(
        np.array(starts, np.intp),
        np.array(ends, np.intp),
        np.array(pixels, np.float32).reshape(-1, FIELD, FIELD),
        np.array(boxes, np.intp).reshape(-1, 4),
        np.array(shapes, np.float64).reshape(-1, 5),
    )


def gaps_at(row: Grey, cuts: Cuts) -> npt.NDArray[np.float64]:
    """Give how wide the paper at each cut is, where it is narrowest, in heights of the row."""
    height, width = row.shape
    drawn = row >= INK_EDGE
    column = np.arange(width)
    before = np.maximum.accumulate(np.where(drawn, column, -width), axis=1)
    before = np.pad(before, ((0, 0), (1, 0)), constant_values=-width)  # ink left of each column
    after = np.where(drawn, column, 2 * width)[:, ::-1]
    after = np.minimum.accumulate(after, axis=1)[:, ::-1]
    after = np.pad(after, ((0, 0), (0, 1)), constant_values=2 * width)
    y = np.arange(height)
    gaps = after[y, cuts.columns] - before[y, cuts.columns] - 1
    return np.asarray(np.clip(gaps.min(axis=1) / height, 0, 0.5), np.float64)
