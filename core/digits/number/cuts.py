"""Where a row of digits may be cut: paths from top to bottom that cross little ink.

A cut may lean and bend a little, so digits whose boxes overlap can be parted, too. There are more
cuts than digits: which of them are right is for the reader of the parts to say.
"""

import itertools
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.digits.image.ink import Grey

EVERY = 0.09
"""Heights of the row from one possible cut to the next, about."""
BAND = 0.2
"""Heights by which a cut may lean to each side, at most."""
LEAN = 0.02
"""What a step to the side costs a cut, in pixels of full ink."""
SPECK = 0.004
"""So little ink between two cuts, in squares of the height, is no part of its own."""


class Cuts(NamedTuple):
    """Possible cuts through a row of digits, from left to right."""

    columns: npt.NDArray[np.intp]
    """(n_cuts, h) the first column right of the cut, row by row; the first and the last cut are the
    row's own sides."""
    crossed: npt.NDArray[np.float64]
    """(n_cuts,) how much ink each crosses, in heights of the row."""


def cuts_through(row: Grey) -> Cuts:
    """Find where a row of digits may be cut.

    Parameters
    ----------
    row : ndarray of float32
        (h, w), from 0 for paper to 1 for ink, cropped to the ink.

    Returns
    -------
    Cuts

    Examples
    --------
    >>> eleven = np.zeros((20, 18), np.float32)
    >>> eleven[:, :4] = eleven[:, 14:] = 1
    >>> cuts = cuts_through(eleven)
    >>> cuts.columns[:, 0].tolist(), cuts.crossed.tolist()
    ([0, 4, 18], [0.0, 0.0, 0.0])
    """
    height, width = row.shape
    inner = paths_near(row, possible_columns(row))
    sides = np.array([[0], [width]]).repeat(height, axis=1)
    paths = np.concatenate([sides[:1], inner, sides[1:]])
    paths = np.maximum.accumulate(paths, axis=0)  # none crosses the one before
    return without_doubles(row, Cuts(paths, ink_crossed(row, paths)))


def possible_columns(row: Grey) -> npt.NDArray[np.intp]:
    """Choose of each short stretch the column with the least ink."""
    height, width = row.shape
    ink = row.sum(axis=0)
    n_stretches = max(1, round(width / (EVERY * height)))
    edges = np.linspace(min(1, width), width, n_stretches + 1).round().astype(int)
    columns = []
    for start, end in itertools.pairwise(edges.tolist()):
        if end > start:
            least = np.flatnonzero(ink[start:end] <= ink[start:end].min() + 0.01)
            columns.append(start + int(least[len(least) // 2]))  # the middle of a gap
    return np.array(columns, np.intp)


def paths_near(row: Grey, columns: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Give for each column the path near it, from top to bottom, that crosses the least ink.

    Row by row, each place takes the cheapest of the three above it; from the cheapest at the bottom
    the way is gone back.

    Parameters
    ----------
    row : ndarray of float32
        (h, w)
    columns : ndarray of int
        (n,)

    Returns
    -------
    ndarray of int
        (n, h)
    """
    height, width = row.shape
    reach = max(1, round(BAND * height))
    padded = np.pad(row, ((0, 0), (reach, reach + 1)), constant_values=2.0)
    bands = columns[:, None] + np.arange(2 * reach + 1)  # places in the padded row
    total = padded[0][bands]
    came = np.zeros((height, *bands.shape), np.intp)
    for y in range(1, height):
        sides = np.pad(total + LEAN, ((0, 0), (1, 1)), constant_values=np.inf)
        above = np.stack([total, sides[:, :-2], sides[:, 2:]])  # the first of equals: straight on
        came[y] = above.argmin(axis=0)
        total = above.min(axis=0) + padded[y][bands]
    step = np.array([0, -1, 1])
    which, place = np.arange(len(columns)), total.argmin(axis=1)
    paths = np.empty((len(columns), height), np.intp)
    for y in range(height - 1, -1, -1):
        paths[:, y] = bands[which, place] - reach
        place = place + step[came[y, which, place]]
    return np.clip(paths, 0, width)


def ink_crossed(row: Grey, paths: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Add up the ink that each path has on both its sides, in heights of the row."""
    padded = np.pad(row, ((0, 0), (1, 1)))
    on_both = np.minimum(padded[:, 1:], padded[:, :-1])
    crossed = on_both[np.arange(len(row)), paths].sum(axis=1)
    return np.asarray(crossed / len(row), np.float64)


def without_doubles(row: Grey, cuts: Cuts) -> Cuts:
    """Leave one of several cuts with hardly any ink between them: the one that crosses least."""
    height = len(row)
    so_far = np.pad(np.cumsum(row, axis=1), ((0, 0), (1, 0)))
    left_of = so_far[np.arange(height), cuts.columns].sum(axis=1) / height**2
    last = len(left_of) - 1
    kept = [0]
    for k in range(1, last):
        if left_of[last] - left_of[k] < SPECK or left_of[k] - left_of[0] < SPECK:
            continue
        if left_of[k] - left_of[kept[-1]] >= SPECK:
            kept.append(k)
        elif cuts.crossed[k] < cuts.crossed[kept[-1]]:
            kept[-1] = k
    return Cuts(cuts.columns[[*kept, last]], cuts.crossed[[*kept, last]])
