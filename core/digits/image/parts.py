"""The parts of a drawing: strokes that touch each other, and what lies apart from them."""

import numpy as np
import numpy.typing as npt


def label_parts(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Number the connected parts of a mask.

    Each pixel starts as a part of its own. Where two neighbours differ, the later part joins the
    earlier, and then each pixel asks its part whom that has joined; chains halve at each step.

    Parameters
    ----------
    mask : ndarray of bool
        (h, w)

    Returns
    -------
    ndarray of int
        (h, w), 0 outside the mask, another number above 0 for each part.

    Examples
    --------
    >>> label_parts(np.array([[1, 1, 0], [0, 0, 0], [0, 1, 1]], bool))
    array([[1, 1, 0],
           [0, 0, 0],
           [0, 8, 8]])
    """
    number = np.arange(mask.size).reshape(mask.shape)
    beside = mask[:, 1:] & mask[:, :-1]
    below = mask[1:] & mask[:-1]
    first = np.concatenate([number[:, :-1][beside], number[:-1][below]])
    second = np.concatenate([number[:, 1:][beside], number[1:][below]])
    part = number.ravel()
    while not np.array_equal(part[first], part[second]):
        one, other = part[first], part[second]
        np.minimum.at(part, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(part, part[part]):
            part = part[part]
    return np.where(mask, part.reshape(mask.shape) + 1, 0)
