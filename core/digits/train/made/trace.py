"""Trace a digit of MNIST: find the path of the pen, so that it can be drawn again.

MNIST knows thousands of hands but only its own pens. The middle line of its strokes, drawn again
with the canvas's pen at another size, is what the same hand would leave on the canvas.
"""

from collections.abc import Callable

import numba
import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.train.made.pen import Segments, join, spline
from core.digits.train.made.styles import slash

FINE = 2
"""The digit is thinned on a picture so many times finer."""
INK = 0.4
"""Share of the strongest ink from which a pixel is drawn on."""
SMOOTHINGS = 3
"""How often each point moves half the way to the mean of its neighbours."""


LOOPS = {0: 1, 6: 1, 8: 2, 9: 1}
"""Loops of the digits that have some. Where a wide pen has filled one in, the middle line misses it
and the digit becomes another."""


def trace(image: npt.NDArray[np.uint8], n_loops: int | None = None) -> Segments | None:
    """Find the middle line of a digit's strokes.

    Parameters
    ----------
    image : ndarray of uint8
        (28, 28), a digit of MNIST.
    n_loops : int, optional
        The loops that it should have, if it matters.

    Returns
    -------
    ndarray or None
        (m, 2, 2) segments in a box of unit height around the origin; None if it has more loops or
        fewer.

    Examples
    --------
    A stroke 4 wide and 20 high has a middle line about as high, less half a pen at each end:

    >>> image = np.zeros((28, 28), np.uint8)
    >>> image[4:24, 12:16] = 255
    >>> segments = trace(image)
    >>> np.ptp(segments[..., 1]).round(1), bool(np.ptp(segments[..., 0]) < 0.1)
    (np.float64(1.0), True)
    """
    height, width = image.shape
    fine = Image.fromarray(image).resize((width * FINE, height * FINE), Image.Resampling.BILINEAR)
    drawn = np.pad(np.asarray(fine) >= INK * image.max(), 1)
    points, links = connect(thin(drawn))
    if n_loops is not None and len(points) - len(links) != 1 - n_loops:  # Euler's formula
        return None
    degree = np.bincount(links.ravel(), minlength=len(points))[:, None]
    inner = degree[:, 0] > 1  # the ends of a stroke stay where they are
    for _ in range(SMOOTHINGS):
        total = np.zeros_like(points)
        np.add.at(total, links[:, 0], points[links[:, 1]])
        np.add.at(total, links[:, 1], points[links[:, 0]])
        points[inner] = (points[inner] + total[inner] / degree[inner]) / 2
    low, high = points.min(axis=0), points.max(axis=0)
    return np.asarray(((points - (low + high) / 2) / max((high - low)[1], 1))[links])


@numba.njit(cache=True, nogil=True)
def thin(drawn):  # type: ignore[no-untyped-def]
    """Peel a black-and-white picture down to lines one pixel wide.

    Each pass drops the pixels that lie on an edge but are no end of a line and hold nothing
    together; one pass from the south-east, the next from the north-west, so that the line stays
    in the middle.

    Parameters
    ----------
    drawn : ndarray of bool
        (h, w) with an empty border.

    Returns
    -------
    ndarray of bool
        (h, w).

    References
    ----------
    T. Y. Zhang, C. Y. Suen, "A fast parallel algorithm for thinning digital patterns", 1984.
    """
    drawn = drawn.copy()
    height, width = drawn.shape
    drop = np.zeros_like(drawn)
    ring = np.empty(9, np.bool_)  # the eight neighbours clockwise from the north, the first again
    changed = True
    while changed:
        changed = False
        for side in range(2):
            drop[:] = False
            for r in range(1, height - 1):
                for c in range(1, width - 1):
                    if not drawn[r, c]:
                        continue
                    ring[0] = ring[8] = drawn[r - 1, c]
                    ring[1], ring[2], ring[3] = (
                        drawn[r - 1, c + 1],
                        drawn[r, c + 1],
                        drawn[r + 1, c + 1],
                    )
                    ring[4], ring[5], ring[6] = (
                        drawn[r + 1, c],
                        drawn[r + 1, c - 1],
                        drawn[r, c - 1],
                    )
                    ring[7] = drawn[r - 1, c - 1]
                    n_neighbours, n_starts = 0, 0
                    for k in range(8):
                        n_neighbours += ring[k]
                        n_starts += ring[k + 1] and not ring[k]
                    north, east, south, west = ring[0], ring[2], ring[4], ring[6]
                    if side == 0:
                        edge = not (north and east and south) and not (east and south and west)
                    else:
                        edge = not (north and east and west) and not (north and south and west)
                    if edge and 2 <= n_neighbours <= 6 and n_starts == 1:
                        drop[r, c] = changed = True
            for r in range(height):
                for c in range(width):
                    drawn[r, c] &= not drop[r, c]
    return drawn


def connect(lines: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Connect the pixels of thin lines with their neighbours.

    Diagonal neighbours are connected only where no pixel beside both does it.

    Returns
    -------
    points : ndarray
        (n, 2) places (x, y) of the pixels.
    links : ndarray
        (m, 2) numbers of connected points; a point without neighbours is connected with itself.

    Examples
    --------
    >>> points, links = connect(np.array([[1, 1, 0], [0, 0, 1]], bool))
    >>> points.tolist(), links.tolist()
    ([[0.0, 0.0], [1.0, 0.0], [2.0, 1.0]], [[0, 1], [1, 2]])
    """
    rows, columns = np.nonzero(lines)
    number = np.full((lines.shape[0] + 2, lines.shape[1] + 2), -1)
    number[rows + 1, columns + 1] = np.arange(len(rows))
    here, links = np.arange(len(rows)), []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        other = number[rows + 1 + down, columns + 1 + right]
        linked = other >= 0
        if down and right:
            linked &= (number[rows + 1 + down, columns + 1] < 0) & (
                number[rows + 1, columns + 1 + right] < 0
            )
        links.append(np.stack([here[linked], other[linked]], axis=1))
    pairs = np.concatenate(links)
    alone = np.setdiff1d(here, pairs)
    pairs = np.concatenate([pairs, np.stack([alone, alone], axis=1)])
    return np.stack([columns, rows], axis=1).astype(np.float64), pairs


def add_slash(segments: Segments, rng: np.random.Generator) -> Segments:
    """Slash a 0."""
    return join(segments, slash(rng, segments.reshape(-1, 2)))


def add_flag(segments: Segments, rng: np.random.Generator) -> Segments:
    """Give a 1 a flag at its top, or a foot, or both."""
    points = segments.reshape(-1, 2)
    top, bottom = points[points[:, 1].argmin()], points[points[:, 1].argmax()]
    drawn = [segments]
    if rng.random() < 0.85:
        end = top + offset(-rng.uniform(0.12, 0.42), rng.uniform(0.08, 0.45))
        drawn.append(spline([top, (top + end) / 2 + rng.normal(0, 0.03, 2), end]))
    if rng.random() < 0.35 or len(drawn) == 1:
        drawn.append(bar(bottom, rng))
    return join(*drawn)


def add_bar(segments: Segments, rng: np.random.Generator) -> Segments:
    """Cross a 7."""
    points = segments.reshape(-1, 2)
    height = rng.uniform(-0.08, 0.18)
    x = points[np.abs(points[:, 1] - height) < 0.06, 0]
    return join(segments, bar(offset(x.mean() if len(x) else 0.0, height), rng))


def add_tail(segments: Segments, rng: np.random.Generator) -> Segments:
    """Curl the tail of a 9 to the left."""
    points = segments.reshape(-1, 2)
    end = points[points[:, 1].argmax()]
    far, deep, rise = rng.uniform((0.2, 0.02, -0.05), (0.75, 0.2, 0.2))
    path = offset(0, 0), offset(-0.12 * far, 0.8 * deep), offset(-far / 2, deep)
    return join(segments, spline(end + np.stack([*path, offset(-far, deep - rise)])))


def bar(middle: npt.NDArray[np.float64], rng: np.random.Generator) -> Segments:
    """Draw a bar across, nearly level."""
    left, right = rng.uniform(0.12, 0.4, 2)
    tilt = rng.normal(0.01, 0.05)
    return spline(middle + np.stack([offset(-left, tilt), offset(right, -tilt)]))


def offset(x: float, y: float) -> npt.NDArray[np.float64]:
    """Give a way to the right and down."""
    return np.array([x, y])


ADDITIONS: dict[int, Callable[[Segments, np.random.Generator], Segments]] = {
    0: add_slash,
    1: add_flag,
    7: add_bar,
    9: add_tail,
}
"""What some people add to a digit, and MNIST's writers hardly did."""
