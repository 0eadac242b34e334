"""What is true of samples and their best weight, by name: for questions and challenges."""

from typing import Literal

import numpy as np

from core.datasets import Samples
from core.learning.claims import Facts
from core.lines.normal_equation.lesson import parabola, solve

Pull = Literal["hardly", "part", "all"]
"""How far the best weight goes to what one sample asks for."""


def facts(samples: Samples, single_pass: float) -> Facts:
    r"""Tell the facts of samples and of their best weight.

    Parameters
    ----------
    samples : Samples
        Not all of their x are 0.
    single_pass : float
        Where a single pass over them ends.

    Returns
    -------
    dict of str to int, float or str
        ``last_share`` is how much of the way to the last sample's own weight the best one goes, if
        that sample's y changes: :math:`x^2 / \sum x_i^2`. ``middle_weight`` and ``mean_weight`` are
        the median and the mean of what the samples ask for, each by itself. Those called ``pair_``
        are of the two samples (1, 1) and (2, 4).

    Examples
    --------
    >>> from core.datasets import as_samples
    >>> found = facts(as_samples([1, 1, 2], [1, 1, 4]), single_pass=1.9)
    >>> found["best_weight"], found["middle_weight"], round(found["last_share"], 3)
    (1.6666666666666667, 1.0, 0.667)
    >>> found["last_pull"], found["pair_best"]
    ('part', 1.8)
    """
    x, y = samples
    best, squares = solve(x, y), x**2
    share = float(squares[-1] / squares.sum())
    asks = np.abs(x) > 1e-9 * np.abs(x).max()  # at x = 0 a sample asks for nothing
    wishes = y[asks] / x[asks]
    pair_x, pair_y = np.array([1.0, 2.0]), np.array([1.0, 4.0])
    return {
        "n": int(x.size),
        "best_weight": best,
        "least_loss": parabola(x, y).lowest,
        "middle_weight": float(np.median(wishes)),
        "mean_weight": float(wishes.mean()),
        "last_share": share,
        "last_pull": _pull(share),
        "pass_weight": single_pass,
        "pass_distance": abs(single_pass - best),
        "pair_best": solve(pair_x, pair_y),
        "pair_mean": float(np.mean(pair_y / pair_x)),
        "pair_of_means": float(pair_y.mean() / pair_x.mean()),
    }


def _pull(share: float) -> Pull:
    if share <= 0.1:
        return "hardly"
    return "part" if share < 0.9 else "all"
