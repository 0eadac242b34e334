"""The cells of a sweep, all chosen before anything starts.

They are drawn from the recipe's seed, so that the same sweep always has the same cells.
"""

import itertools
import math

import numpy as np

from core.lab.sweep.plan import Cell, Sweep
from core.lab.sweep.space import WHOLE, Choices, Dimension, Value
from core.messages import N_, InputError

TRIES = 20
"""So often all runs are drawn before the space counts as too small for different ones."""


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

    References
    ----------
    J. Bergstra, Y. Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012.

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
    random = np.random.default_rng(sweep.base.seed)
    if sweep.method == "grid":
        axes = sweep.axes()
        grid = [
            dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())
        ]
        return [grid[index] for index in random.permutation(len(grid))]
    drawn: dict[str, Cell] = {}
    for _ in range(TRIES):
        columns = [draw(dimension, sweep.n_planned, random) for dimension in sweep.space]
        for values in zip(*columns, strict=True):
            drawn.setdefault(repr(values), dict(zip(sweep.names, values, strict=True)))
            if len(drawn) == sweep.n_planned:
                return list(drawn.values())
    raise InputError(
        N_("The ranges are too narrow for {n} different runs: ask for fewer."), n=sweep.n_planned
    )


def draw(dimension: Dimension, n: int, random: np.random.Generator) -> list[Value]:
    """Draw values of a hyperparameter: each choice, or each step of its scale, is as likely.

    Examples
    --------
    >>> from core.lab.sweep.space import Range
    >>> draw(Range("learning_rate", 1e-4, 1e-1), 3, np.random.default_rng(0))
    [0.00814, 0.000645, 0.000133]
    """
    if isinstance(dimension, Choices):
        return [dimension.values[i] for i in random.integers(len(dimension.values), size=n)]
    low, high = dimension.low, dimension.high
    if dimension.name in WHOLE:  # the first and the last number are as likely as those between
        low, high = low - 0.5, high + 0.5
    if dimension.is_logarithmic:
        drawn = np.exp(random.uniform(math.log(low), math.log(high), n))
    else:
        drawn = random.uniform(low, high, n)
    return [dimension.rounded(value) for value in drawn.tolist()]
