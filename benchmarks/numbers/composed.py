"""Make numbers of single digits: on a canvas, a few digits beside each other, by a seed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.image.ink import Box, box_of
from core.digits.mnist import Digits

MOST_DIGITS = 6
"""Numbers of 1 to so many digits are equally frequent."""
GAPS = {"apart": (0.3, 0.9), "near": (0.05, 0.3), "touching": (-0.05, 0.0)}
"""Between the boxes of two digits, in mean widths of the number's digits; the three take turns."""
HEIGHT = (60, 160)
"""Pixels of the digits of a number, from the least to the most."""
UNEVEN = 0.1
"""Share of that height by which a digit is higher or lower, or stands higher or lower, at most."""
MARGIN = 20
"""Pixels of paper around a number."""
HALVES_SEED = 1119
"""Chose, before anything was tuned, the half of the writers that is held out."""


@dataclass(frozen=True)
class Number:
    """A number on a canvas, and what it is."""

    image: npt.NDArray[np.uint8]
    """(H, W), 0 is paper and 255 is ink."""
    digits: tuple[int, ...]
    gap: str
    """A key of `GAPS`."""
    writer: str
    boxes: tuple[Box, ...]
    """Where each digit is."""


def held_out_writers(writers: npt.NDArray[np.str_]) -> set[str]:
    """Give the half of the writers on whose drawings nothing was tuned.

    Examples
    --------
    >>> len(held_out_writers(np.array(["a", "b", "b", "c", "d"])))
    2
    """
    names = np.unique(writers)
    order = np.random.default_rng(HALVES_SEED).permutation(len(names))
    return {str(name) for name in names[order[: len(names) // 2]]}


def compose(drawings: Digits, writers: npt.NDArray[np.str_], n: int, seed: int = 0) -> list[Number]:
    """Make numbers of drawings; all digits of a number are by one writer.

    Parameters
    ----------
    drawings : Digits
        Single digits, light on dark, of any size.
    writers : ndarray of str
        (n_drawings,)
    n : int
        How many numbers; the three kinds of gap take turns, and so do the six lengths.
    seed : int
        The same seed makes the same numbers.

    Returns
    -------
    list of Number

    Examples
    --------
    >>> strokes = np.zeros((2, 40, 40), np.uint8)
    >>> strokes[:, 5:35, 15:25] = 255
    >>> numbers = compose(Digits(strokes, np.array([1, 1], np.uint8)), np.array(["a", "a"]), 18)
    >>> [len(number.digits) for number in numbers[:4]], {number.gap for number in numbers[:3]}
    ([1, 1, 1, 2], {...})
    """
    rng = np.random.default_rng(seed)
    numbers = []
    for k in range(n):
        gap, n_digits = list(GAPS)[k % 3], 1 + k // 3 % MOST_DIGITS
        writer = writers[rng.integers(len(writers))]  # who drew more is drawn more often
        chosen = rng.choice(np.flatnonzero(writers == writer), n_digits)
        parts = [cropped(drawings.images[c]) for c in chosen]
        image, boxes = beside(parts, GAPS[gap], rng)
        digits = tuple(drawings.labels[chosen].tolist())
        numbers.append(Number(image, digits, gap, str(writer), boxes))
    return numbers


def cropped(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Cut off the paper around one digit."""
    left, top, right, bottom = box_of(image >= 26)
    return image[top:bottom, left:right]


def beside(
    parts: list[npt.NDArray[np.uint8]], gap: tuple[float, float], rng: np.random.Generator
) -> tuple[npt.NDArray[np.uint8], tuple[Box, ...]]:
    """Put digits beside each other, about equally high, with gaps drawn from a range."""
    height = rng.uniform(*HEIGHT)
    scaled = [scale(part, height * rng.uniform(1 - UNEVEN, 1 + UNEVEN)) for part in parts]
    mean_width = np.mean([part.shape[1] for part in scaled])
    room = max(part.shape[0] for part in scaled) + 2 * round(UNEVEN * height)
    boxes: list[Box] = []
    left = MARGIN
    for part in scaled:
        down = room / 2 - part.shape[0] / 2 + rng.uniform(-UNEVEN, UNEVEN) * height
        top = MARGIN + round(down)
        boxes.append((left, top, left + part.shape[1], top + part.shape[0]))
        left += part.shape[1] + round(rng.uniform(*gap) * mean_width)
    image = np.zeros((room + 2 * MARGIN, boxes[-1][2] + MARGIN), np.uint8)
    for part, (start, top, end, bottom) in zip(scaled, boxes, strict=True):
        place = image[top:bottom, start:end]
        np.maximum(place, part, out=place)
    return image, tuple(boxes)


def scale(part: npt.NDArray[np.uint8], height: float) -> npt.NDArray[np.uint8]:
    """Scale a digit to a height, its shape kept."""
    width = max(1, round(part.shape[1] * height / part.shape[0]))
    size = (width, max(1, round(height)))
    return np.asarray(Image.fromarray(part).resize(size, Image.Resampling.BILINEAR))
