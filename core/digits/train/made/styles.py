"""How people write the ten digits: control points of the pen's path, variant by variant.

Each digit has several variants, and among them those that MNIST hardly has: a 1 with a flag or a
foot, a crossed 7, an open or one-stroke 4, a 9 with a curled tail, a slashed 0.

A variant is written like "30,4 18,55 18,55 85,52 | 62,10 58,100": its strokes, separated by bars,
each as the pen's control points x,y in a box of 100 by 100, y down. A point given twice is a
corner.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from core.digits.train.made.pen import Segments, join, polyline, spline

VARIANTS: dict[int, dict[str, str]] = {
    1: {
        "bar": "50,0 50,100",
        "bar, curved": "56,0 50,50 46,100",
        "flag": "25,32 55,0 55,0 52,100",
        "long flag": "8,45 55,0 55,0 52,100",
        "flat flag": "18,18 38,12 55,0 55,0 54,100",
        "curved flag": "18,26 38,24 56,0 56,0 52,50 50,100",
        "flag, retraced": "50,95 55,0 55,0 30,30",
        "flag and foot": "25,28 50,0 50,0 50,98 | 20,100 82,98",
        "flag and foot, one stroke": "28,28 52,0 52,0 48,98 48,98 20,99 20,99 85,97",
        "flag and half a foot": "28,28 50,0 50,0 50,97 50,97 80,97",
        "small flag and foot": "38,12 50,0 50,0 50,99 | 25,100 75,100",
        "foot": "50,0 50,100 | 22,100 78,100",
        "head and foot": "50,2 50,98 | 30,100 70,100 | 34,4 52,0",
    },
    2: {
        "plain": "20,25 45,0 78,22 55,60 15,98 15,98 85,98",
        "loop": "22,22 48,0 75,22 55,60 22,92 18,80 40,82 88,98",
        "like a Z": "15,8 80,4 80,4 15,97 15,97 85,97",
        "swan": "18,32 30,4 68,6 66,42 12,95 12,95 50,88 90,98",
        "wavy foot": "18,20 48,0 74,24 48,65 14,94 36,84 62,98 90,86",
        "curled head": "34,26 20,18 44,0 76,24 52,64 14,97 14,97 88,95",
        "steep": "10,30 48,0 72,18 62,55 38,97 38,97 75,97",
    },
    3: {
        "round": "20,12 52,0 76,22 40,45 40,45 80,70 50,100 15,86",
        "flat top": "20,3 78,3 78,3 44,42 44,42 80,68 54,100 16,88",
        "angular": "22,4 75,4 75,4 75,46 35,46 35,46 76,48 76,96 76,96 20,96",
        "small loop": "22,14 50,0 74,20 46,46 36,44 46,42 78,70 48,100 14,84",
        "curled ends": "28,24 26,8 56,0 72,22 42,45 42,45 78,72 44,100 18,88 32,76",
        "pointed": "18,6 70,16 70,16 36,46 36,46 80,74 80,74 12,100",
        "long tail": "30,10 54,0 68,18 46,38 46,38 78,62 50,92 2,96",
        "small top": "34,12 50,0 64,14 44,30 44,30 84,62 54,100 12,84",
    },
    4: {
        "open": "30,0 18,55 18,55 85,52 | 62,10 58,100",
        "open, high stem": "25,15 12,62 12,62 90,58 | 66,0 60,100",
        "open, round": "22,5 16,45 40,60 66,40 | 70,2 60,100",
        "open, short stem": "28,0 20,52 20,52 88,50 | 58,30 56,100",
        "open, one stroke": "30,0 16,52 16,52 70,46 74,12 74,12 58,100",
        "open, like a u": "16,4 18,46 48,56 74,6 74,6 56,100",
        "open, lightning": "40,0 10,56 10,56 76,38 76,38 40,100",
        "open, like a y": "18,0 36,50 36,50 | 80,0 36,50 30,100",
        "closed": "60,100 64,0 64,0 10,66 10,66 90,66",
        "closed, two strokes": "64,0 10,64 10,64 92,64 | 66,2 66,100",
        "closed, narrow": "54,100 60,0 60,0 26,62 26,62 84,56",
        "closed, one stroke": "72,4 50,30 12,60 12,60 80,52 72,4 72,4 66,100",
        "like a 9": "70,6 30,24 18,50 52,50 72,8 72,8 60,100",
        "loop at the corner": "34,0 22,52 14,62 14,50 40,54 90,50 | 64,6 58,100",
        "with a foot": "60,0 12,62 12,62 90,60 | 64,22 64,98 64,98 | 45,100 84,100",
        "with corners": "22,2 16,50 16,50 58,52 | 88,6 58,8 58,8 58,100",
        "chair": "20,2 20,54 20,54 80,54 | 80,2 80,100",
    },
    5: {
        "one stroke": "80,2 28,4 28,4 22,46 22,46 78,58 56,98 14,90",
        "two strokes": "28,4 24,44 60,40 78,70 44,100 14,88 | 28,4 82,2",
        "loose cap": "26,12 22,48 64,46 74,76 40,100 12,90 | 36,6 88,0",
        "like an S": "82,6 46,2 24,26 50,46 74,70 48,98 14,88",
        "angular": "78,2 24,2 24,2 24,46 24,46 74,46 74,46 74,96 74,96 18,96",
        "curled": "82,4 30,6 30,6 24,44 24,44 58,36 78,68 46,100 18,84 30,76",
        "flat tail": "84,2 34,6 34,6 30,40 30,40 72,52 60,88 4,96",
        "slanted": "92,0 44,8 34,42 64,56 56,86 6,100",
    },
    6: {
        "plain": "66,0 28,40 22,82 50,100 76,78 52,58 24,74",
        "straight": "58,0 18,72 44,100 74,80 52,60 20,76",
        "like a b": "26,0 24,88 50,100 76,78 56,54 24,72",
        "hooked": "80,12 58,0 26,40 26,86 56,98 70,76 44,62 24,76",
        "long hook": "84,28 74,4 50,4 22,50 26,92 54,94 60,72 40,66 26,82",
        "big loop": "72,0 30,28 12,70 44,100 88,72 56,42 16,66",
        "small loop": "64,0 30,48 26,90 46,98 58,82 44,70 26,84",
        "open": "62,0 24,46 26,90 60,96 74,70 48,62",
        "loop drawn twice": "64,0 26,44 24,88 58,98 72,72 44,60 22,78 40,98 66,92",
        "angular": "74,4 30,18 30,18 20,60 24,96 24,96 74,96 78,66 44,56 22,64",
    },
    7: {
        "plain": "14,4 82,4 82,4 40,100",
        "curved": "12,8 50,6 82,4 82,4 52,50 44,100",
        "wavy": "10,18 26,4 56,12 84,2 84,2 50,56 38,100",
        "serif": "16,26 18,4 18,4 84,4 84,4 46,100",
        "crossed": "14,4 82,4 82,4 44,100 | 30,52 88,50",
        "crossed, curved": "12,10 44,4 80,6 60,50 50,100 | 24,54 94,50",
        "crossed, wavy": "12,20 24,4 54,12 82,2 82,2 56,50 46,100 | 26,58 92,50",
        "crossed, serif": "14,24 18,4 18,4 82,4 82,4 48,100 | 28,50 86,50",
        "crossed, narrow": "28,6 70,4 70,4 56,50 52,100 | 20,56 98,50",
        "crossed, steep": "12,6 64,4 64,4 62,100 | 34,52 92,52",
        "crossed, hooked": "8,16 22,2 60,4 76,8 62,48 60,100 | 36,52 84,50",
        "crossed, one stroke": "14,6 78,4 78,4 44,100 44,100 52,56 30,52 30,52 82,50",
        "flat": "2,22 94,2 94,2 56,98",
    },
    8: {
        "one stroke": "72,12 46,0 26,22 50,46 74,74 46,100 22,76 50,46 74,18 60,2",
        "from the middle": "50,46 26,20 50,0 74,20 50,46 22,76 50,100 78,76 50,46",
        "two circles": "50,0 28,20 50,44 72,20 50,0 | 50,44 22,72 50,100 78,72 50,44",
        "open ends": "90,6 50,4 28,22 52,48 72,78 44,100 24,76 56,44 86,12",
        "straight back": "76,8 42,2 28,22 70,70 54,98 24,84 40,56 78,8",
        "ends apart": "60,2 34,16 44,42 70,72 46,100 26,76 52,46 70,24 72,4",
        "small top": "60,10 46,2 36,18 52,36 82,72 48,100 16,74 46,38 64,22 56,4",
        "small bottom": "76,14 46,0 20,26 50,58 66,80 48,100 34,82 54,56 82,26 66,4",
        "crossed ends": "34,6 70,8 34,38 34,38 74,72 44,100 22,78 66,36 30,6",
    },
    9: {
        "straight": "72,20 46,2 22,28 46,50 72,22 72,4 72,4 62,100",
        "stem and loop": "70,12 44,0 24,26 46,48 70,20 70,12 66,60 64,100",
        "curled": "70,14 46,0 24,26 46,48 70,14 70,14 74,62 52,98 18,86",
        "deeply curled": "70,16 48,0 28,24 50,46 72,16 72,16 78,70 44,100 10,80",
        "flat tail": "70,16 50,0 32,24 52,42 72,14 72,14 74,70 56,94 4,96",
        "small loop, flat tail": "66,12 50,0 38,16 52,30 68,12 68,12 78,60 58,92 2,94",
        "small loop, curled": "66,12 48,0 36,18 52,32 66,12 66,12 80,58 48,98 12,84",
        "like a 3": "64,8 42,6 40,28 62,28 68,6 60,32 78,62 48,96 8,94",
        "like a g": "72,10 40,2 24,26 48,44 74,6 74,6 74,96 74,96 12,96",
        "angular": "74,8 24,6 24,6 26,42 26,42 74,40 74,6 74,6 74,98 74,98 20,96",
        "from the top": "40,4 70,6 64,34 34,36 28,14 46,2 74,20 70,66 46,98 12,90",
        "open": "74,8 34,8 26,34 54,40 76,14 76,14 66,70 58,100",
        "open, curled": "66,10 32,8 34,32 60,30 76,20 80,64 52,94 6,92",
        "slanted": "84,10 52,4 34,28 52,42 86,8 86,8 20,100",
    },
}
"""By digit and name; a 0 is drawn by `zero`."""


def write(digit: int, variant: str, rng: np.random.Generator, *, shake: float = 0.035) -> Segments:
    """Write a digit: the variant's control points, each a little off, joined by a pen's path.

    Parameters
    ----------
    digit : int
        0 to 9.
    variant : str
        One of `variants(digit)`.
    rng : Generator
    shake : float
        Standard deviation of each control point, as a share of the height.

    Returns
    -------
    ndarray
        (m, 2, 2) segments in a box of about unit size around the origin.

    Examples
    --------
    >>> segments = write(7, "crossed", np.random.default_rng(0))
    >>> segments.shape[1:], bool(np.abs(segments).max() < 0.8)
    ((2, 2), True)
    """
    if digit == 0:
        return ZEROS[variant](rng, shake)
    return write_strokes(VARIANTS[digit][variant], rng, shake)


def variants(digit: int) -> list[str]:
    """Give the names of the variants of a digit.

    Examples
    --------
    >>> variants(0)
    ['plain', 'tail', 'slashed', 'slashed in one stroke']
    """
    return list(ZEROS if digit == 0 else VARIANTS[digit])


def write_strokes(strokes: str, rng: np.random.Generator, shake: float) -> Segments:
    """Move each control point and each stroke a little at random, and draw the splines."""
    drawn = []
    for stroke in strokes.split("|"):
        points = np.array([point.split(",") for point in stroke.split()], np.float64) / 100 - 0.5
        noise = rng.normal(0, shake, points.shape)
        corner = np.all(points[1:] == points[:-1], axis=1)
        noise[1:][corner] = noise[:-1][corner]
        noise += rng.normal(0, shake / 2, 2)
        drawn.append(spline(points + noise))
    return join(*drawn)


def oval(rng: np.random.Generator, shake: float, turns: float) -> npt.NDArray[np.float64]:
    """Give points (n, 2) along an oval of unit height: `turns` times around, from near the top."""
    start = rng.normal(-np.pi / 2, 0.5)
    direction = rng.choice([-1, 1], p=[0.8, 0.2])
    angles = start + direction * np.linspace(0, 2 * np.pi * turns, 11)
    wide = rng.uniform(0.22, 0.5)
    points = np.stack([wide * np.cos(angles), 0.5 * np.sin(angles)], axis=1)
    return np.asarray(points + rng.normal(0, shake / 2, points.shape))


def slash(rng: np.random.Generator, around: npt.NDArray[np.float64]) -> Segments:
    """Draw a slash through the box of points (n, 2): most rise to the right; some lie or stand.

    It may stay inside the box or stick out of it by up to half its size.
    """
    middle = (around.max(axis=0) + around.min(axis=0)) / 2 + rng.normal(0, 0.04, 2)
    half = np.ptp(around, axis=0) / 2
    style = rng.choice(["rising", "falling", "lying", "standing"], p=[0.66, 0.08, 0.13, 0.13])
    towards = {
        "rising": half * (1, -1),
        "falling": half,
        "lying": half * (1.1, 0),
        "standing": half * (0, 1.1),
    }[str(style)]
    angle = rng.normal(0, 0.2)
    c, s = np.cos(angle), np.sin(angle)
    towards = np.array([[c, -s], [s, c]]) @ towards
    ends = rng.uniform(0.55, 1.55, 2) if style != "lying" else rng.uniform(0.9, 2.2, 2)
    bend = rng.normal(0, 0.05, 2)
    return spline([middle + ends[0] * towards, middle + bend, middle - ends[1] * towards])


def zero(rng: np.random.Generator, shake: float) -> Segments:
    """Write a 0: once around, ending short of the start or beyond it."""
    return spline(oval(rng, shake, rng.uniform(0.93, 1.2)))


def tailed_zero(rng: np.random.Generator, shake: float) -> Segments:
    """Write a 0 whose end leaves the oval outwards."""
    points = oval(rng, shake, rng.uniform(0.95, 1.1))
    tail = points[-1] + np.array([rng.uniform(0.1, 0.45), rng.uniform(-0.2, 0.08)])
    return spline(np.concatenate([points, [tail]]))


def slashed_zero(rng: np.random.Generator, shake: float) -> Segments:
    """Write a 0 with a slash of its own stroke."""
    points = oval(rng, shake, rng.uniform(0.93, 1.15))
    return join(spline(points), slash(rng, points))


def slashed_zero_in_one_stroke(rng: np.random.Generator, shake: float) -> Segments:
    """Write a 0 whose end runs on through the oval, to the lower left."""
    points = oval(rng, shake, rng.uniform(0.95, 1.15))
    half = np.ptp(points, axis=0) / 2
    top = np.array([rng.uniform(0.3, 0.9), rng.uniform(-1.1, -0.5)]) * half
    bottom = np.array([rng.uniform(-1.0, -0.2), rng.uniform(0.4, 1.1)]) * half
    return join(spline(points), polyline([points[-1], top]), spline([top, bottom]))


ZEROS: dict[str, Callable[[np.random.Generator, float], Segments]] = {
    "plain": zero,
    "tail": tailed_zero,
    "slashed": slashed_zero,
    "slashed in one stroke": slashed_zero_in_one_stroke,
}
