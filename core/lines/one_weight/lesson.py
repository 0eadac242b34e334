r"""One weight: a line through the origin, corrected sample by sample.

The model is the smallest network there is, one input, one weight, one output:

.. math:: \hat y = w \cdot x

Each sample says how wrong the line is there, and the weight takes a step against it:

.. math:: \text{error} = y - w x \qquad L = \text{error}^2 \qquad
          \frac{\partial L}{\partial w} = -2 \cdot \text{error} \cdot x
.. math:: w \leftarrow w - \eta \, \frac{\partial L}{\partial w}
            = w + 2 \eta \cdot \text{error} \cdot x

With the learning rate :math:`\eta = 1/2` this is the rule ``w ← w + error·x``.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.datasets import as_samples, noisy_line
from core.history import History, recorded_updates, thinning
from core.hyperparameters import (
    check_counts,
    check_learning_rate,
    check_parameters,
    checked_start,
)
from core.lesson_command import show
from core.lines.loss_band import loss_band


@njit(cache=True, nogil=True)
def learn(x, y, weight, learning_rate, record_every, low, high):  # type: ignore[no-untyped-def]
    """Take each sample in turn and correct the weight; stop where it leaves ``[low, high]``.

    Parameters
    ----------
    x, y : ndarray of float, shape (n_samples,)
        Inputs and targets, in the order in which they are learned.

    Returns
    -------
    weights : ndarray of float, shape (n_records,)
        The weight at the start, after every `record_every`-th update and after the last.
    update : int
        How many updates were done.
    """
    n_updates = x.size
    weights = np.empty(2 + (n_updates - 1) // record_every)  # first, every record_every-th, last
    weights[0] = weight
    update = 0
    while update < n_updates and low <= weight <= high:
        error = y[update] - weight * x[update]
        gradient = -2 * error * x[update]
        weight -= learning_rate * gradient
        update += 1
        weights[(update - 1) // record_every + 1] = weight
    return weights[: 2 + (update - 1) // record_every], update


def predict(x: ArrayLike, weight: float) -> NDArray[np.float64]:
    r"""Return :math:`\hat y = w x`, of the shape of `x`.

    Examples
    --------
    >>> predict([1, 2], 0.5)
    array([0.5, 1. ])
    """
    return weight * np.asarray(x, dtype=np.float64)


def loss(x: ArrayLike, y: ArrayLike, weight: float) -> float:
    r"""Return the mean squared error :math:`\frac1N \sum (y_i - w x_i)^2` over all samples.

    Examples
    --------
    >>> loss([1, 2], [1, 4], 1.0)
    2.0
    """
    return float(np.mean((np.asarray(y) - predict(x, weight)) ** 2))


def gradient(x: float, y: float, weight: float) -> float:
    r"""Return :math:`-2 (y - w x) x`, the slope of one sample's squared error at `weight`.

    Examples
    --------
    >>> gradient(2.0, 4.0, 1.0)
    -8.0
    """
    error = y - weight * x
    return -2 * error * x


def overshoot_learning_rate(x: ArrayLike) -> float:
    r"""Return the learning rate above which a single sample throws the weight farther off.

    One update multiplies the distance from the sample's own best weight :math:`y/x` by
    :math:`1 - 2\eta x^2`. That shrinks it as long as :math:`\eta < 1/x^2`, so the bound over all
    samples is :math:`1/\max(x^2)`; infinite if every x is 0.

    Examples
    --------
    >>> overshoot_learning_rate([0.5, 2.0])
    0.25
    """
    largest = float(np.max(np.square(np.asarray(x, dtype=np.float64))))
    return 1 / largest if largest > 0 else np.inf


FORMULAS = {
    "model": r"\hat y = w \cdot x",
    "error": r"\text{error} = y - w \cdot x",
    "gradient": r"\frac{\partial\,\text{error}^2}{\partial w} = -2 \cdot \text{error} \cdot x",
    "update": r"\begin{aligned} w &\leftarrow w - \eta \cdot"
    r" \frac{\partial\,\text{error}^2}{\partial w} \\"
    r" &= w + 2\,\eta \cdot \text{error} \cdot x \end{aligned}",
}
"""The lesson's formulas in LaTeX."""

Verdict = Literal["diverged", "overshooting", "thrown off", "on the way", "settled"]
"""How a run ended; see `verdict`."""


@dataclass(frozen=True)
class Config:
    """Hyperparameters of the lesson: one pass over the samples, in data order.

    Parameters
    ----------
    start_weight : float, default=0.5
        The weight before the first sample.
    learning_rate : float, default=0.5
        How far one step goes (η), at least 0.
    record_every : int or None, default=None
        Record every so-many-th update; None keeps a few hundred records, 1 keeps all.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(learning_rate=-1)
    Traceback (most recent call last):
    core.messages.InputError: learning_rate must be a finite number of at least 0, not -1.
    """

    start_weight: float = 0.5
    learning_rate: float = 0.5
    record_every: int | None = None

    def __post_init__(self) -> None:
        check_parameters(start_weight=self.start_weight)
        check_learning_rate(self.learning_rate)
        check_counts(record_every=self.record_every)


def verdict(history: History, config: Config, x: ArrayLike, best: float) -> Verdict:
    """Tell in a word how a run ended.

    Parameters
    ----------
    history : History
        The run.
    config : Config
        Its hyperparameters.
    x : array_like of float, shape (n_samples,)
        Its inputs.
    best : float
        The least-squares weight of its samples.

    Returns
    -------
    {"diverged", "overshooting", "thrown off", "on the way", "settled"}
        overshooting: the learning rate is above `overshoot_learning_rate`. thrown off: the last
        sample moved the weight to more than twice the distance from `best`. settled: within a
        tenth of `best` (of 1, if that is smaller).

    Examples
    --------
    >>> history = train([1, 1], [2, 2], Config(learning_rate=0.5))
    >>> verdict(history, Config(learning_rate=0.5), [1, 1], best=2.0)
    'settled'
    """
    if history.diverged:
        return "diverged"
    if config.learning_rate > overshoot_learning_rate(x):
        return "overshooting"
    distances = np.abs(history.column("weight") - best)
    near = 0.1 * max(1.0, abs(best))
    if distances[-1] <= near:
        return "settled"
    return "thrown off" if 2 * distances[-2] < distances[-1] else "on the way"


def train(x: ArrayLike, y: ArrayLike, config: Config, *, start: ArrayLike | None = None) -> History:
    """Correct the weight once for each sample, in data order.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.
    config : Config
        The hyperparameters.
    start : array_like of float, shape (1,), optional
        The weight to start from, instead of ``config.start_weight``.

    Returns
    -------
    History
        ``params`` has the one column ``weight``. A run that diverges stops at the update where it
        did, with ``diverged`` set.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite, or `start` is not one number.

    See Also
    --------
    core.lines.normal_equation.solve : The best weight for all samples at once, by a formula.
    core.lines.gradient_descent.train : Many passes over the samples, a batch at a time.

    References
    ----------
    .. [1] B. Widrow and M. E. Hoff, "Adaptive switching circuits", IRE WESCON Convention Record,
       part 4, pp. 96–104, 1960: this rule, for any number of weights.

    Examples
    --------
    Two samples by hand: 0.5 + 1·(1 − 0.5·1)·1 = 1, then 1 + 1·(4 − 1·2)·2 = 5.

    >>> history = train([1, 2], [1, 4], Config(start_weight=0.5, learning_rate=0.5))
    >>> history.column("weight")
    array([0.5, 1. , 5. ])
    """
    x, y = as_samples(x, y)
    weight = float(config.start_weight if start is None else checked_start(start, 1)[0])
    record_every = thinning(x.size, config.record_every)

    band = loss_band(x, y, weight)
    low, high = band.ends(weight)
    weights, n_updates = learn(x, y, weight, float(config.learning_rate), record_every, low, high)
    update, losses = recorded_updates(n_updates, record_every), band.losses(weights)
    finite = np.isfinite(losses)  # only the last can fail: the loop stops there
    return History(
        update=update[finite],
        epoch=(update // x.size)[finite],
        params=weights[finite, np.newaxis],
        loss=losses[finite],
        param_names=("weight",),
        diverged=not low <= weights[-1] <= high,
    )


if __name__ == "__main__":
    show(train, *noisy_line(), Config())
