r"""Gradient descent: walk down the error parabola, a batch of samples at a time.

The model is the line of One weight; its mean squared error over a batch :math:`B` of samples is
the batch's own parabola, and the weight takes a step against its slope :math:`g`:

.. math:: \hat y = w x \qquad
          L_B(w) = \frac1{|B|} \sum_{i \in B} (y_i - w x_i)^2 = a_B w^2 + b_B w + c_B
.. math:: g = \frac{\mathrm{d}L_B}{\mathrm{d}w} = 2 a_B w + b_B \qquad w \leftarrow w - \eta \, g

Where the slope is below 0, the weight is left of the minimum and grows. Batches of one sample make
*stochastic* gradient descent, batches of a few *mini-batch*, and one batch of all the *full batch*.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from core.datasets import as_samples, noisy_line
from core.history import History, recorded_updates, thinning
from core.hyperparameters import (
    Descent,
    check_parameters,
    checked_start,
    count_batches,
    size_of_batch,
)
from core.lesson_command import show
from core.lines.loss_band import loss_band
from core.lines.normal_equation import parabola
from core.lines.one_weight import loss, predict
from core.permutation import permutation

__all__ = ["FORMULAS", "Config", "descend", "gradient", "loss", "predict", "train"]


@njit(cache=True, nogil=True)
def descend(  # type: ignore[no-untyped-def]
    x, y, weight, learning_rate, n_epochs, batch_size, shuffle, rng, record_every, low, high
):
    """Step against the slope of each batch's parabola; stop where the weight leaves [low, high].

    Parameters
    ----------
    x, y : ndarray of float, shape (n_samples,)
        Inputs and targets.

    Returns
    -------
    weights : ndarray of float, shape (n_records,)
        The weight at the start, after every `record_every`-th update and after the last.
    parabolas : ndarray of float, shape (n_records, 3)
        a, b and c of the batch that comes next; nan where none does.
    update : int
        How many updates were done.
    """
    n_batches = (x.size + batch_size - 1) // batch_size
    n_updates = n_epochs * n_batches
    n_records = 2 + (n_updates - 1) // record_every  # first, every record_every-th, last
    weights = np.empty(n_records)
    parabolas = np.full((n_records, 3), np.nan)
    order = np.arange(x.size)
    update = 0
    record = 0
    while update < n_updates and low <= weight <= high:
        first = update % n_batches * batch_size
        if shuffle and first == 0:  # a new epoch
            order = permutation(rng, x.size)
        batch = order[first : first + batch_size]
        a = b = c = 0.0
        for i in batch:
            a += x[i] * x[i]
            b -= 2 * x[i] * y[i]
            c += y[i] * y[i]
        a, b, c = a / batch.size, b / batch.size, c / batch.size
        if update % record_every == 0:
            weights[record] = weight
            parabolas[record] = a, b, c
            record += 1
        gradient = 2 * a * weight + b
        weight -= learning_rate * gradient
        update += 1
    weights[record] = weight
    return weights[: record + 1], parabolas[: record + 1], update


def gradient(x: ArrayLike, y: ArrayLike, weight: float) -> float:
    r"""Return :math:`2 a_B w + b_B`, the slope of the mean squared error of a batch at `weight`.

    Parameters
    ----------
    x, y : array_like of float, shape (batch_size,)
        Inputs and targets of the batch.
    weight : float
        Where on the parabola.

    Examples
    --------
    2·2.5·1 − 9:

    >>> gradient([1, 2], [1, 4], 1.0)
    -4.0
    """
    return parabola(x, y).slope(weight)


FORMULAS = {
    "model": r"\hat y = w \cdot x",
    "loss": r"\begin{aligned} L_B(w) &= \frac1{|B|} \sum_{i \in B} (y_i - w\,x_i)^2 \\"
    r" &= a_B\,w^2 + b_B\,w + c_B \end{aligned}",
    "coefficients": r"a_B = \frac1{|B|} \sum_{i \in B} x_i^2 \qquad"
    r" b_B = -\frac2{|B|} \sum_{i \in B} x_i\,y_i",
    "gradient": r"g = \frac{\mathrm{d}L_B}{\mathrm{d}w} = 2\,a_B\,w + b_B",
    "update": r"w \leftarrow w - \eta \cdot g",
}
"""The lesson's formulas in LaTeX."""


@dataclass(frozen=True)
class Config(Descent):
    """Hyperparameters of the lesson.

    Parameters
    ----------
    learning_rate, n_epochs, batch_size, shuffle, seed, record_every
        As in `Descent`.
    start_weight : float, default=0.1
        The weight before the first update.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(start_weight=float("nan"))
    Traceback (most recent call last):
    core.messages.InputError: start_weight must be between −1e+50 and 1e+50, not nan.
    """

    learning_rate: float = 0.1
    n_epochs: int = 50
    batch_size: int | None = 10
    shuffle: bool = True
    start_weight: float = 0.1

    def __post_init__(self) -> None:
        super().__post_init__()
        check_parameters(start_weight=self.start_weight)


def train(x: ArrayLike, y: ArrayLike, config: Config, *, start: ArrayLike | None = None) -> History:
    """Descend the error parabola for ``config.n_epochs`` passes over the samples.

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
        ``params`` has the one column ``weight``. The extra columns ``batch_a``, ``batch_b`` and
        ``batch_c`` hold the parabola of the batch that comes next, nan where none does. A run that
        diverges stops at the update where it did, with ``diverged`` set.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite, or `start` is not one number.

    See Also
    --------
    core.lines.normal_equation.solve : The vertex of the parabola of all samples, by a formula.
    core.lines.weight_and_bias.train : The same with a second parameter.

    References
    ----------
    .. [1] H. Robbins and S. Monro, "A stochastic approximation method", The Annals of Mathematical
       Statistics 22 (3), pp. 400–407, 1951: steps by what only a sample says.

    Examples
    --------
    Two samples by hand: 0 − 0.1·(2·1·0 − 2) = 0.2, then 0.2 − 0.1·(2·4·0.2 − 16) = 1.64.

    >>> config = Config(start_weight=0, n_epochs=1, batch_size=1, shuffle=False)
    >>> history = train([1, 2], [1, 4], config)
    >>> history.column("weight")
    array([0.  , 0.2 , 1.64])
    >>> history.column("batch_b")
    array([ -2., -16.,  nan])
    """
    x, y = as_samples(x, y)
    weight = float(config.start_weight if start is None else checked_start(start, 1)[0])
    batch_size = size_of_batch(config.batch_size, x.size)
    n_batches = count_batches(x.size, batch_size)
    record_every = thinning(config.n_epochs * n_batches, config.record_every)
    band = loss_band(x, y, weight)
    low, high = band.ends(weight)
    weights, parabolas, n_updates = descend(
        x,
        y,
        weight,
        float(config.learning_rate),
        config.n_epochs,
        batch_size,
        config.shuffle and n_batches > 1,  # one batch of all samples has no order
        np.random.default_rng(config.seed),
        record_every,
        low,
        high,
    )
    update, losses = recorded_updates(n_updates, record_every), band.losses(weights)
    finite = np.isfinite(losses)  # only the last can fail: the loop stops there
    return History(
        update=update[finite],
        epoch=(update // n_batches)[finite],
        params=weights[finite, np.newaxis],
        loss=losses[finite],
        param_names=("weight",),
        diverged=not low <= weights[-1] <= high,
        extra={f"batch_{name}": parabolas[finite, i] for i, name in enumerate("abc")},
    )


if __name__ == "__main__":
    show(train, *noisy_line(), Config())
