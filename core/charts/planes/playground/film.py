"""Maps that change with the step: all frames in one picture, of which the panel shows one.

The frames stand one below the other, as on a film. An image mark holds the whole film and moves it
by a frame's height at each step; the panel cuts off the rest. So a frame costs one attribute of one
mark, and nothing is loaded while the player plays. The picture is a PNG with a palette, whose
colours are partly transparent: it suits a light page and a dark one.
"""

import base64
from io import BytesIO

import altair as alt
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

CLASSES = ("second", "third", "loss", "best")
"""The roles of the classes, in `core.charts.palette`; of a signed value the first two."""

TINTS = ((204, 140, 38), (45, 159, 193), (169, 109, 255), (36, 169, 128))
"""Each class's colour in pictures, as RGB: halfway between the light theme's and the dark one's."""

N_SHADES = 20
"""How many shades a colour has, from almost transparent to almost opaque."""

STRONGEST = 0.8
"""The most that a shade covers what is below it."""

EDGE = 1
"""Rows that repeat a frame's first and last one: the browser blurs each frame into the next."""

Levels = NDArray[np.uint8]
"""Places in the palette: 0 is transparent, then come the shades of the first class, and so on."""

FILMS = alt.NamedData("films")
"""One row a film: its ``name`` and its ``url``."""


def signed_levels(share: ArrayLike) -> Levels:
    """Return the shades of numbers from −1 to 1: the first colour below 0, the second above.

    Examples
    --------
    >>> signed_levels([-1, -0.001, 0, 0.5, 1, 7]).tolist()
    [20, 0, 0, 30, 40, 40]
    """
    share = np.asarray(share, dtype=np.float64)
    return levels(np.abs(share), (share > 0).astype(np.uint8))


def levels(strength: ArrayLike, which: ArrayLike) -> Levels:
    """Return the shades of colours.

    Parameters
    ----------
    strength : array_like of float
        From 0, transparent, to 1.
    which : array_like of int
        The place of each one's colour in `CLASSES`.

    Examples
    --------
    >>> levels([0, 0.5, 1], [0, 1, 3]).tolist()
    [0, 30, 80]
    """
    clipped = np.clip(np.nan_to_num(np.asarray(strength, dtype=np.float64)), 0, 1)
    shade = np.round(N_SHADES * clipped).astype(np.uint8)
    started = np.asarray(which, dtype=np.uint8) * np.uint8(N_SHADES)
    return np.where(shade > 0, started + shade, np.uint8(0)).astype(np.uint8)


def film(frames: Levels) -> str:
    """Return frames as the address of one picture, which holds the picture itself.

    Parameters
    ----------
    frames : ndarray of uint8, shape (n_frames, n_rows, n_columns)
        Of `levels`; the first row is the uppermost.

    Returns
    -------
    str
        A ``data:`` URL of a PNG, `EDGE` rows higher at both ends of each frame.

    Examples
    --------
    >>> film(np.zeros((2, 3, 4), np.uint8))[:26]
    'data:image/png;base64,iVBO'
    """
    padded = np.pad(frames, ((0, 0), (EDGE, EDGE), (0, 0)), mode="edge")
    picture = Image.fromarray(padded.reshape(-1, frames.shape[2]), mode="P")
    picture.putpalette(_palette(), "RGBA")
    file = BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _palette() -> bytes:
    alphas = np.round(255 * STRONGEST * np.arange(1, N_SHADES + 1) / N_SHADES).astype(int)
    shades = [(*tint, alpha) for tint in TINTS for alpha in alphas.tolist()]
    return bytes([0, 0, 0, 0, *(part for shade in shades for part in shade)])


def shown_film(name: str, n_frames: int, n_rows: int, size: tuple[float, float]) -> alt.Chart:
    """Return the frame of the current step, as large as its panel.

    Parameters
    ----------
    name : str
        Of the film.
    n_frames, n_rows : int
        Of the film.
    size : tuple of float
        Width and height of the panel's plot in pixels.
    """
    width, height = size
    row = height / n_rows  # of the picture, in pixels of the panel
    frame = height + 2 * EDGE * row
    image = (
        alt.Chart(FILMS)
        .transform_filter(f"datum.name == '{name}'")
        .mark_image(
            align="left",
            baseline="top",
            aspect=False,
            clip=True,
            width=width,
            height=n_frames * frame,
            x=0,
            y=alt.ExprRef(f"-{EDGE * row} - {frame} * step"),
        )
    )
    shown: alt.Chart = image.encode(url="url:N")
    return shown
