"""The cells of a sweep: Optuna's samplers choose them, all before anything starts.

They draw from the recipe's seed, so that the same sweep always has the same cells.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.lab.sweep.plan import Cell, Sweep, name_of
from core.lab.sweep.space import WHOLE, Choices, Dimension, Value
from core.lab.sweep.text import parse_value, text_of
from core.messages import N_, InputError

if TYPE_CHECKING:
    import optuna

TRIES = 20
"""So many draws are made for each run before the space counts as too small for different ones."""


def cells(sweep: Sweep) -> list[Cell]:
    """Draw the cells of a sweep, all different.

    Parameters
    ----------
    sweep : Sweep

    Returns
    -------
    list of dict
        In random order, of a grid too: so the first ones give an idea of the whole.

    Raises
    ------
    InputError
        If the ranges are so narrow that there are not as many different cells.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> from core.lab.sweep.plan import sweep_of
    >>> len(cells(sweep_of(MODERN, {"optimiser": "sgd,adam", "dropout": "0,0.5"})))
    4
    >>> sweep = sweep_of(MODERN, {"batch_size": "1..1000"}, "random", 3)
    >>> cells(sweep) == cells(sweep)
    True
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    seed = sweep.base.seed % (2**32 - 1)
    sampler: optuna.samplers.BaseSampler
    if sweep.method == "random":
        sampler = optuna.samplers.RandomSampler(seed)
    else:
        sampler = optuna.samplers.GridSampler({d.name: texts(sweep, d) for d in sweep.space}, seed)
    study, space = optuna.create_study(sampler=sampler), distributions(sweep)
    drawn: dict[str, Cell] = {}
    for _ in range(TRIES * sweep.n_planned):
        values = study.ask(space).params
        cell = {d.name: to_value(d, values[d.name]) for d in sweep.space}
        drawn.setdefault(name_of(cell), cell)
        if len(drawn) == sweep.n_planned:
            return list(drawn.values())
    raise InputError(
        N_("The ranges are too narrow for {n} different runs: ask for fewer."), n=sweep.n_planned
    )


def distributions(sweep: Sweep) -> "dict[str, optuna.distributions.BaseDistribution]":
    """Give what Optuna draws from: numbers of a range, or the texts of choices."""
    from optuna.distributions import (
        BaseDistribution,
        CategoricalDistribution,
        FloatDistribution,
        IntDistribution,
    )

    found: dict[str, BaseDistribution] = {}
    for d in sweep.space:
        if isinstance(d, Choices) or sweep.method == "grid":
            found[d.name] = CategoricalDistribution(texts(sweep, d))
        elif d.name in WHOLE:
            found[d.name] = IntDistribution(int(d.low), int(d.high), log=d.is_logarithmic)
        else:
            found[d.name] = FloatDistribution(d.low, d.high, log=d.is_logarithmic)
    return found


def texts(sweep: Sweep, dimension: Dimension) -> list[str]:
    """Write the values that a hyperparameter has in a grid, or as choices of a random search."""
    name = dimension.name
    values = dimension.values if isinstance(dimension, Choices) else sweep.axes()[name]
    return [text_of(name, value) for value in values]


def params(sweep: Sweep, cell: Mapping[str, Value]) -> dict[str, Any]:
    """Give a cell as Optuna has it: what `distributions` could have drawn.

    Examples
    --------
    >>> from core.digits.recipe import MODERN
    >>> from core.lab.sweep.plan import sweep_of
    >>> sweep = sweep_of(MODERN, {"dropout": "0..0.5", "layer_sizes": "none,30"}, "random", 3)
    >>> params(sweep, {"dropout": 0.25, "layer_sizes": [784, 30, 10]})
    {'dropout': 0.25, 'layer_sizes': '30'}
    """
    drawn = {}
    for d in sweep.space:
        is_text = isinstance(d, Choices) or sweep.method == "grid"
        drawn[d.name] = text_of(d.name, cell[d.name]) if is_text else cell[d.name]
    return drawn


def to_value(dimension: Dimension, drawn: Any) -> Value:
    """Give the value that was drawn."""
    if isinstance(dimension, Choices) or isinstance(drawn, str):
        return parse_value(dimension.name, drawn)
    return dimension.rounded(drawn)
