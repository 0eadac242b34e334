"""What is true of a kernel, a drawing that is moved, and the networks that read it, by name."""

import math
from collections.abc import Mapping

from core.digits.convolution.counted import layers
from core.digits.convolution.kernels import response
from core.digits.convolution.shift import Reading, moved, moved_by
from core.digits.convolution.sliding import Picture, convolve
from core.digits.network.model import Model
from core.learning.claims import Facts

FAR = 4
"""So many pixels to the right the prediction moves the drawing: no farther than its margin."""

NEVER_MOVED, DENSE, CONVOLUTIONAL = "article", "sketch", "cnn"
"""The networks that are compared: a dense one that saw each digit in the middle, a dense and a
convolutional one that saw them moved a little."""

PATTERNS = {
    (False, False, False): "none",
    (False, False, True): "convolutional",
    (False, True, True): "both",
    (True, True, True): "all",
}
"""What a prediction calls it, by whether each of the three still reads the drawing."""


def facts(
    picture: Picture,
    kernel: Picture,
    shift: int,
    readings: Mapping[str, Reading],
    digit: int,
    convolutional: Model,
    *,
    is_own: bool,
    side: int,
    bias: float = 0.0,
) -> Facts:
    """Tell the facts.

    Parameters
    ----------
    picture : ndarray
        (28, 28) the drawing before it is moved.
    kernel : ndarray
        (3, 3) the one that slides.
    shift : int
        Pixels to the right that the drawing is moved by.
    readings : mapping
        What `NEVER_MOVED`, `DENSE` and `CONVOLUTIONAL` read.
    digit : int
        Which digit it is.
    convolutional : Model
        Whose layers are counted.
    is_own : bool
        Whether the kernel is the reader's own.
    side : int
        Of what comes out at the end, in pixels.
    bias : float, default=0
        The kernel's.

    Returns
    -------
    dict of str to int, float or str
        ``map_moved_by`` is NaN where the map has become another one.
    """
    first = layers(convolutional)[0]
    by = moved_by(convolve(picture, kernel), convolve(moved(picture, shift), kernel))
    three = [readings[name] for name in (NEVER_MOVED, DENSE, CONVOLUTIONAL)]
    far = tuple(reading.at(FAR) == digit for reading in three)
    now = [reading.at(shift) == digit for reading in three]
    return {
        "digit": digit,
        "shift": shift,
        "still_read": PATTERNS.get((far[0], far[1], far[2]), "other"),
        "n_reading": sum(now),
        "article_reach": three[0].reach(digit),
        "dense_reach": three[1].reach(digit),
        "convolutional_reach": three[2].reach(digit),
        "map_moved_by": math.nan if by is None else by,
        "is_own": int(is_own),
        "kernel_bias": bias,
        "on_vertical": response(kernel, "vertical"),
        "on_horizontal": response(kernel, "horizontal"),
        "n_kernels": first.n_units,
        "n_learned": first.n_parameters,
        "n_without_biases": first.n_inputs * first.n_units,
        "n_everywhere": (first.n_inputs + 1) * first.n_units * first.n_places,
        "side": side,
    }
