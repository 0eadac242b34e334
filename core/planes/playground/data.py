"""The Playground's data: nine shapes of points or one's own, some of them kept apart for a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from core.hyperparameters import check_choice, check_number, check_whole
from core.messages import N_, require
from core.planes.points import REACH as BOUNDARY_REACH
from core.planes.points import Points, as_points, two_classes

if TYPE_CHECKING:
    import pandas as pd

Shape = Literal["blobs", "circle", "xor", "spiral", "moons", "three", "four", "plane", "bump"]
"""How `make` lays out its points."""

Task = Literal["two classes", "several classes", "a number"]
"""What is asked about a point."""

REACH = 3.0
"""Without noise the points lie between minus and plus so much: sin x goes once up and down."""

TASKS: dict[Shape, Task] = {
    "blobs": "two classes",
    "circle": "two classes",
    "xor": "two classes",
    "spiral": "two classes",
    "moons": "two classes",
    "three": "several classes",
    "four": "several classes",
    "plane": "a number",
    "bump": "a number",
}
"""By shape: what is asked about its points."""

MOST_CLASSES, MOST_OWN = 4, 5000
"""Own points are of so many classes and so many in all, at most."""

TURNS = 1.75
"""How often an arm of the spiral goes around."""


class Split(NamedTuple):
    """Samples to learn from, and samples kept apart."""

    train: Points
    test: Points | None
    """None where none were kept apart."""

    def to_frame(self) -> pd.DataFrame:
        """Return both as a table, those to learn from first.

        Examples
        --------
        >>> Split(as_points([[1, 2]], [0]), as_points([[3, 4]], [1])).to_frame()
            x1   x2    y  is_test
        0  1.0  2.0  0.0    False
        1  3.0  4.0  1.0     True
        """
        import pandas as pd

        parts = [self.train.to_frame().assign(is_test=False)]
        if self.test is not None:
            parts.append(self.test.to_frame().assign(is_test=True))
        return pd.concat(parts, ignore_index=True)


def make(
    shape: Shape = "circle", n_samples: int = 200, *, noise: float = 0.2, seed: int = 0
) -> Points:
    """Points in the plane, and of each its class or its number.

    Each point has its place and its target; then it is moved at random, while its target stays.

    Parameters
    ----------
    shape : {"blobs", "circle", "xor", "spiral", "moons", "three", "four", "plane", "bump"}
        *blobs*, *circle*, *xor*: as `core.planes.points.two_classes` lays them out, one and a half
        times as large. *spiral*: two arms around each other. *moons*: two half circles, each
        around the end of the other. *three*, *four*: a blob for each class. *plane*: all over the
        square, with the target (x₁ + x₂) / 6. *bump*: the same, with exp(−(x₁² + x₂²) / 2).
    n_samples : int, default=200
        Number of samples, 1 to 20,000; the classes take turns.
    noise : float, default=0.2
        The standard deviation of what each input is moved by, from 0 to 100.
    seed : int, default=0
        Seeds the generator; the same seed moves the same points the same way, whatever the noise.

    Returns
    -------
    Points
        ``y`` holds the class, from 0 on, or the target of a regression.

    Raises
    ------
    InputError
        If a parameter is out of its range.

    Examples
    --------
    >>> make("xor", 4, noise=0).x[0]
    array([-2.25, -2.25])
    >>> make("three", 6).y
    array([0., 1., 2., 0., 1., 2.])
    """
    check_choice("shape", shape, get_args(Shape))
    check_whole("n_samples", n_samples, most=20_000)
    check_number("noise", noise, 0, 100)
    check_whole("seed", seed, 0)
    if shape in ("blobs", "circle", "xor"):
        scale = REACH / BOUNDARY_REACH
        points = two_classes(shape, n_samples, noise=noise / scale, seed=seed)
        return as_points(scale * points.x, points.y)
    rng = np.random.default_rng(seed)
    moves = rng.normal(size=(n_samples, 2))
    turn = np.arange(n_samples)
    if shape in ("plane", "bump"):
        places = REACH * rng.uniform(-1, 1, size=(n_samples, 2))
        if shape == "plane":
            y = places.sum(axis=1) / (2 * REACH)
        else:
            y = np.exp(-(places**2).sum(axis=1) / 2)
    elif shape in ("three", "four"):
        n_classes = 3 if shape == "three" else 4
        y = turn % n_classes
        angle = np.pi * (1 / 2 if shape == "three" else 1 / 4) + 2 * np.pi * y / n_classes
        places = 2.0 * np.column_stack([np.cos(angle), np.sin(angle)])
    else:
        y = turn % 2
        along = (turn // 2 + 0.5) / ((n_samples + 1) // 2)  # evenly, from 0 to 1
        if shape == "spiral":
            angle = 2 * np.pi * TURNS * along + np.pi * y
            places = REACH * along[:, np.newaxis] * np.column_stack([np.sin(angle), np.cos(angle)])
        else:
            angle, side = np.pi * along, 1.0 - 2 * y
            places = REACH / 1.5 * np.column_stack([np.cos(angle), np.sin(angle)])
            places = side[:, np.newaxis] * (places - [REACH / 3, REACH / 6])
    return as_points(places + noise * moves, y)


def split(x: ArrayLike, y: ArrayLike, test_share: float = 0.25, seed: int = 0) -> Split:
    """Keep a share of the samples apart, drawn at random.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Both inputs of each sample.
    y : array_like of float, shape (n_samples,)
        Targets.
    test_share : float, default=0.25
        From 0 to 0.9; at least one sample is left to learn from.
    seed : int, default=0
        Seeds the generator that draws them.

    Returns
    -------
    Split
        Both in the order that the samples had.

    Examples
    --------
    >>> train, test = split(*make(n_samples=8), test_share=0.25)
    >>> len(train.y), len(test.y)
    (6, 2)
    """
    points = as_points(x, y)
    check_number("test_share", test_share, 0, 0.9)
    check_whole("seed", seed, 0)
    n_test = min(round(test_share * points.y.size), points.y.size - 1)
    if n_test == 0:
        return Split(points, None)
    is_test = np.zeros(points.y.size, np.bool_)
    is_test[np.random.default_rng(seed).permutation(points.y.size)[:n_test]] = True
    return Split(
        as_points(points.x[~is_test], points.y[~is_test]),
        as_points(points.x[is_test], points.y[is_test]),
    )


def class_points(x: ArrayLike, y: ArrayLike) -> Points:
    """Check points of one's own, each with its class; return them as read-only float arrays.

    Raises
    ------
    InputError
        If `core.planes.points.as_points` does, there are more than 5,000, or a class is none of
        0, 1, 2 and 3.

    Examples
    --------
    >>> class_points([[1, 2]], [4])
    Traceback (most recent call last):
    core.messages.InputError: Sample 1 has y = 4; with 4 classes every y must be a whole number
        from 0 to 3.
    """
    points = number_points(x, y)
    check_classes(points.y, MOST_CLASSES)
    return points


def drawn(
    shape: Shape, n_samples: int, noise: float, *, test_share: float, seed: int
) -> dict[str, Any]:
    """Return what points of `make` are, as a kept run's recipe has it."""
    about = {"shape": shape, "drawn": n_samples, "noise": noise}
    return {"samples": "drawn_points", **about, "test_share": test_share, "seed": seed}


def samples_of(data: Mapping[str, Any]) -> Split:
    """Make the samples that a recipe describes.

    Parameters
    ----------
    data : mapping
        As `drawn` gives it, or ``samples`` "own" with the ``points``, rows of x₁, x₂ and y.

    Examples
    --------
    >>> train, test = samples_of(drawn("xor", 200, 0.2, test_share=0.25, seed=0))
    >>> len(train.y), len(test.y)
    (150, 50)
    """
    if data["samples"] == "own":
        table = np.array(data["points"], dtype=np.float64).reshape(-1, 3)
        points = as_points(table[:, :2], table[:, 2])
    else:
        points = make(data["shape"], data["drawn"], noise=data["noise"], seed=data["seed"])
    return split(*points, test_share=data["test_share"], seed=data["seed"])


def loss_of(shape: Shape) -> dict[str, Any]:
    """Return the loss that suits points of `make` and, from three classes on, how many there are.

    Examples
    --------
    >>> loss_of("plane"), loss_of("four")
    ({'loss': 'mean_squared_error'}, {'loss': 'cross_entropy', 'n_classes': 4})
    """
    if TASKS[shape] == "a number":
        return {"loss": "mean_squared_error"}
    return loss_of_classes(range({"three": 3, "four": 4}.get(shape, 2)))


def number_points(x: ArrayLike, y: ArrayLike) -> Points:
    """Check points of one's own, each with a number to tell; return read-only float arrays.

    Raises
    ------
    InputError
        If `core.planes.points.as_points` does, or there are more than 5,000.

    Examples
    --------
    >>> number_points([[1, 2]], [-0.5]).y
    array([-0.5])
    """
    points = as_points(x, y)
    require(
        points.y.size <= MOST_OWN,
        N_("There are {n} points; the playground learns from {most} at most."),
        n=points.y.size,
        most=MOST_OWN,
    )
    return points


def check_classes(y: ArrayLike, n_classes: int) -> None:
    """Raise an `InputError` unless every `y` is one of `n_classes` classes, counted from 0.

    Examples
    --------
    >>> check_classes([0, 1.5], 2)
    Traceback (most recent call last):
    core.messages.InputError: Sample 2 has y = 1.5; with 2 classes every y must be a whole number
        from 0 to 1.
    """
    y = np.asarray(y)
    is_class = (y >= 0) & (y < n_classes) & (y % 1 == 0)
    i = int(is_class.argmin())
    require(
        bool(is_class.all()),
        N_(
            "Sample {number} has y = {y:g}; with {n} classes every y must be a whole number"
            " from 0 to {most}."
        ),
        number=i + 1,
        y=y[i],
        n=n_classes,
        most=n_classes - 1,
    )


def loss_of_classes(y: ArrayLike) -> dict[str, Any]:
    """Return the loss that suits these classes and, from three on, how many there are.

    Examples
    --------
    >>> loss_of_classes([0, 1, 0]), loss_of_classes([0, 2])
    ({'loss': 'binary_cross_entropy'}, {'loss': 'cross_entropy', 'n_classes': 3})
    """
    n_classes = int(np.max(y)) + 1
    if n_classes <= 2:
        return {"loss": "binary_cross_entropy"}
    return {"loss": "cross_entropy", "n_classes": n_classes}


def never_seen(samples: Split) -> list[int]:
    """Return the classes of which every sample is kept apart.

    Examples
    --------
    >>> never_seen(Split(as_points([[0, 1]], [0]), as_points([[1, 0], [1, 1]], [2, 0])))
    [2]
    """
    if samples.test is None:
        return []
    return [int(one) for one in np.setdiff1d(samples.test.y, samples.train.y)]
