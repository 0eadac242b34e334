"""Leave out the rules of lined paper, and keep the strokes that cross them."""

import numpy as np
import numpy.typing as npt

from core.digits.image.ink import Grey

LONG = 0.3
"""Share of the photo's width that a rule has at least, as far as it is seen."""
STEEP = np.linspace(-0.08, 0.08, 65)
"""How far a rule may rise on its way, as a share of it."""
THICKEST = 1 / 60
"""Share of the photo's longest side: a rule is no thicker."""
THICKER = 2
"""So many pixels thicker than the usual of the rules, something is a stroke."""


def rules_on(drawn: npt.NDArray[np.bool_], strength: Grey) -> npt.NDArray[np.bool_]:
    """Find the rules among what is drawn.

    Seen along its own slope, a rule fills a row of pixels almost wholly. What is on such a row is
    one, unless it is thicker than the rules are, or more like the strokes in its strength.

    Parameters
    ----------
    drawn : ndarray of bool
        (h, w)
    strength : ndarray of float32
        (h, w) of the ink.

    Returns
    -------
    ndarray of bool
        (h, w)

    Examples
    --------
    >>> drawn = np.zeros((60, 80), bool)
    >>> drawn[30] = drawn[10:50, 40] = True
    >>> rules = rules_on(drawn, np.ones((60, 80), np.float32))
    >>> int(rules.sum()), bool(rules[30, 0]), bool(rules[20, 40])
    (79, True, False)
    """
    height, width = drawn.shape
    thickest = max(2, round(THICKEST * max(drawn.shape)))
    lengths = run_lengths(drawn)
    thin = drawn & (lengths <= thickest)
    x = np.arange(width)
    y, column = np.nonzero(thin)
    best = np.zeros(height, np.intp)
    slope = 0.0
    for steep in STEEP:
        along = np.clip(y - np.round(steep * (column - width / 2)).astype(int), 0, height - 1)
        counts = np.bincount(along, minlength=height)
        if np.square(counts).sum() > np.square(best).sum():
            best, slope = counts, steep
    filled = best + np.pad(best, 1)[2:] + np.pad(best, 1)[:-2] >= LONG * width
    if not filled.any():
        return np.zeros_like(drawn)
    down = np.round(slope * (x - width / 2)).astype(int)
    place = np.clip(np.arange(height)[:, None] - down, 0, height - 1)
    usual = np.median(lengths[thin & filled[place]])
    grown = filled.copy()  # not quite straight
    for shift in range(1, 2 + int(usual) // 2):
        grown[shift:] |= filled[:-shift]
        grown[:-shift] |= filled[shift:]
    rules = thin & grown[place]
    rules &= lengths <= usual + THICKER
    strokes = drawn & ~thin
    if strokes.any():
        middle = (np.median(strength[rules]) + np.median(strength[strokes])) / 2
        rules &= strength <= max(middle, np.median(strength[rules]))
    return np.asarray(rules)


def run_lengths(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Give each pixel of a mask how many of it stand above each other there without a gap.

    Examples
    --------
    >>> run_lengths(np.array([[1, 0], [1, 1], [0, 1]], bool)).tolist()
    [[2, 0], [2, 2], [0, 2]]
    """
    down, up = (_count_down(mask), _count_down(mask[::-1])[::-1])
    return np.asarray(np.where(mask, down + up - 1, 0))


def _count_down(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Count at each pixel the pixels of its run so far, from the top."""
    row = np.arange(1, len(mask) + 1)[:, None]
    before = np.maximum.accumulate(np.where(mask, 0, row), axis=0)
    return np.asarray(row - before)
