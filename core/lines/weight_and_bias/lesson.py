r"""Weight and bias: a line that need not pass through the origin, learned with two parameters.

The bias lifts the line. The mean squared error over a batch :math:`B` of samples now has two
partial derivatives, and both parameters take their step from the *old* values:

.. math:: \hat y = w x + b \qquad L_B(w, b) = \frac1{|B|} \sum_{i \in B} (y_i - w x_i - b)^2
.. math:: \frac{\partial L}{\partial w} = 2 x^2 w + 2 x (b - y) = -2 x \cdot \text{error} \qquad
          \frac{\partial L}{\partial b} = 2 b - 2 (y - w x) = -2 \cdot \text{error}
.. math:: w \leftarrow w - \eta \, \frac{\partial L_B}{\partial w} \qquad
          b \leftarrow b - \eta \, \frac{\partial L_B}{\partial b}

(the derivatives of one sample, with :math:`\text{error} = y - (w x + b)`; a batch averages them).
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.datasets import as_samples, noisy_line
from core.history import DIVERGED_AT, History, recorded_updates, thinning
from core.hyperparameters import (
    Descent,
    check_parameters,
    checked_start,
    count_batches,
    size_of_batch,
)
from core.lesson_command import show
from core.lines.weight_and_bias.bowl import bowl_of
from core.permutation import permutation


@njit(cache=True, nogil=True)
def descend(  # type: ignore[no-untyped-def]
    x,
    y,
    weight,
    bias,
    learning_rate,
    n_epochs,
    batch_size,
    shuffle,
    rng,
    record_every,
    bowl,
    highest_loss,
):
    """Step against both partial derivatives of each batch; stop where the loss explodes.

    Parameters
    ----------
    x, y : ndarray of float, shape (n_samples,)
        Inputs and targets.

    Returns
    -------
    params : ndarray of float, shape (n_records, 2)
        Weight and bias at the start, after every `record_every`-th update and after the last.
    steps : ndarray of float, shape (n_records, 3)
        Both gradients and the first sample of the batch that comes next; nan and −1 if none does.
    update : int
        How many updates were done.
    diverged : bool
        Whether the loss exploded.
    """
    mean_x, mean_y, spread, best_weight, lowest = bowl
    n_batches = (x.size + batch_size - 1) // batch_size
    n_updates = n_epochs * n_batches
    n_records = 2 + (n_updates - 1) // record_every  # first, every record_every-th, last
    params = np.empty((n_records, 2))
    steps = np.full((n_records, 3), np.nan)
    order = np.arange(x.size)
    update = 0
    record = 0
    loss = 0.0
    while update < n_updates and loss <= highest_loss:
        first = update % n_batches * batch_size
        if shuffle and first == 0:  # a new epoch
            order = permutation(rng, x.size)
        batch = order[first : first + batch_size]
        gradient_weight = gradient_bias = 0.0
        for i in batch:
            error = y[i] - (weight * x[i] + bias)
            gradient_weight += -2 * x[i] * error
            gradient_bias += -2 * error
        gradient_weight /= batch.size
        gradient_bias /= batch.size
        if update % record_every == 0:
            params[record] = weight, bias
            steps[record] = gradient_weight, gradient_bias, float(batch[0])
            record += 1
        weight -= learning_rate * gradient_weight
        bias -= learning_rate * gradient_bias
        update += 1
        # The loss over all samples, from running sums: see Bowl.
        tilt = spread * (weight - best_weight)
        lift = mean_x * weight + bias - mean_y
        loss = tilt * tilt + lift * lift + lowest
    params[record] = weight, bias
    steps[record, 2] = -1
    return params[: record + 1], steps[: record + 1], update, not loss <= highest_loss


def predict(x: ArrayLike, weight: float, bias: float) -> NDArray[np.float64]:
    r"""Return :math:`\hat y = w x + b`, of the shape of `x`.

    Examples
    --------
    >>> predict([1, 2], 0.5, 3.0)
    array([3.5, 4. ])
    """
    return weight * np.asarray(x, dtype=np.float64) + bias


def loss(x: ArrayLike, y: ArrayLike, weight: float, bias: float) -> float:
    r"""Return the mean squared error :math:`\frac1N \sum (y_i - w x_i - b)^2` over all samples.

    Examples
    --------
    >>> loss([1, 2], [2, 5], 1.0, 1.0)
    2.0
    """
    return float(np.mean((np.asarray(y) - predict(x, weight, bias)) ** 2))


def gradient(x: ArrayLike, y: ArrayLike, weight: float, bias: float) -> tuple[float, float]:
    r"""Return both partial derivatives of the mean squared error of a batch.

    Parameters
    ----------
    x, y : array_like of float, shape (batch_size,) or ()
        Inputs and targets of the batch, or one sample.
    weight, bias : float
        Where in the bowl.

    Returns
    -------
    tuple of float
        :math:`\partial L_B / \partial w` and :math:`\partial L_B / \partial b`.

    Examples
    --------
    One sample, error = 5 − (1·2 + 1) = 2:

    >>> gradient(2.0, 5.0, 1.0, 1.0)
    (-8.0, -4.0)
    """
    x = np.asarray(x, dtype=np.float64)
    error = np.asarray(y) - predict(x, weight, bias)
    return float(np.mean(-2 * x * error)), float(np.mean(-2 * error))


FORMULAS = {
    "model": r"\hat y = w \cdot x + b",
    "loss": r"L_B(w, b) = \frac1{|B|} \sum_{i \in B} (y_i - w\,x_i - b)^2",
    "error": r"\text{error} = y - (w \cdot x + b)",
    "gradient_weight": r"\begin{aligned} \frac{\partial L}{\partial w}"
    r" &= 2\,x^2\,w + 2\,x\,(b - y) \\ &= -2\,x \cdot \text{error} \end{aligned}",
    "gradient_bias": r"\begin{aligned} \frac{\partial L}{\partial b}"
    r" &= 2\,b - 2\,(y - w\,x) \\ &= -2 \cdot \text{error} \end{aligned}",
    "update": r"w \leftarrow w - \eta \cdot \frac{\partial L_B}{\partial w} \qquad"
    r" b \leftarrow b - \eta \cdot \frac{\partial L_B}{\partial b}",
    "hessian": r"H = 2 \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}",
    "epoch": r"\prod_B (I - \eta\,H_B)",
    "standardise": r"\tilde x = \frac{x - \bar x}{s} \qquad"
    r" s^2 = \frac1N \sum_{i=1}^{N} (x_i - \bar x)^2",
}
"""The lesson's formulas in LaTeX."""


@dataclass(frozen=True)
class Config(Descent):
    """Hyperparameters of the lesson.

    Parameters
    ----------
    learning_rate, n_epochs, batch_size, shuffle, seed, record_every
        As in `Descent`.
    start_weight, start_bias : float, default=0.1
        The parameters before the first update.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(n_epochs=0)
    Traceback (most recent call last):
    core.messages.InputError: n_epochs must be a whole number of at least 1, not 0.
    """

    learning_rate: float = 0.1
    n_epochs: int = 15
    batch_size: int | None = 1
    shuffle: bool = False
    start_weight: float = 0.1
    start_bias: float = 0.1

    def __post_init__(self) -> None:
        super().__post_init__()
        check_parameters(start_weight=self.start_weight, start_bias=self.start_bias)


def train(x: ArrayLike, y: ArrayLike, config: Config, *, start: ArrayLike | None = None) -> History:
    """Descend into the error bowl for ``config.n_epochs`` passes over the samples.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.
    config : Config
        The hyperparameters.
    start : array_like of float, shape (2,), optional
        The weight and the bias to start from, instead of the configured ones.

    Returns
    -------
    History
        ``params`` has the columns ``weight`` and ``bias``. The extra columns ``gradient_weight``
        and ``gradient_bias`` hold the partial derivatives of the batch that comes next, nan where
        none does; ``next_sample`` holds the index of that batch's first sample, −1 where none
        does. A run that diverges stops at the update where it did, with ``diverged`` set.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite, or `start` is not two
        numbers.

    See Also
    --------
    core.lines.weight_and_bias.bowl : The error of every weight and bias, and its minimum.
    core.lines.one_weight.train : The line without a bias.

    Notes
    -----
    Over all samples the error is a bowl. The full batch comes to rest in the minimum. Batches pull
    in turn, each towards its own minimum: the start forgotten, they keep going round the minimum,
    the farther off the larger the rate, and with sorted data off to the side of the samples that
    come last.

    Examples
    --------
    Two samples by hand: from (0, 0) the first error is 2, so w = 0.1·2·1·2 = 0.4 and b = 0.4; then
    the error is 5 − (0.4·2 + 0.4) = 3.8, so w = 0.4 + 0.1·2·2·3.8 and b = 0.4 + 0.1·2·3.8.

    >>> history = train([1, 2], [2, 5], Config(start_weight=0, start_bias=0, n_epochs=1))
    >>> history.params
    array([[0.  , 0.  ],
           [0.4 , 0.4 ],
           [1.92, 1.16]])
    >>> history.column("gradient_weight")
    array([ -4. , -15.2, nan])
    """
    x, y = as_samples(x, y)
    weight, bias = float(config.start_weight), float(config.start_bias)
    if start is not None:
        weight, bias = checked_start(start, 2).tolist()
    batch_size = size_of_batch(config.batch_size, x.size)
    n_batches = count_batches(x.size, batch_size)
    record_every = thinning(config.n_epochs * n_batches, config.record_every)
    bowl = bowl_of(x, y)
    first_loss = float(bowl.losses(np.array([[weight, bias]]))[0])
    params, steps, n_updates, diverged = descend(
        x,
        y,
        weight,
        bias,
        float(config.learning_rate),
        config.n_epochs,
        batch_size,
        config.shuffle and n_batches > 1,  # one batch of all samples has no order
        np.random.default_rng(config.seed),
        record_every,
        tuple(bowl),
        DIVERGED_AT * max(first_loss, 1.0),
    )
    update, losses = recorded_updates(n_updates, record_every), bowl.losses(params)
    # Only the last can fail: the loop stops there.
    finite = np.isfinite(losses) & np.isfinite(params).all(axis=1)
    return History(
        update=update[finite],
        epoch=(update // n_batches)[finite],
        params=params[finite],
        loss=losses[finite],
        param_names=("weight", "bias"),
        diverged=diverged,
        extra={
            "gradient_weight": steps[finite, 0],
            "gradient_bias": steps[finite, 1],
            "next_sample": steps[finite, 2],
        },
    )


if __name__ == "__main__":
    show(train, *noisy_line(variant="reversed"), Config())
