"""A sweep: the same recipe again and again, with other values of two or three hyperparameters."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from core.digits import recipe as digits
from core.digits.recipe import MODERN, Recipe
from core.hyperparameters import check_choice
from core.lab import playground_run as playground
from core.lab.sweep.space import WHOLE, Base, Choices, Dimension, Range, Value, with_values
from core.lab.sweep.text import examples_of, parse, text_of, write
from core.messages import N_, require
from core.number import whole

Method = Literal["grid", "random"]
METHODS: tuple[Method, ...] = get_args(Method)

MOST_RUNS = 1_000
MOST_DIMENSIONS = 3
"""More no picture can show."""
USUAL_RUNS = 24
"""Of a random search where nobody says how many."""
USUAL_POINTS = 5
"""Of a range in a grid where nobody says how many."""

Cell = dict[str, Value]
"""The values of the varied hyperparameters in one run."""


@dataclass(frozen=True)
class Sweep:
    """What is varied, and how.

    Parameters
    ----------
    base : Recipe or PlaygroundRecipe
        All that is not varied; its seed is that of the sweep too.
    space : sequence of Choices or Range
        One to three hyperparameters.
    method : {"grid", "random"}
        Every combination of values, or combinations drawn at random.
    n_runs : int, optional
        At most 1,000. Of a random search, 24 by default. The ranges of a grid that do not say how
        many points they have get as many as this allows, 5 by default.
    prunes : bool
        Whether hopeless runs are ended early: see `core.lab.sweep.rounds`. Those of a Playground
        are not: each takes a moment.

    Raises
    ------
    InputError
        If there would be no run, or too many.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> space = parse("dropout", "0..0.5"), parse("batch_size", "64,256,1024")
    >>> Sweep(MODERN, space, n_runs=9).axes()
    {'dropout': [0.0, 0.25, 0.5], 'batch_size': [64, 256, 1024]}
    >>> Sweep(MODERN, space, n_runs=10_000)
    Traceback (most recent call last):
    core.messages.InputError: The sweep would have 10,000 runs; it may have from 1 to 1,000.
    """

    base: Base
    space: Sequence[Dimension]
    method: Method = "grid"
    n_runs: int | None = None
    prunes: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "space", tuple(self.space))
        object.__setattr__(self, "prunes", self.prunes and self.kind == "digits")
        check_choice("method", self.method, METHODS)
        require(
            len(self.names) > 0,
            N_("Nothing varies: give a hyperparameter a range or two values, such as {example}."),
            example=examples_of(self.base)["learning_rate"],
        )
        require(
            len(self.names) <= MOST_DIMENSIONS and len(set(self.names)) == len(self.names),
            N_("A sweep may vary up to {most} different hyperparameters, not {names}."),
            most=MOST_DIMENSIONS,
            names=", ".join(self.names),
        )
        require(
            "kernel_size" not in self.names
            or "channels" in self.names
            or (isinstance(self.base, Recipe) and self.base.is_convolutional),
            N_("A dense network has no kernel: choose a recipe with convolutions, or vary them."),
        )
        if self.n_runs is not None:
            check_number_of_runs(self.n_runs)
        check_number_of_runs(self.n_planned)
        require(
            self.n_runs is None or self.n_planned <= self.n_runs,
            N_("The grid has {n} cells: ask for so many runs, or for a random search."),
            n=self.n_planned,
        )
        require(
            self.n_planned <= self._n_different(),
            N_("There are only {n} different combinations: ask for no more runs than that."),
            n=self._n_different(),
        )

    @property
    def kind(self) -> str:
        """What its runs are in the store: "digits", or "planes/playground"."""
        return "digits" if isinstance(self.base, Recipe) else playground.KIND

    @property
    def names(self) -> tuple[str, ...]:
        """What is varied."""
        return tuple(dimension.name for dimension in self.space)

    @property
    def n_planned(self) -> int:
        """How many runs the sweep has."""
        if self.method == "random":
            return USUAL_RUNS if self.n_runs is None else self.n_runs
        return math.prod(len(values) for values in self.axes().values())

    def axes(self) -> dict[str, list[Value]]:
        """Give the values that each hyperparameter has in a grid."""
        n_points = self._n_points()
        return {
            d.name: d.points(n_points) if isinstance(d, Range) else list(d.values)
            for d in self.space
        }

    def recipe(self, cell: Mapping[str, Value]) -> Base:
        """Give the recipe of a cell."""
        if isinstance(self.base, Recipe):
            return with_values(self.base, {**cell, "name": "own"})
        return with_values(self.base, cell)

    def _n_points(self) -> int:
        """How many points a range has in a grid if it does not say so itself."""
        is_open = [isinstance(d, Range) and d.n_points is None for d in self.space]
        if self.n_runs is None or not any(is_open):
            return USUAL_POINTS
        others = math.prod(
            len(d.values) if isinstance(d, Choices) else d.n_points or 1 for d in self.space
        )
        n_points: int = math.floor((self.n_runs / others) ** (1 / sum(is_open)) + 1e-9)
        require(
            n_points >= 2,
            N_("{n} runs are too few for this grid: each range needs at least two points."),
            n=self.n_runs,
        )
        return n_points

    def _n_different(self) -> float:
        """How many combinations there are."""
        return math.prod(
            len(d.values)
            if isinstance(d, Choices)
            else 1 + int(d.high - d.low)
            if d.name in WHOLE
            else math.inf
            for d in self.space
        )


def sweep_of(
    base: Base,
    texts: Mapping[str, str],
    method: Method = "grid",
    n_runs: int | None = None,
    *,
    prunes: bool = True,
) -> Sweep:
    """Make a sweep of what a person wrote; a hyperparameter with one value is not varied.

    Parameters
    ----------
    base : Recipe or PlaygroundRecipe
    texts : mapping of str to str
        For each hyperparameter what `core.lab.sweep.text.parse` reads.
    method, n_runs, prunes
        As in `Sweep`.

    Returns
    -------
    Sweep

    Raises
    ------
    InputError
        If anything of it is not allowed.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> sweep = sweep_of(MODERN, {"optimiser": "sgd", "learning_rate": "0.1,1"})
    >>> sweep.names, sweep.base.optimiser, sweep.n_planned
    (('learning_rate',), 'sgd', 2)
    """
    space = []
    like = MODERN if isinstance(base, Recipe) else base
    for name, text in texts.items():
        dimension = parse(name, text, like)
        if isinstance(dimension, Choices) and len(dimension.values) == 1:
            base = with_values(base, {name: dimension.values[0]})
        else:
            space.append(dimension)
    return Sweep(base, space, method, n_runs, prunes)


def check_number_of_runs(n: int) -> None:
    """Raise an InputError unless a sweep may have so many runs."""
    require(
        1 <= n <= MOST_RUNS,
        N_("The sweep would have {n} runs; it may have from 1 to {most}."),
        n=whole(n),
        most=whole(MOST_RUNS),
    )


def name_of(cell: Mapping[str, Value]) -> str:
    """Name a run by its cell.

    Examples
    --------
    >>> name_of({"learning_rate": 0.001, "batch_size": 64})
    'learning_rate 0.001, batch_size 64'
    """
    return ", ".join(f"{name} {text_of(name, value)}" for name, value in cell.items())


def to_dict(base: Base) -> dict[str, Any]:
    """Give a recipe as JSON can hold it."""
    return digits.to_dict(base) if isinstance(base, Recipe) else base.to_dict()


def to_settings(sweep: Sweep) -> dict[str, Any]:
    """Give a sweep as JSON can hold it.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> sweep = sweep_of(MODERN, {"dropout": "0..0.5:3"})
    >>> from_settings(to_settings(sweep)) == sweep
    True
    """
    return {
        "kind": sweep.kind,
        "base": to_dict(sweep.base),
        "space": [[dimension.name, write(dimension)] for dimension in sweep.space],
        "method": sweep.method,
        "n_runs": sweep.n_runs,
        "prunes": sweep.prunes,
    }


def from_settings(settings: Mapping[str, Any]) -> Sweep:
    """Make a sweep of what `to_settings` gave."""
    base: Any = settings["base"]
    is_digits = settings.get("kind", "digits") == "digits"  # older sweeps do not say it
    base = digits.from_dict(base) if is_digits else playground.from_dict(base)
    like = MODERN if is_digits else base
    space = [parse(name, text, like) for name, text in settings["space"]]
    return Sweep(base, space, settings["method"], settings["n_runs"], settings["prunes"])
