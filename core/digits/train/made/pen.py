"""A synthetic pen: it draws strokes on a canvas, as the Sketch page's pen does.

A *drawing* is an array of line segments (m, 2, 2): m segments, each with two ends (x, y), x to the
right and y down. A segment whose ends are equal is a dot.
"""

import numba
import numpy as np
import numpy.typing as npt

Segments = npt.NDArray[np.float64]

CANVAS = 280
"""Width and height of the canvas, in pixels."""
PER_SPAN = 8
"""Line segments from one control point of a spline to the next."""


def spline(points: npt.ArrayLike) -> Segments:
    """Draw a smooth curve through control points: a Catmull-Rom spline.

    Between two points p₁ and p₂ the curve is a cubic; its slope at each of them is half the way
    from the point before to the point after. A point given twice is a corner.

    Parameters
    ----------
    points : array_like
        (n, 2) control points, n at least 1; one point alone is a dot.

    Returns
    -------
    ndarray
        (m, 2, 2) line segments, end to end.

    References
    ----------
    E. Catmull, R. Rom, "A class of local interpolating splines", 1974.

    Examples
    --------
    >>> spline([(0, 0), (4, 8), (8, 0)])[8].round(2).tolist()
    [[4.0, 8.0], [4.53, 7.71]]
    >>> len(spline([(0, 0), (0, 8), (8, 8)]))
    16
    """
    p = np.asarray(points, np.float64)
    if len(p) == 1:
        return np.stack([p, p], axis=1)
    p = np.concatenate([p[:1], p, p[-1:]])
    before, start, end, after = (p[k : len(p) - 3 + k, None, :] for k in range(4))
    t = np.linspace(0, 1, PER_SPAN, endpoint=False)[:, None]
    curve = (  # (spans, points of a span, 2)
        start
        + t * (end - before) / 2
        + t**2 * (before - 2.5 * start + 2 * end - after / 2)
        + t**3 * (1.5 * (start - end) + (after - before) / 2)
    )
    moves = np.any(start != end, axis=(1, 2))  # a corner's own span has no length
    return polyline(np.concatenate([curve[moves].reshape(-1, 2), p[-1:]]))


def polyline(points: npt.ArrayLike) -> Segments:
    """Connect points (n, 2) by straight lines; (n − 1, 2, 2) segments.

    Examples
    --------
    >>> polyline([(0, 0), (1, 0), (1, 1)]).shape
    (2, 2, 2)
    """
    p = np.asarray(points, np.float64)
    return np.stack([p[:-1], p[1:]], axis=1)


def join(*drawings: Segments) -> Segments:
    """Put drawings together on one sheet."""
    return np.concatenate(drawings)


def draw(segments: Segments, width: float, size: int = CANVAS) -> npt.NDArray[np.uint8]:
    """Draw segments with a round pen, white on black, with smooth edges.

    Parameters
    ----------
    segments : ndarray
        (m, 2, 2) in pixels of the canvas; what lies outside is not drawn.
    width : float
        Of the pen, in pixels.
    size : int
        Of the canvas, in pixels.

    Returns
    -------
    ndarray of uint8
        (size, size), 0 is paper and 255 is ink.

    Examples
    --------
    >>> drawing = draw(spline([(50, 50), (50, 100)]), width=20)
    >>> int((drawing[75] > 127).sum()), int(drawing[75, 50]), int(drawing[150, 50])
    (20, 255, 0)
    """
    canvas = np.zeros((size, size), np.float32)
    _draw(canvas, np.ascontiguousarray(segments, np.float64), width / 2)
    return np.rint(canvas * 255).astype(np.uint8)


@numba.njit(cache=True, nogil=True)
def _draw(canvas, segments, radius):  # type: ignore[no-untyped-def]
    """Cover each pixel by how far the pen's edge reaches beyond the pixel's middle."""
    size = len(canvas)
    reach = radius + 1
    inner2, outer2 = max(radius - 0.5, 0.0) ** 2, (radius + 0.5) ** 2
    for (x0, y0), (x1, y1) in segments:
        dx, dy = x1 - x0, y1 - y0
        length2 = dx * dx + dy * dy
        per_length2 = 1 / length2 if length2 > 0 else 0.0
        top, bottom = max(0, int(min(y0, y1) - reach)), int(max(y0, y1) + reach) + 1
        left, right = max(0, int(min(x0, x1) - reach)), int(max(x0, x1) + reach) + 1
        for row in range(top, min(size, bottom)):
            y = row + 0.5 - y0
            for column in range(left, min(size, right)):
                if canvas[row, column] == 1:
                    continue
                x = column + 0.5 - x0
                t = min(max((x * dx + y * dy) * per_length2, 0.0), 1.0)
                distance2 = (x - t * dx) ** 2 + (y - t * dy) ** 2
                if distance2 <= inner2:
                    canvas[row, column] = 1
                elif distance2 < outer2:
                    ink = radius + 0.5 - np.sqrt(distance2)
                    canvas[row, column] = max(canvas[row, column], ink)


def scatter(
    segments: Segments, rng: np.random.Generator, *, slant: float, turn: float, stretch: float
) -> Segments:
    """Slant, turn and stretch a drawing at random, and bend it a little.

    Parameters
    ----------
    segments : ndarray
        (m, 2, 2), of about unit size around the origin.
    rng : Generator
    slant, turn : float
        Standard deviation of the shear and of the angle in radians.
    stretch : float
        Standard deviation of ln(width / height).

    Returns
    -------
    ndarray
        (m, 2, 2).

    Examples
    --------
    >>> line = polyline([(0, -0.5), (0, 0.5)])
    >>> rng = np.random.default_rng(0)
    >>> np.allclose(scatter(line, rng, slant=0, turn=0, stretch=0), line, atol=0.15)
    True
    """
    angle, shear, wide = rng.normal(0, (turn, slant, stretch))
    c, s = np.cos(angle), np.sin(angle)
    matrix = np.array([[c, -s], [s, c]]) @ [[np.exp(wide / 2), -shear], [0, np.exp(-wide / 2)]]
    points = segments.reshape(-1, 2)
    waves, (phases, _) = rng.uniform(2, 6, (2, 2)), rng.uniform(0, 2 * np.pi, (2, 2))
    bend = 0.03 * rng.uniform(0, 1) * np.sin(points @ waves + phases)
    return np.asarray(((points + bend) @ matrix.T).reshape(-1, 2, 2))


def place(segments: Segments, size: float, rng: np.random.Generator, width: float) -> Segments:
    """Give a drawing a size, and put it somewhere on the canvas where all of it is inside.

    Parameters
    ----------
    segments : ndarray
        (m, 2, 2) in any unit.
    size : float
        Of the longer side of its box, in pixels; less where the canvas is too small.
    rng : Generator
        Chooses the place.
    width : float
        Of the pen, in pixels.

    Returns
    -------
    ndarray
        (m, 2, 2) in pixels of the canvas.

    Examples
    --------
    >>> line = polyline([(0, 0), (0, 1)])
    >>> placed = place(line, 100, np.random.default_rng(0), width=20)
    >>> np.ptp(placed, axis=(0, 1)).tolist()
    [0.0, 100.0]
    """
    low, extent = segments.min(axis=(0, 1)), np.ptp(segments, axis=(0, 1))
    room = CANVAS - width - 2
    scale = min(size, room) / max(extent.max(), 1e-9)
    corner = (width + 2) / 2 + rng.uniform(0, 1, 2) * (room - scale * extent)
    return np.asarray((segments - low) * scale + corner)
