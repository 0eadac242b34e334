"""The lessons' data: small, seeded, the same on every machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.hyperparameters import (
    LARGEST,
    check_choice,
    check_parameters,
    check_whole,
)
from core.messages import N_, InputError, require

if TYPE_CHECKING:
    import pandas as pd

ASSETS = Path(__file__).resolve().parents[1] / "assets"

Variant = Literal["plain", "negated", "reversed"]
"""How `noisy_line` arranges its points."""

BAD_LAST_Y = 2.0
"""The value that `noisy_line` gives the last y when asked for a bad last sample."""


class Samples(NamedTuple):
    """Inputs and targets of a lesson, each a read-only float array of shape (n_samples,)."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def to_frame(self) -> pd.DataFrame:
        """Return them as a table with the columns x and y.

        Examples
        --------
        >>> as_samples([0, 1], [1, 3]).to_frame()
             x    y
        0  0.0  1.0
        1  1.0  3.0
        """
        import pandas as pd

        return pd.DataFrame(self._asdict())


def as_samples(x: ArrayLike, y: ArrayLike) -> Samples:
    """Check `x` and `y` and return them as read-only float arrays.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.

    Returns
    -------
    Samples

    Raises
    ------
    InputError
        If they are no numbers, not one-dimensional, empty, of different lengths, or not finite.

    Examples
    --------
    >>> as_samples([0, 1], [1, 3]).y
    array([1., 3.])
    >>> as_samples([0, 1], [1])
    Traceback (most recent call last):
    core.messages.InputError: x and y must have the same length, not 2 and 1.
    """
    x, y = as_floats(x, y)
    require(x.ndim == 1 and y.ndim == 1, N_("x and y must be one-dimensional."))
    require(x.size > 0, N_("There must be at least one sample."))
    return Samples(*read_only(x, y))


def as_floats(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return `x` and `y` as float arrays of their own, of whatever shape they have.

    Raises
    ------
    InputError
        If they are no numbers.

    Examples
    --------
    >>> as_floats(["one"], [1])
    Traceback (most recent call last):
    core.messages.InputError: x and y must hold numbers only.
    """
    try:
        return np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(N_("x and y must hold numbers only.")) from None


def read_only(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Check that each sample has an x and a y that can be learned from; make both read-only.

    Raises
    ------
    InputError
        If their lengths differ, or a number is not finite or larger than `LARGEST`.

    Examples
    --------
    >>> read_only(*as_floats([[0, 1], [2, 3]], [0, 1]))[1].flags.writeable
    False
    """
    require(
        len(x) == len(y),
        N_("x and y must have the same length, not {n_x} and {n_y}."),
        n_x=len(x),
        n_y=len(y),
    )
    require(
        bool((np.abs(x) <= LARGEST).all() and (np.abs(y) <= LARGEST).all()),
        N_("x and y must be numbers between −{limit} and {limit}, none missing, none infinite."),
        limit=LARGEST,
    )
    x.flags.writeable = y.flags.writeable = False
    return x, y


def noisy_line(
    n_samples: int = 100,
    *,
    slope: float = 1.5,
    noise: float = 0.1,
    centred: bool = False,
    variant: Variant = "plain",
    bad_last_sample: bool = False,
    seed: int = 0,
) -> Samples:
    """Points near a straight line through the origin, sorted by x.

    x is uniform on [0, 1]; y = slope·x + u, with u uniform on [0, noise] for each sample. This
    noise has the mean noise/2: the samples lie above the line, and a line through the origin fits
    them best where it is too steep, by about ¾·noise, the ratio of the means of x·u and x².
    *Centred*, u is uniform on [−noise/2, noise/2], and the best weight differs by chance alone.

    Parameters
    ----------
    n_samples : int, default=100
        Number of samples, at least 1.
    slope : float, default=1.5
        The slope of the line.
    noise : float, default=0.1
        The width of what is added to a y, at least 0.
    centred : bool, default=False
        The noise lies around 0 instead of above it.
    variant : {"plain", "negated", "reversed"}, default="plain"
        *negated*: x and y times −1. *reversed*: the order of x is flipped while y stays, so that
        the line falls, to about ``slope·(1 − x)``.
    bad_last_sample : bool, default=False
        Set the last y to 2 (an outlier, seen last by a pass in data order).
    seed : int, default=0
        Seeds the generator; the same seed gives the same x and the same u whatever the slope.

    Returns
    -------
    Samples

    Raises
    ------
    InputError
        If a parameter is out of its range.

    Examples
    --------
    >>> x, y = noisy_line(3, noise=0)
    >>> bool((y == 1.5 * x).all())
    True
    >>> noisy_line(3, bad_last_sample=True).y[-1]
    np.float64(2.0)
    """
    check_whole("n_samples", n_samples)
    require(
        0 <= noise <= LARGEST,
        N_("{name} must be between 0 and {limit}, not {value}."),
        name="noise",
        limit=LARGEST,
        value=noise,
    )
    check_parameters(slope=slope)
    check_choice("variant", variant, get_args(Variant))
    check_whole("seed", seed, 0)
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(0, 1, n_samples))
    y = slope * x + noise * (rng.uniform(0, 1, n_samples) - (0.5 if centred else 0.0))
    if variant == "negated":
        x, y = -x, -y
    elif variant == "reversed":
        x = x[::-1]
    if bad_last_sample:
        y[-1] = BAD_LAST_Y
    return as_samples(x, y)


def step(n_samples: int = 100, *, seed: int = 0) -> Samples:
    """Points on a step: y is 0 for the first half of the sorted x and 1 for the second.

    Parameters
    ----------
    n_samples : int, default=100
        Number of samples, at least 1; of an odd number the middle one belongs to the second half.
    seed : int, default=0
        Seeds the generator; x is the same as `noisy_line`'s with the same seed.

    Returns
    -------
    Samples

    Raises
    ------
    InputError
        If a parameter is out of its range.

    Examples
    --------
    >>> step(5).y
    array([0., 0., 1., 1., 1.])
    """
    x = noisy_line(n_samples, seed=seed).x
    return as_samples(x, np.arange(n_samples) >= n_samples // 2)


def two_steps() -> Samples:
    """Fifty fixed points on two steps up: y is 0, then 1, 0 and 1 again.

    Returns
    -------
    Samples
        From ``assets/two_steps.csv``.

    Examples
    --------
    >>> x, y = two_steps()
    >>> x.size, int(y.sum())
    (50, 24)
    """
    x, y = np.loadtxt(ASSETS / "two_steps.csv", delimiter=",", skiprows=1, unpack=True)
    return as_samples(x, y)
