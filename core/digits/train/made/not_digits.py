"""Drawings that are no digit: a recogniser should say so, and learns from these.

Each kind has its own function; all give segments in a box of about unit size around the origin.
"""

from collections.abc import Callable, Sequence

import numpy as np

from core.digits.train.made.pen import Segments, join, polyline, spline
from core.digits.train.made.styles import write_strokes

LETTERS: dict[str, str] = {
    "A": "10,100 50,0 50,0 90,100 | 24,64 76,64",
    "E": "84,2 16,2 16,2 16,98 16,98 84,98 | 16,50 70,50",
    "F": "84,2 16,2 16,2 16,100 | 16,48 70,48",
    "H": "14,0 14,100 | 86,0 86,100 | 14,50 86,50",
    "K": "16,0 16,100 | 84,2 18,54 18,54 86,98",
    "M": "6,100 14,0 14,0 50,66 50,66 86,0 86,0 94,100",
    "N": "12,100 12,0 12,0 88,100 88,100 88,0",
    "P": "18,100 18,0 18,2 70,4 80,28 62,50 18,52",
    "R": "18,100 18,0 18,2 70,4 78,26 62,48 18,50 | 44,50 86,100",
    "T": "6,2 94,2 | 50,2 50,100",
    "V": "8,0 50,100 50,100 92,0",
    "W": "2,0 26,100 26,100 50,30 50,30 74,100 74,100 98,0",
    "X": "8,0 92,100 | 92,0 8,100",
    "m": "4,30 6,100 6,100 14,34 44,34 48,100 48,100 56,34 88,34 94,100",
    "n": "14,10 16,100 16,100 26,20 70,16 84,100",
    "d": "74,62 46,50 20,76 46,100 74,76 | 76,0 76,100",
    "e": "16,54 84,50 54,2 14,44 44,100 88,82",
    "f": "84,12 58,0 42,26 42,100 | 16,44 76,42",
    "h": "20,0 20,100 20,100 30,52 68,48 78,100",
    "L": "20,0 20,98 20,98 84,98",
    "k": "22,0 20,100 | 72,36 24,66 24,66 76,100",
    "r": "28,10 28,100 28,100 34,34 78,14",
    "t": "46,0 46,84 78,96 | 14,32 82,30",
    "w": "2,10 24,96 50,30 50,30 76,96 98,8",
    "x": "8,8 92,92 | 88,6 44,50 10,96",
    "ampersand": "90,100 30,30 46,0 60,22 14,66 34,100 76,84 92,54",
    "plus": "50,4 50,96 | 4,50 96,50",
    "hash": "34,0 26,100 | 74,0 66,100 | 2,34 98,34 | 2,68 96,66",
    "star": "14,100 50,0 50,0 86,100 86,100 0,36 0,36 100,36 100,36 14,100",
    "arrow": "0,50 100,50 | 68,18 100,50 100,50 66,84",
    "tick": "4,60 34,100 34,100 100,0",
    "square": "4,4 96,4 96,4 96,96 96,96 4,96 4,96 4,4",
    "triangle": "50,2 2,96 2,96 98,96 98,96 50,2",
    "heart": "50,96 4,40 22,2 50,30 50,30 78,2 96,40 50,96",
    "house": "6,100 6,40 6,40 50,0 50,0 94,40 94,40 94,100 94,100 6,100",
    "smile": "50,0 2,50 50,100 98,50 50,0 | 32,34 34,38 | 66,34 68,38 | 28,64 50,80 72,64",
    "spiral": "50,50 62,44 58,66 34,60 36,30 74,22 84,72 40,92 8,52 26,8 70,0",
    "wave": "0,50 16,20 34,78 50,22 66,78 84,22 100,50",
    "zigzag": "0,70 18,30 18,30 36,70 36,70 54,30 54,30 72,70 72,70 90,30",
    "pi": "4,14 96,8 | 32,12 24,98 | 70,10 72,84 90,96",
    "sigma": "90,6 12,4 12,4 56,50 56,50 10,96 10,96 92,96",
    "psi": "6,6 14,56 50,64 88,56 96,4 | 52,0 50,100",
    "lambda": "18,0 34,6 88,100 | 48,40 8,100",
    "omega": "4,98 34,98 34,98 8,50 30,8 68,8 92,50 66,98 66,98 98,98",
    "percent": "90,4 8,98 | 20,6 6,20 20,34 34,20 20,6 | 80,66 66,80 80,96 94,80 80,66",
    "infinity": "50,50 26,28 2,50 26,72 50,50 74,28 98,50 74,72 50,50",
    "stairs": "0,0 0,34 0,34 34,34 34,34 34,66 34,66 68,66 68,66 68,98 68,98 100,98",
    "comb": "2,98 98,98 | 4,96 4,30 | 36,96 36,30 | 66,96 66,30 | 96,96 96,30",
    "grid": "4,4 96,4 96,4 96,96 96,96 4,96 4,96 4,4 | 50,4 50,96 | 4,50 96,50",
    "fish": "96,20 40,78 4,50 40,22 96,80",
    "dash": "0,50 100,50",
    "equals": "0,34 100,32 | 0,68 100,66",
    "division": "0,50 100,50 | 50,20 | 50,80",
    "question mark": "20,26 48,0 78,26 50,54 50,74 | 50,98",
    "exclamation mark": "50,0 50,66 | 50,98",
}
"""Letters and signs unlike any digit, written as in `core.digits.train.made.styles`."""


def letter(rng: np.random.Generator, names: Sequence[str] | None = None) -> Segments:
    """Write a letter or a sign that resembles no digit; one of `LEARNED` if no names are given.

    Examples
    --------
    >>> letter(np.random.default_rng(0)).shape[1:]
    (2, 2)
    """
    names = names or LEARNED
    return write_strokes(LETTERS[names[int(rng.integers(len(names)))]], rng, shake=0.04)


def scribble(rng: np.random.Generator) -> Segments:
    """Scribble: a curve through many random points, or to and fro."""
    n_points = int(6 + 26 * rng.random() ** 2)
    if rng.random() < 0.6:
        points = rng.uniform(-0.5, 0.5, (n_points, 2)) * (1, rng.uniform(0.4, 1))
        return spline(points) if rng.random() < 0.5 else polyline(points)
    along = np.linspace(-0.5, 0.5, n_points)
    across = 0.5 * rng.uniform(0.4, 1) * (-1.0) ** np.arange(n_points)
    points = np.stack([along, across], axis=1) + rng.normal(0, 0.06, (n_points, 2))
    angle = rng.uniform(0, 2 * np.pi)
    c, s = np.cos(angle), np.sin(angle)
    return spline(points @ [[c, -s], [s, c]])


def walk(rng: np.random.Generator) -> Segments:
    """Scribble: a long way that turns at random, smoothly or abruptly."""
    while True:
        sharpness = np.exp(rng.uniform(np.log(0.08), np.log(1.2)))
        turns = rng.normal(0, sharpness, rng.integers(40, 300))
        angles = np.cumsum(turns)
        points = np.cumsum(np.stack([np.cos(angles), np.sin(angles)], axis=1), axis=0)
        extent = np.ptp(points, axis=0).max()
        if len(points) >= LONG * extent:  # a short one may look like a digit
            return polyline((points - (points.max(axis=0) + points.min(axis=0)) / 2) / extent)


LONG = 5.5
"""Length of a walk in sizes of its box; a digit's is hardly more than four."""


def dot(rng: np.random.Generator) -> Segments:
    """Make a blob: one to five points that the pen covers at once; one point is a dot."""
    points = rng.uniform(-0.5, 0.5, (rng.integers(1, 6), 1, 2))
    return points.repeat(2, axis=1)


def dots(rng: np.random.Generator) -> Segments:
    """Make two to six dots."""
    points = rng.uniform(-0.5, 0.5, (rng.integers(2, 7), 1, 2))
    return points.repeat(2, axis=1)


def strokes(rng: np.random.Generator) -> Segments:
    """Draw four to eight straight strokes anywhere."""
    return rng.uniform(-0.5, 0.5, (rng.integers(4, 9), 2, 2))


def full(rng: np.random.Generator) -> Segments:
    """Fill a canvas almost wholly: rows close to one another, straight, or round and round."""
    n_rows = int(rng.integers(8, 24))
    along = np.linspace(-0.5, 0.5, n_rows).repeat(2)
    if rng.random() < 0.75:
        across = 0.5 * np.tile([-1, 1, 1, -1], n_rows)[: len(along)]
        points = np.stack([across, along], axis=1)[:, :: int(rng.choice([-1, 1]))]
    else:
        angles = np.arange(12 * n_rows) * (2 * np.pi / 12)
        points = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        points *= (angles / angles[-1] / 2)[:, None]
    return polyline(points + rng.normal(0, rng.uniform(0, 0.03), points.shape))


def side_by_side(first: Segments, second: Segments, rng: np.random.Generator) -> Segments:
    """Put two digits next to each other, of nearly the same height and not touching much."""
    halves = []
    for digit in (first, second):
        low, extent = digit.min(axis=(0, 1)), np.ptp(digit, axis=(0, 1))
        halves.append((digit - low) / extent[1] * rng.uniform(0.8, 1.2))
    gap = rng.uniform(0.1, 0.8)
    moved = halves[1] + (np.ptp(halves[0], axis=(0, 1))[0] + gap, rng.normal(0, 0.1))
    both = join(halves[0], moved)
    return np.asarray(both - (both.min(axis=(0, 1)) + both.max(axis=(0, 1))) / 2)


HELD_OUT = ("K", "R", "M", "W", "x", "f", "h", "star", "house", "triangle")
"""Letters and signs that no network learns from: they tell whether it knows the unknown."""
LEARNED = tuple(name for name in LETTERS if name not in HELD_OUT)


KINDS: dict[str, Callable[[np.random.Generator], Segments]] = {
    "letter": letter,
    "scribble": scribble,
    "walk": walk,
    "dot": dot,
    "dots": dots,
    "strokes": strokes,
    "full": full,
}
"""The kinds that need nothing but chance; `side_by_side` takes two digits."""
SHARES = {"letter": 6, "scribble": 8, "walk": 7, "strokes": 3, "dot": 1, "dots": 1, "full": 1}
"""How often each kind is drawn, in parts; two digits side by side in `PAIRS` more."""
PAIRS = 4
SIZES = {"walk": (4.0, 12.0), "dot": (0.05, 1.0), "full": (11.0, 24.0)}
"""The range of sizes of some kinds, in widths of the pen; a canvas cuts off what is larger."""
