"""The data of the pages under Planes: points of two classes, seeded, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.datasets import as_floats, read_only
from core.hyperparameters import check_choice, check_number, check_whole
from core.messages import N_, require

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

Shape = Literal["blobs", "imbalanced", "slanted", "xor", "circle"]
"""How `two_classes` lays out its points."""

REACH = 2.0
"""Where nothing moves them, the points lie between minus and plus so much."""


class Points(NamedTuple):
    """Samples with two inputs each, read-only."""

    x: Floats
    """Shape (n_samples, 2): x₁ and x₂."""
    y: Floats
    """Shape (n_samples,): the class, 0 or 1."""

    def to_frame(self) -> pd.DataFrame:
        """Return them as a table with the columns x1, x2 and y.

        Examples
        --------
        >>> as_points([[1, 2]], [0]).to_frame()
            x1   x2    y
        0  1.0  2.0  0.0
        """
        import pandas as pd

        return pd.DataFrame({"x1": self.x[:, 0], "x2": self.x[:, 1], "y": self.y})


def as_points(x: ArrayLike, y: ArrayLike) -> Points:
    """Check `x` and `y` and return them as read-only float arrays.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Both inputs of each sample.
    y : array_like of float, shape (n_samples,)
        Targets.

    Returns
    -------
    Points

    Raises
    ------
    InputError
        If they are no numbers, of another shape, empty, of different lengths, or not finite.

    Examples
    --------
    >>> as_points([[0, 1], [2, 3]], [0, 1]).y
    array([0., 1.])
    >>> as_points([0, 1], [0, 1])
    Traceback (most recent call last):
    core.messages.InputError: x must have a row of two numbers for each sample, and y one number.
    """
    x, y = as_floats(x, y)
    require(x.size > 0, N_("There must be at least one sample."))
    require(
        x.ndim == 2 and x.shape[1] == 2 and y.ndim == 1,
        N_("x must have a row of two numbers for each sample, and y one number."),
    )
    return Points(*read_only(x, y))


def two_classes(
    shape: Shape = "blobs",
    n_samples: int = 100,
    *,
    distance: float = 3.0,
    noise: float = 0.5,
    stretch: float = 1.0,
    seed: int = 0,
) -> Points:
    """Points of two classes, 0 and 1, in the plane.

    Each point has its place and its class; then it is moved at random, while its class stays.

    Parameters
    ----------
    shape : {"blobs", "imbalanced", "slanted", "xor", "circle"}, default="blobs"
        *blobs*: each class sits at a place of its own. *imbalanced*: the same, but class 1 has only
        each tenth sample. *slanted*: all over the square, and a slanted line parts the classes.
        *xor*: at the corners of a square; class 1 where x₁ and x₂ have different signs. *circle*:
        class 1 in the middle, class 0 in a ring around it.
    n_samples : int, default=100
        Number of samples, at least 1; the classes take turns.
    distance : float, default=3.0
        Between the places of two blobs, from 0 to 100.
    noise : float, default=0.5
        The standard deviation of what each input is moved by, from 0 to 100.
    stretch : float, default=1.0
        x₂ is multiplied by this last, from 0.001 to 1000: inputs of unequal scale.
    seed : int, default=0
        Seeds the generator; the same seed moves the same points the same way, whatever the noise.

    Returns
    -------
    Points

    Raises
    ------
    InputError
        If a parameter is out of its range.

    Examples
    --------
    >>> two_classes("xor", 4, noise=0).x
    array([[-1.5, -1.5],
           [-1.5,  1.5],
           [ 1.5,  1.5],
           [ 1.5, -1.5]])
    >>> two_classes("imbalanced", 100).y.sum()
    np.float64(10.0)
    """
    check_choice("shape", shape, get_args(Shape))
    check_whole("n_samples", n_samples)
    check_number("distance", distance, 0, 100)
    check_number("noise", noise, 0, 100)
    check_number("stretch", stretch, 0.001, 1000)
    check_whole("seed", seed, 0)
    rng = np.random.default_rng(seed)
    moves = rng.normal(size=(n_samples, 2))
    drawn = rng.uniform(size=(n_samples, 2))
    turn = np.arange(n_samples)
    if shape in ("blobs", "imbalanced"):
        y = turn % 2 == 1 if shape == "blobs" else turn % 10 == 9
        middle = np.where(y, 0.5, -0.5) * distance / np.sqrt(2)
        places = np.column_stack([middle, middle])
    elif shape == "slanted":
        places = REACH * (2 * drawn - 1)
        y = places[:, 1] > 0.5 - 0.7 * places[:, 0]
    elif shape == "xor":
        x1, x2 = np.where(turn % 4 < 2, -1, 1), np.where((turn + 3) % 4 < 2, 1, -1)
        places, y = 1.5 * np.column_stack([x1, x2]), x1 != x2
    else:
        y = turn % 2 == 1
        low, high = np.where(y, 0.0, 1.4), np.where(y, 0.9, REACH)
        radius = np.sqrt(low**2 + drawn[:, 0] * (high**2 - low**2))  # evenly over the area
        angle = 2 * np.pi * drawn[:, 1]
        places = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return as_points((places + noise * moves) * [1.0, stretch], y)
