"""Find the digit on a photo of paper: under light that is not even, among specks and page edges.

The light on a photo changes slowly, ink changes it at once. So the brightest value nearby says how
bright the paper would be at each pixel, and what share of that light is missing is ink.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.image.ink import (
    WORK_SIDE,
    Box,
    Grey,
    border,
    box_of,
    check_image,
    in_the_clearest_colour,
    shrink,
    to_grey,
)
from core.digits.image.parts import counted, label_parts

NEARBY = 1 / 6
"""Side of the neighbourhood in which paper is sought, as a share of the photo's longest side: wider
than a stroke, and narrow enough to follow a shadow's edge."""
COARSE = 128
"""The paper is sought on a picture reduced to at most this side; light has no fine detail."""
BRIDGE = 1 / 64
"""Gaps in the ink up to so much of the longest side do not part a digit: a bar beside its 5."""
LEAST_MISSING = 0.18
"""Share of the light that ink must take at least."""
DARKEST = 40.0
"""Grey levels, of 255: darker paper is taken for this, or its noise would look like ink."""
LEAST_SIDE = 1 / 25
"""Ink shorter than this share of the longest side is a speck."""
MIDDLE = 0.3
"""Where several things could be the digit, those nearer to the middle count more; at this distance,
as a share of the photo's diagonal, about a third."""
EVEN = 3.0
"""Grey levels, of 255, within which the border of a drawing or a clean scan stays."""
LEAST_PHOTO = 64
"""Pixels of a photo's longest side."""


@dataclass(frozen=True, eq=False)
class Found:
    """The digit on a photo."""

    ink: Grey
    """(h, w) the digit alone, cropped to it, from 0 for paper to 1 for the strongest ink."""
    box: Box
    """Its place on the photo."""
    full: float
    """Share of the paper's light that full ink takes."""
    beside: Grey | None = None
    """What stands beside it, about as large and as dark; (h, w) like `ink`."""


def find_digit(image: npt.NDArray[np.uint8]) -> Found | None:
    """Find the one digit on a photo of paper, a scan or a drawing.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, of any size; the paper fills most of it.

    Returns
    -------
    Found or None
        None if no ink stands out from the paper.

    Raises
    ------
    InputError
        If the array has another type or shape.

    References
    ----------
    The paper is a closing (J. Serra, "Image analysis and mathematical morphology", 1982), the
    threshold is N. Otsu's ("A threshold selection method from gray-level histograms", 1979).

    Examples
    --------
    A stroke on paper that the light leaves little by little:

    >>> photo = np.linspace(240, 120, 200).astype(np.uint8)[:, None].repeat(200, axis=1)
    >>> photo[60:140, 95:105] //= 3
    >>> find_digit(photo).box
    (95, 60, 105, 140)
    """
    check_image(image)
    found = in_the_clearest_colour(
        shrink(image), find_on, lambda found: 0.0 if found is None else found.full
    )
    if found is None:
        return None
    zoom = -(-max(image.shape[:2]) // WORK_SIDE)  # what `shrink` has divided by
    left, top, right, bottom = (zoom * side for side in found.box)
    return replace(found, box=(left, top, right, bottom))


def find_on(grey: Grey) -> Found | None:
    """Find the digit on a small photo by its brightness, or by one of its colours."""
    missing = missing_light(average(grey, 1))
    level = threshold(missing)
    drawn = missing > level
    parts = label_parts(dilate(drawn, round(BRIDGE * max(grey.shape))))
    names = np.where(drawn, parts, 0)
    chosen = choose_part(names, missing)
    if chosen is None:
        return None
    full = np.quantile(missing[names == chosen], 0.75)
    if full < LEAST_MISSING:
        return None
    strength = np.clip((missing - level / 2) / (full - level / 2), 0, 1)
    ink, box = cut_out(strength, parts, drawn, chosen)
    neighbour = find_beside(names, chosen, missing, full)
    beside = None if neighbour is None else cut_out(strength, parts, drawn, neighbour)[0]
    return Found(ink, box, float(full), beside)


def cut_out(
    strength: Grey, parts: npt.NDArray[np.intp], drawn: npt.NDArray[np.bool_], name: int
) -> tuple[Grey, Box]:
    """Give the ink of one part, cropped to it, and its place."""
    mine = parts == name
    left, top, right, bottom = box_of(mine & drawn)
    ink = (strength * mine)[top:bottom, left:right]
    return np.asarray(ink, np.float32), (left, top, right, bottom)


def find_beside(names: npt.NDArray[np.intp], chosen: int, missing: Grey, full: float) -> int | None:
    """Find what stands beside the digit as another digit of the same number would.

    It is at least half as high and half as dark, stands in the same rows, is no farther away than
    the digit's height, and lies inside the photo.
    """
    left, top, right, bottom = box_of(names == chosen)
    height = bottom - top
    for name in np.setdiff1d(names, [0, chosen, *border(names)]):
        mine = names == name
        start, high, end, low = box_of(mine)
        shared = min(bottom, low) - max(top, high)
        gap = max(left, start) - min(right, end)
        similar = height / 2 <= low - high <= 2 * height
        beside = 2 * shared >= min(height, low - high) and 0 <= gap <= height
        if similar and beside and np.quantile(missing[mine], 0.75) >= full / 2:
            return int(name)
    return None


def is_even(image: npt.NDArray[np.uint8]) -> bool:
    """Tell whether nearly all of an image's border has one brightness: a drawing, no photo.

    Strokes that reach the border are even, too: as bright as its brightest or as its darkest pixel.
    No photo is as small as MNIST's images.
    Such an image needs no search for its digit: `core.digits.image.ink` finds all that is drawn.

    Parameters
    ----------
    image : ndarray of uint8
        As `find_digit` takes it.

    Raises
    ------
    InputError
        If the array has another type or shape.

    Examples
    --------
    >>> is_even(np.full((200, 200), 255, np.uint8))
    True
    >>> is_even(np.linspace(240, 120, 200).astype(np.uint8)[:, None].repeat(200, axis=1))
    False
    """
    check_image(image)
    if max(image.shape[:2]) < LEAST_PHOTO:
        return True
    edges = to_grey(border(shrink(image))[None])[0]
    if np.ptp(edges) <= EVEN:
        return True
    levels = np.array([[np.median(edges)], [edges.min()], [edges.max()]])
    return bool(np.mean(np.abs(edges - levels).min(axis=0) <= EVEN) >= 0.9)


def missing_light(grey: Grey) -> Grey:
    """Give the share of the paper's light that is missing at each pixel, 0 to 1: the ink.

    Light ink on dark is turned round first.
    """
    if is_light_on_dark(grey):
        grey = 255 - grey
    paper = light_on_paper(grey)
    return np.asarray(np.clip((paper - grey) / np.maximum(paper, DARKEST), 0, 1), np.float32)


def is_light_on_dark(grey: Grey) -> bool:
    """Tell which way round a picture is: little of it is ink, and ink is far from its surroundings.

    So the differences from the brightness around are skewed towards the ink's side.
    """
    coarse = np.asarray(Image.fromarray(grey).reduce(-(-max(grey.shape) // COARSE)))
    difference = coarse - average(coarse, round(NEARBY * max(coarse.shape) / 2))
    return bool(np.mean(difference**3) > 0)


def light_on_paper(grey: Grey) -> Grey:
    """Give the brightness that the paper has, or would have without ink, at each pixel.

    A closing: the brightest value of a neighbourhood, and of these the darkest in it. It fills
    strokes, which are narrower than the neighbourhood, and leaves the edges of shadows in place.
    """
    height, width = grey.shape
    coarse = np.asarray(Image.fromarray(grey).reduce(-(-max(grey.shape) // COARSE)))
    reach = max(1, round(NEARBY * max(coarse.shape) / 2))
    filled = -dilate(-dilate(coarse, reach), reach)
    return np.asarray(
        Image.fromarray(average(filled, 1)).resize((width, height), Image.Resampling.BILINEAR)
    )


def dilate(values: npt.NDArray[Any], reach: int) -> npt.NDArray[Any]:
    """Give each pixel the largest value of the square that reaches so far to each side."""
    for axis in (0, 1):
        ends = [(reach, reach) if side == axis else (0, 0) for side in (0, 1)]
        padded = np.pad(values, ends, mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=axis)
        values = windows.max(axis=-1)
    return values


def average(values: Grey, reach: int) -> Grey:
    """Average each pixel with the square that reaches so far to each side."""
    for axis in (0, 1):
        ends = [(reach, reach) if side == axis else (0, 0) for side in (0, 1)]
        padded = np.pad(values, ends, mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=axis)
        values = windows.mean(axis=-1)
    return np.asarray(values, np.float32)


def threshold(values: Grey) -> float:
    r"""Part values from 0 to 1 in two groups, so that their means are farthest apart (Otsu).

    .. math:: \max_t \; n_0(t) \, n_1(t) \, (\mu_0(t) - \mu_1(t))^2

    Examples
    --------
    >>> 0.1 < threshold(np.array([[0.1, 0.1, 0.9, 0.8]], np.float32)) < 0.8
    True
    """
    counts, edges = np.histogram(values, 256, (0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    n_below = np.cumsum(counts)[:-1]
    n_above = values.size - n_below
    sum_below = np.cumsum(counts * middles)[:-1]
    sum_above = np.sum(counts * middles) - sum_below
    with np.errstate(invalid="ignore"):
        between = n_below * n_above * (sum_below / n_below - sum_above / n_above) ** 2
    between = np.nan_to_num(between)
    best = np.flatnonzero(between == between.max())
    return float(edges[1 + best[len(best) // 2]])


def choose_part(parts: npt.NDArray[np.intp], missing: Grey) -> int | None:
    """Choose the digit: much ink, near the middle, no speck, and inside the photo if possible."""
    names, index = counted(parts)
    height, width = parts.shape
    y, x = np.mgrid[:height, :width]
    ink = np.bincount(index.ravel(), missing.ravel())
    far = np.hypot(
        np.bincount(index.ravel(), (missing * y).ravel()) / np.maximum(ink, 1e-9) - height / 2,
        np.bincount(index.ravel(), (missing * x).ravel()) / np.maximum(ink, 1e-9) - width / 2,
    ) / np.hypot(height, width)
    worth = ink * np.exp(-((far / MIDDLE) ** 2))
    worth[np.unique(border(index))] *= 0.01
    worth[names == 0] = 0
    for place in np.argsort(worth)[::-1]:
        if worth[place] <= 0:
            return None
        rows, columns = np.nonzero(index == place)
        if max(np.ptp(rows), np.ptp(columns)) + 1 >= LEAST_SIDE * max(parts.shape):
            return int(names[place])
    return None
