"""The rows of a number: digits that stand beside each other, one row below another."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.image.ink import INK_EDGE, Grey, box_of
from core.digits.image.parts import DRAWN, counted, label_parts

COARSE = 384
"""Rows are found on a picture reduced to about this side."""
HIGH = 0.5
"""Share of the highest part's height from which a part tells where a row is: bars and dots do
not."""
SHARED = 0.4
"""Share of the lower part's height in which two parts of a row stand beside each other."""


class Row(NamedTuple):
    """One row of digits."""

    ink: Grey
    """(h, w) without the other rows, cropped to the ink."""
    left: int
    top: int
    """Where it begins, in pixels of the whole."""


def rows_of(ink: Grey) -> list[Row]:
    """Part ink into rows, from top to bottom.

    Parameters
    ----------
    ink : ndarray of float32
        (h, w), from 0 for paper to 1 for ink.

    Returns
    -------
    list of Row

    Examples
    --------
    >>> ink = np.zeros((50, 30), np.float32)
    >>> ink[:20, 2:5] = ink[:20, 20:23] = ink[30:, 10:13] = 1
    >>> [(row.left, row.top, row.ink.shape) for row in rows_of(ink)]
    [(2, 0, (20, 21)), (10, 30, (20, 3))]
    """
    factor = max(1, max(ink.shape) // COARSE)
    coarse = np.asarray(Image.fromarray(ink).reduce(factor)) if factor > 1 else ink
    names, part = counted(label_parts(coarse >= DRAWN))
    part = part - (names[0] == 0)  # -1 is paper
    n_parts = int(part.max()) + 1
    if n_parts == 0:
        return []
    spans = np.array([_span(part == name) for name in range(n_parts)])
    row_of = _row_of(spans)
    rows = []
    for name in range(row_of.max() + 1):
        others = np.isin(part, np.flatnonzero(row_of != name))
        fine = others.repeat(factor, axis=0).repeat(factor, axis=1)
        alone = ink.copy()
        seen = alone[: fine.shape[0], : fine.shape[1]]
        seen[fine[: ink.shape[0], : ink.shape[1]]] = 0
        mine = np.isin(part, np.flatnonzero(row_of == name))
        top, bottom = (factor * end for end in _span(mine))
        alone[: max(0, top - factor)] = alone[bottom + factor :] = 0
        drawn = alone >= INK_EDGE
        left, top, right, bottom = box_of(drawn)
        rows.append(Row(alone[top:bottom, left:right], left, top))
    return rows


def _span(mask: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Give the first row of a mask, and the one after the last."""
    rows = np.flatnonzero(mask.any(axis=1))
    return int(rows[0]), int(rows[-1]) + 1


def _row_of(spans: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Give each part (n, 2) of top and bottom the number of its row, from top to bottom.

    Examples
    --------
    >>> _row_of(np.array([[30, 50], [0, 20], [2, 4], [31, 49]])).tolist()
    [1, 0, 0, 1]
    """
    heights = spans[:, 1] - spans[:, 0]
    high = np.flatnonzero(heights >= HIGH * heights.max())
    rows: list[tuple[int, int]] = []
    for top, bottom in sorted(map(tuple, spans[high].tolist())):
        if rows:
            above = rows[-1]
            shared = min(bottom, above[1]) - max(top, above[0])
            if shared >= SHARED * min(bottom - top, above[1] - above[0]):
                rows[-1] = (above[0], max(bottom, above[1]))
                continue
        rows.append((top, bottom))
    limits = np.array(rows)
    away = np.maximum(
        limits[None, :, 0] - spans[:, None, 1], spans[:, None, 0] - limits[None, :, 1]
    )
    middle = np.abs(limits.mean(axis=1)[None] - spans.mean(axis=1)[:, None])
    return np.asarray((np.maximum(away, 0) + 1e-3 * middle).argmin(axis=1))
