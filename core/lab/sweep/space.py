"""What a sweep tries: hyperparameters of a recipe, each with choices or a range.

The recipe is one of Digits → Train, or of the Playground.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.digits.recipe import Recipe
from core.lab.playground_run import PlaygroundRecipe

WHOLE = ("batch_size", "n_images", "seed", "kernel_size")
"""Hyperparameters that are whole numbers."""
LOGARITHMIC = ("learning_rate", "weight_decay", "l1", "l2", "batch_size", "n_images")
"""Hyperparameters of which a range has as much between 1 and 10 as between 10 and 100."""
WORDS = ("optimiser", "schedule", "activation", "loss", "initialisation")
LAYERS, HIDDEN, CHANNELS = "layer_sizes", "hidden_sizes", "channels"
"""The sizes of all layers, of the hidden ones alone, and the channels of convolutions."""
SEVERAL = (LAYERS, HIDDEN, CHANNELS)
"""Hyperparameters of which each value is several numbers."""

NAMES = (
    "learning_rate",
    "batch_size",
    "optimiser",
    "schedule",
    "weight_decay",
    "dropout",
    "distortion",
    "activation",
    LAYERS,
    "n_images",
    "loss",
    CHANNELS,
    "kernel_size",
)
"""The fields of a recipe that a sweep can vary."""

PLAYGROUND_NAMES = (
    "learning_rate",
    "batch_size",
    "optimiser",
    HIDDEN,
    "activation",
    "initialisation",
    "l1",
    "l2",
    "dropout",
    "schedule",
    "seed",
)
"""Those of a Playground's."""

DIGITS = 3
"""So many digits of a number within a range are kept."""

Base = Recipe | PlaygroundRecipe

Value = Any
"""A hyperparameter's value as JSON has it: a number, a word, or a list of sizes."""


@dataclass(frozen=True)
class Choices:
    """A hyperparameter and the values it may have."""

    name: str
    values: tuple[Value, ...]

    @property
    def is_logarithmic(self) -> bool:
        """Whether an axis of it had better be logarithmic."""
        return self.name in LOGARITHMIC and min(self.values) > 0


@dataclass(frozen=True)
class Range:
    """A hyperparameter and the range that its values are from, both ends included."""

    name: str
    low: float
    high: float
    n_points: int | None = None
    """How many a grid takes; None leaves it to the grid."""

    @property
    def is_logarithmic(self) -> bool:
        """Whether equal steps are equal factors."""
        return self.name in LOGARITHMIC

    def points(self, n_points: int) -> list[float]:
        """Give the values of a grid, `n_points` of them unless the range says how many.

        Examples
        --------
        >>> Range("learning_rate", 1e-4, 1e-1).points(4)
        [0.0001, 0.001, 0.01, 0.1]
        >>> Range("dropout", 0.0, 0.5, n_points=3).points(4)
        [0.0, 0.25, 0.5]
        """
        space = np.geomspace if self.is_logarithmic else np.linspace
        between = space(self.low, self.high, self.n_points or n_points)[1:-1].tolist()
        points = [self.low, *(self.rounded(value) for value in between), self.high]
        return list(dict.fromkeys(points))  # whole numbers may fall together

    def rounded(self, value: float) -> float:
        """Round a value within the range to a short number.

        Examples
        --------
        >>> Range("learning_rate", 1e-4, 1e-1).rounded(0.00031622)
        0.000316
        >>> Range("batch_size", 1, 9).rounded(4.6)
        5
        """
        if self.name in WHOLE:
            return round(value)
        return min(max(float(f"{value:.{DIGITS}g}"), self.low), self.high)


Dimension = Choices | Range


def names_of(base: Base) -> tuple[str, ...]:
    """Give what a sweep can vary of such a recipe."""
    return NAMES if isinstance(base, Recipe) else PLAYGROUND_NAMES


def with_values(recipe: Base, cell: Mapping[str, Value]) -> Base:
    """Give a recipe with some hyperparameters changed; an InputError if one is not allowed.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> with_values(MODERN, {"layer_sizes": [784, 30, 10], "dropout": 0.5}).n_parameters
    23860
    """
    if isinstance(recipe, PlaygroundRecipe):
        return recipe.changed(cell)
    values: dict[str, Any] = dict(cell)
    for name in (LAYERS, CHANNELS):
        if name in values:
            values[name] = tuple(values[name])
    return dataclasses.replace(recipe, **values)
