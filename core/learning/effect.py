"""How large a difference between two groups is, and how sure one may be of it: numpy alone.

The interval of the standardised difference inverts the noncentral t distribution, which is exact
where both groups are normal and vary alike; the p-value permutes who was in which group, which is
exact for any groups that were drawn by lot.
"""

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

NORMAL_95, NORMAL_80 = 1.959964, 0.841621
"""Quantiles of the normal distribution: 97.5 % and 80 %."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(96)


def t_cdf(t: float, df: float, noncentrality: float = 0.0) -> float:
    """Return how often Student's t, or a noncentral one, is at most `t`.

    It is the mean of Φ(t·s − δ) over s, the standard deviation of a sample of `df` degrees of
    freedom.

    Examples
    --------
    >>> round(t_cdf(2.0860, 20), 4), round(t_cdf(1.0, 10, noncentrality=2.0), 4)
    (0.975, 0.1585)
    """
    spread = 10 / math.sqrt(2 * df)
    low, high = max(0.0, 1 - spread), 1 + spread
    s = (high + low) / 2 + (high - low) / 2 * _NODES
    log_density = (df - 1) * np.log(s) - df * s**2 / 2
    density = _WEIGHTS * np.exp(log_density - log_density.max())
    below = [math.erfc((noncentrality - t * at) / math.sqrt(2)) / 2 for at in s.tolist()]
    return float(density @ below / density.sum())


@functools.lru_cache(maxsize=1_000)  # two numbers each; an upload may ask for any
def t_quantile(share: float, df: float) -> float:
    """Return the t that is exceeded by a share of 1 − `share`.

    Examples
    --------
    >>> round(t_quantile(0.975, 20), 4)
    2.086
    """
    return _root(lambda t: t_cdf(t, df) - share, 0.0)


def _root(rising: Callable[[float], float], start: float) -> float:
    """Return where a function that rises is 0."""
    low, high, width = start - 1.0, start + 1.0, 1.0
    while rising(low) > 0 and width < 1e6:
        low, width = low - width, 2 * width
    width = 1.0
    while rising(high) < 0 and width < 1e6:
        high, width = high + width, 2 * width
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


@dataclass(frozen=True)
class Estimate:
    """A number and its interval of 95 %."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0 or self.high < 0


def mean(values: ArrayLike) -> Estimate | None:
    """Estimate a mean, by t; None of fewer than two values.

    Examples
    --------
    >>> mean([1.0, 2.0, 3.0])
    Estimate(value=2.0, low=-0.48..., high=4.48...)
    """
    x = np.asarray(values, dtype=np.float64)
    if x.size < 2:
        return None
    reach = t_quantile(0.975, x.size - 1) * float(x.std(ddof=1)) / math.sqrt(x.size)
    centre = float(x.mean())
    return Estimate(centre, centre - reach, centre + reach)


def hedges_g(first: ArrayLike, second: ArrayLike) -> Estimate | None:
    """Estimate the difference of two means in standard deviations, without its bias.

    Parameters
    ----------
    first, second : array_like of float
        Two in each at least.

    Returns
    -------
    Estimate or None
        None where a group is too small, or nothing varies.

    References
    ----------
    Hedges, "Distribution theory for Glass's estimator of effect size and related estimators",
    Journal of Educational Statistics 6 (2), 1981. Steiger, Fouladi, "Noncentrality interval
    estimation and the evaluation of statistical models", in *What if there were no significance
    tests?*, 1997.

    Examples
    --------
    >>> hedges_g([3, 4, 5, 6, 7], [1, 2, 3, 4, 5])
    Estimate(value=1.14..., low=-0.14..., high=2.61...)
    """
    a, b = (np.asarray(group, dtype=np.float64) for group in (first, second))
    df = a.size + b.size - 2
    if min(a.size, b.size) < 2:
        return None
    pooled = math.sqrt(((a.size - 1) * a.var(ddof=1) + (b.size - 1) * b.var(ddof=1)) / df)
    if pooled == 0:
        return None
    per_t = math.sqrt(1 / a.size + 1 / b.size)
    t = float(a.mean() - b.mean()) / pooled / per_t
    low, high = (
        _root(lambda delta, share=share: share - t_cdf(t, df, delta), t)  # type: ignore[misc]
        for share in (0.975, 0.025)
    )
    return Estimate(_unbiased(df) * t * per_t, low * per_t, high * per_t)


def _unbiased(df: int) -> float:
    """Return the factor that takes the bias from a standardised difference."""
    logs = math.lgamma(df / 2) - math.lgamma((df - 1) / 2) - math.log(df / 2) / 2
    return math.exp(logs)


def permutation_p(
    values: ArrayLike,
    is_first: ArrayLike,
    strata: ArrayLike,
    n_permutations: int = 9_999,
    seed: int = 0,
) -> float:
    """Return how often chance alone parts the groups' means as far, in either direction.

    Parameters
    ----------
    values : array_like of float, shape (n,)
    is_first : array_like of bool, shape (n,)
        Who is in the first group; both have members.
    strata : array_like of int, shape (n,)
        Within which the groups were drawn by lot, and are drawn again: classes.
    n_permutations, seed : int

    Examples
    --------
    >>> permutation_p([1, 2, 3, 11, 12, 13], [0, 0, 0, 1, 1, 1], [0] * 6)
    0.1...
    """
    x, group, stratum = (
        np.asarray(values, np.float64),
        np.asarray(is_first, bool),
        np.asarray(strata),
    )
    rng = np.random.default_rng(seed)
    n_first, n_second = int(group.sum()), int((~group).sum())
    sums = np.zeros(n_permutations)
    for one in np.unique(stratum):
        here = stratum == one
        orders = rng.permuted(np.tile(x[here], (n_permutations, 1)), axis=1)
        sums += orders[:, : int(group[here].sum())].sum(axis=1)

    sums = np.append(sums, x[group].sum())  # the last is how it was
    apart = np.abs(sums / n_first - (x.sum() - sums) / n_second)
    as_far = int(np.sum(apart[:-1] >= apart[-1] - 1e-9))
    return float((1 + as_far) / (1 + n_permutations))


def adjusted(
    after: ArrayLike, before: ArrayLike, is_first: ArrayLike, strata: ArrayLike
) -> Estimate | None:
    """Estimate what the first group is ahead after, among learners who were alike before.

    Least squares of `after` on `before`, the group, and the strata (an analysis of covariance);
    None where there are too few learners for it.

    Examples
    --------
    >>> adjusted([4.0, 5.1, 6.0, 3.0, 3.9, 5.0], [1, 2, 3, 1, 2, 3], [1, 1, 1, 0, 0, 0], [0] * 6)
    Estimate(value=1.066..., low=0.89..., high=1.23...)
    """
    y, group, stratum = (
        np.asarray(after, np.float64),
        np.asarray(is_first, bool),
        np.asarray(strata),
    )
    each = (stratum[:, np.newaxis] == np.unique(stratum)).astype(np.float64)
    columns = np.column_stack([group, np.asarray(before, np.float64), each])
    df = y.size - columns.shape[1]
    if df < 1 or np.linalg.matrix_rank(columns) < columns.shape[1]:
        return None
    best = np.linalg.lstsq(columns, y)[0]
    variance = float(np.sum((y - columns @ best) ** 2)) / df
    error = math.sqrt(variance * float(np.linalg.inv(columns.T @ columns)[0, 0]))
    reach = t_quantile(0.975, df) * error
    return Estimate(float(best[0]), float(best[0]) - reach, float(best[0]) + reach)


def needed(effect: float) -> int:
    """Return how many learners each group must have to find an effect four times out of five.

    Examples
    --------
    >>> needed(0.5), needed(0.36)
    (63, 122)
    """
    return math.ceil(2 * ((NORMAL_95 + NORMAL_80) / effect) ** 2)


def findable(n_first: int, n_second: int) -> float:
    """Return the effect that groups of this size find four times out of five.

    Examples
    --------
    >>> round(findable(63, 63), 2)
    0.5
    """
    return (NORMAL_95 + NORMAL_80) * math.sqrt(1 / n_first + 1 / n_second)
