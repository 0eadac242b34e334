"""Small pictures as SVG text: no library, no data sent, and the page's own colours.

A part names its role as a class; ``assets/style.css`` gives the classes the colours of
`core.charts.palette`, in light and dark.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

WIDTH, HEIGHT, MARGIN = 240, 104, 7
"""The size of a picture in its own units, and the room left at its edges."""


class Window(NamedTuple):
    """The part of the plane that a picture shows."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float


def line(
    window: Window,
    x: ArrayLike,
    y: ArrayLike,
    role: str,
    *,
    width: float = 2.5,
    opacity: float = 1,
) -> str:
    """Return a line through points.

    Parameters
    ----------
    window : Window
        The part of the plane shown.
    x, y : array_like of float, shape (n_points,)
        The points.
    role : str
        A role of the palette.
    width, opacity : float
        Of the stroke.

    Examples
    --------
    >>> line(Window(0, 1, 0, 1), [0, 1], [0, 1], "model")
    '<path class="model line" d="M7 97L233 7" stroke-width="2.5" opacity="1" pathLength="1"/>'
    """
    path = "M" + "L".join(_points(window, x, y))
    style = f'stroke-width="{width:g}" opacity="{opacity:g}" pathLength="1"'
    return f'<path class="{role} line" d="{path}" {style}/>'


def dots(
    window: Window,
    x: ArrayLike,
    y: ArrayLike,
    role: str,
    *,
    size: float = 4.5,
    opacity: float = 0.55,
) -> str:
    """Return dots of the diameter `size`; the other parameters are those of `line`.

    Examples
    --------
    >>> dots(Window(0, 1, 0, 1), [0, 1], [0, 1], "data")
    '<path class="data dots" d="M7 97h0M233 7h0" stroke-width="4.5" opacity="0.55"/>'
    """
    path = "".join(f"M{point}h0" for point in _points(window, x, y))
    return f'<path class="{role} dots" d="{path}" stroke-width="{size:g}" opacity="{opacity:g}"/>'


def picture(*parts: str, label: str) -> str:
    """Return the picture of `parts`; `label` says what it shows to those who cannot see it."""
    text = label.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return (
        f'<svg class="picture" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{text}">'
        + "".join(parts)
        + "</svg>"
    )


def _points(window: Window, x: ArrayLike, y: ArrayLike) -> list[str]:
    """Points in the picture's units, the y axis upwards."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    across = (x - window.x_low) / (window.x_high - window.x_low)
    up = (y - window.y_low) / (window.y_high - window.y_low)
    left = MARGIN + across * (WIDTH - 2 * MARGIN)
    top = HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN)
    return [f"{a:.5g} {b:.5g}" for a, b in zip(left.round(1), top.round(1), strict=True)]


def small_curves(curves: ArrayLike, top: float, letter: str) -> str:
    """Return losses over equal shares of a run as a picture to choose, with its letter.

    Parameters
    ----------
    curves : array_like of float, shape (n,) or (2, n)
        Of what is learned from; and, dashed, of what is kept apart.
    top : float
        The upper end of the axis, which begins at 0: the same for all that one chooses from.
    letter : str
        What the picture is called.

    Examples
    --------
    >>> small_curves([2, 1, 0], 2, "A").count("<path")
    1
    """
    rows = np.atleast_2d(np.asarray(curves, dtype=np.float64))
    window = Window(0, 1, 0, 1.3 * top)  # room for the letter
    x = np.linspace(0, 1, rows.shape[1])
    lines = [line(window, x, rows[0], "loss")]
    lines += [line(window, x, row, "second").replace("line", "dashed line", 1) for row in rows[1:]]
    text = f'<text x="{MARGIN}" y="22" font-size="22">{letter}</text>'
    return picture(*lines, text, label=letter)


def guess_and_truth(
    low: float, high: float, guess: tuple[float, str], truth: tuple[float, str]
) -> str:
    """Return a guess and what came of it as a picture: two places on one axis, and the gap.

    Parameters
    ----------
    low, high : float
        The ends of the axis.
    guess, truth : tuple of float and str
        Each one's place, and what is written there.

    Examples
    --------
    >>> guess_and_truth(0, 100, (50, "your guess: 50"), (80, "it was: 80")).count("<text")
    2
    """
    window = Window(low, high, -1, 1)
    (guessed, above), (came, below) = guess, truth
    parts = [
        line(window, [low, high], [0, 0], "data", width=1.5),
        line(window, [guessed, came], [0, 0], "loss", width=5, opacity=0.5),
        line(window, [guessed, guessed], [-0.2, 0.2], "ink", width=3),
        dots(window, [came], [0], "model", size=13, opacity=1),
    ]
    for place, text, y in ((guessed, above, 32), (came, below, 88)):
        share = (place - low) / (high - low)
        anchor = "start" if share < 1 / 3 else "end" if share > 2 / 3 else "middle"
        x = MARGIN + share * (WIDTH - 2 * MARGIN)
        parts.append(
            f'<text x="{x:.5g}" y="{y}" font-size="13" text-anchor="{anchor}">{text}</text>'
        )
    return picture(*parts, label=f"{above}; {below}")
