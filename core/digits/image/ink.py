"""Find the ink on a picture: which pixels are drawn on, and how strongly.

A picture may be a sketch from a canvas, a scan or a photo; light ink on dark or dark on light; with
noise, a little uneven light, or transparent parts. Red ink on green paper may be as bright as the
paper: what brightness hardly shows is sought in the picture's red, green and blue.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.messages import N_, InputError

Grey = npt.NDArray[np.float32]

Box = tuple[int, int, int, int]
"""A place on an image, in its pixels: left, top, right, bottom; the last two are outside."""

Look = TypeVar("Look")

WORK_SIDE = 512
"""Larger images are first shrunk, by a whole factor, to at most this; that averages noise too."""
LEAST_CONTRAST = 12.0
"""Grey levels, of 255, by which ink must stand out from the paper and its unevenness."""
CLEARER = 2
"""One colour is looked at alone where it shows the ink so many times as clearly as brightness."""
INK_EDGE = 0.1
"""Share of the strongest ink from which a pixel belongs to the ink's box."""


def find_ink(image: npt.NDArray[np.uint8]) -> Grey | None:
    """Tell ink from paper, and crop to the ink.

    The paper is what most of the border shows, as a plane; the ink is what differs most from it.
    Differences no larger than twice the border's own unevenness are paper.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, of any size.

    Returns
    -------
    ndarray of float32 or None
        (h, w), the box of the ink, from 0 for paper to 1 for the strongest ink; None if nothing is
        drawn.

    Raises
    ------
    InputError
        If the array has another type or shape.

    Examples
    --------
    >>> image = np.full((5, 5), 250, np.uint8)
    >>> image[2, 1:4] = 40
    >>> find_ink(image)
    array([[1., 1., 1.]], dtype=float32)
    """
    check_image(image)
    ink = ink_on(shrink(image))
    return None if ink is None else crop(ink)


def ink_on(image: npt.NDArray[np.uint8]) -> Grey | None:
    """Tell ink from paper on all of a small image, (h, w); None if nothing is drawn."""
    found = in_the_clearest_colour(image, stand_out, lambda found: found.contrast / 255)
    if found.contrast < max(LEAST_CONTRAST, found.unevenness):
        return None
    ink = np.clip((found.difference - found.unevenness) / found.contrast, 0, 1)
    return np.asarray(ink, np.float32)


def crop(ink: Grey) -> Grey:
    """Cut off what is paper on all four sides."""
    left, top, right, bottom = box_of(ink >= INK_EDGE)
    return ink[top:bottom, left:right]


def box_of(mask: npt.NDArray[np.bool_]) -> Box:
    """Give the smallest box around a mask that is not empty.

    Examples
    --------
    >>> box_of(np.array([[0, 0, 0], [0, 1, 1]], bool))
    (1, 1, 3, 2)
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


class Contrast(NamedTuple):
    """How far a picture stands out from its paper, in grey levels."""

    difference: Grey
    """(h, w) from the paper, above 0 on the ink's side."""
    unevenness: float
    """Differences up to this are paper."""
    contrast: float
    """How far the strongest ink lies above that."""


def stand_out(grey: Grey) -> Contrast:
    """Compare a picture with its paper."""
    difference = grey - fit_paper(grey)
    if difference.max() < -difference.min():
        difference = -difference  # dark ink on light paper
    peak = difference.max()
    edges = np.abs(border(difference))
    unevenness = 2 * np.quantile(edges[edges <= max(peak / 2, edges.min())], 0.95)
    return Contrast(difference, float(unevenness), float(peak - unevenness))


def in_the_clearest_colour(
    image: npt.NDArray[np.uint8], look: Callable[[Grey], Look], clearness: Callable[[Look], float]
) -> Look:
    """Look at a picture by its brightness, or by one of its colours where that is far clearer.

    Parameters
    ----------
    image : ndarray of uint8
        As `find_ink` takes it.
    look : callable
        Called with the brightness of each pixel, or of one colour.
    clearness : callable
        How clearly a look shows the ink, from 0 to 1.
    """
    found = look(to_grey(image))
    if CLEARER * clearness(found) < 1:
        for colour in colours(image):
            in_colour = look(to_grey(colour))
            if clearness(in_colour) > CLEARER * clearness(found):
                found = in_colour
    return found


def colours(image: npt.NDArray[np.uint8]) -> Iterator[npt.NDArray[np.uint8]]:
    """Give the red, the green and the blue of a picture, each in grey; none of one that is grey.

    Examples
    --------
    >>> red = np.array([[[255, 0, 0]]], np.uint8)
    >>> [int(to_grey(colour).round()[0, 0]) for colour in colours(red)]
    [255, 0, 0]
    >>> list(colours(np.zeros((5, 5), np.uint8)))
    []
    """
    if is_colourless(image):
        return
    for channel in range(3):
        colour = image.copy()
        colour[..., :3] = image[..., channel, None]
        yield colour


def is_colourless(image: npt.NDArray[np.uint8]) -> bool:
    """Tell whether red, green and blue are the same everywhere, as on a canvas."""
    return image.ndim == 2 or (
        np.array_equal(image[..., 0], image[..., 1])
        and np.array_equal(image[..., 0], image[..., 2])
    )


def check_image(image: npt.NDArray[np.uint8]) -> None:
    """Raise an InputError unless `image` is an array of uint8 of one of the three shapes.

    Examples
    --------
    >>> check_image(np.zeros((1, 1, 3), np.uint8))
    """
    is_array = isinstance(image, np.ndarray) and image.dtype == np.uint8
    if not is_array or not (image.ndim == 2 or (image.ndim == 3 and image.shape[2] in (3, 4))):
        raise InputError(
            N_("An image must be an array of uint8 of shape (H, W), (H, W, 3) or (H, W, 4).")
        )
    if image.size == 0:
        raise InputError(N_("An image must have at least one pixel."))


def shrink(image: npt.NDArray[np.uint8], side: int = WORK_SIDE) -> npt.NDArray[np.uint8]:
    """Average squares of pixels so that the longest side is no more than `side`."""
    factor = -(-max(image.shape[:2]) // side)  # rounded up
    return np.asarray(Image.fromarray(image).reduce(factor)) if factor > 1 else image


def to_grey(image: npt.NDArray[np.uint8]) -> Grey:
    """Give the brightness of each pixel, 0 to 255; where an image is transparent, paper shows."""
    if image.ndim == 2:
        return image.astype(np.float32)
    if is_colourless(image):
        grey: npt.NDArray[Any] = image[..., 0].astype(np.float32)
    else:
        grey = image[..., :3].astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    if image.shape[2] == 3:
        return np.asarray(grey, np.float32)
    opacity = image[..., 3] / np.float32(255)
    opaque = border(opacity) >= 0.5
    if opaque.mean() > 0.5:  # a picture on its own paper, perhaps with round corners
        paper = float(np.median(border(grey)[opaque]))
    else:  # ink alone: its paper is the opposite of it
        paper = 0.0 if np.sum(grey * opacity) >= 127.5 * np.sum(opacity) else 255.0
    return np.asarray(paper + opacity * (grey - paper), np.float32)


def fit_paper(grey: Grey) -> Grey:
    """Fit a plane to the brightness of the border: the paper, lit a little from one side.

    What is far from the border's median is left out: ink may reach the border.
    """
    height, width = grey.shape
    down = np.arange(height, dtype=np.float32)[:, None]
    right = np.arange(width, dtype=np.float32)
    values = border(grey)
    median = np.quantile(values, 0.5, method="lower")
    near = np.abs(values - median) <= np.abs(grey - median).max() / 2
    terms = [
        np.ones_like(grey),
        np.broadcast_to(down, grey.shape),
        np.broadcast_to(right, grey.shape),
    ]
    matrix = np.stack([border(term)[near] for term in terms], axis=1)
    constant, per_row, per_column = np.linalg.lstsq(matrix, values[near])[0]
    return np.asarray(constant + per_row * down + per_column * right, np.float32)


def border(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Give the values along the four sides of an image (h, w), or (h, w, channels)."""
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])
