r"""Sigmoid neuron: a line bent into an S, so that it can answer with something between 0 and 1.

The weighted sum passes through the sigmoid. The error of one sample then depends on the weight
through three links, and the chain rule multiplies their slopes:

.. math:: z = w x + b \qquad \hat y = \sigma(z) = \frac{1}{1 + e^{-z}} \qquad L = (y - \hat y)^2
.. math:: \frac{\partial L}{\partial w} =
          \frac{\partial L}{\partial \hat y} \cdot \frac{\partial \hat y}{\partial z} \cdot
          \frac{\partial z}{\partial w} = -2 (y - \hat y) \cdot \hat y (1 - \hat y) \cdot x

(and 1 in place of x for the bias). Where z is far from 0 the sigmoid is flat: the neuron is
saturated, :math:`\hat y (1 - \hat y) \approx 0`, and however wrong it is, it hardly learns. The
binary cross-entropy has a slope that is steep exactly there, and the flat link cancels:

.. math:: L = -y \ln \hat y - (1 - y) \ln(1 - \hat y) \qquad
          \frac{\partial L}{\partial \hat y} = \frac{\hat y - y}{\hat y (1 - \hat y)} \qquad
          \frac{\partial L}{\partial w} = (\hat y - y) \cdot x

Written with z it needs no logarithm of a ŷ that rounds to 0 or 1:
:math:`L = \ln(1 + e^z) - y z`.
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.curves.activations.functions import sigmoid, sigmoid_derivative
from core.datasets import Samples, as_samples, step
from core.history import DIVERGED_AT, History, thinning
from core.hyperparameters import (
    Descent,
    check_choice,
    check_parameters,
    checked_start,
    count_batches,
    size_of_batch,
)
from core.lesson_command import show
from core.messages import N_, InputError
from core.number import whole
from core.permutation import permutation


@njit(cache=True, nogil=True)
def descend(  # type: ignore[no-untyped-def]
    x,
    y,
    weight,
    bias,
    cross_entropy,
    learning_rate,
    n_epochs,
    batch_size,
    shuffle,
    rng,
    record_every,
    diverged_at,
):
    """Step against the slopes of each batch; stop where the loss explodes.

    Parameters
    ----------
    x, y : ndarray of float, shape (n_samples,)
        Inputs and targets, y from 0 to 1.

    Returns
    -------
    updates : ndarray of int, shape (n_records,)
        How many updates were done: none, every `record_every`-th number and the last.
    params : ndarray of float, shape (n_records, 2)
        Weight and bias there.
    losses : ndarray of float, shape (n_records,)
        The loss over all samples there.
    steps : ndarray of float, shape (n_records, 3)
        Both gradients and the first sample of the batch that comes next; nan and −1 if none does.
    diverged : bool
        Whether the loss exploded, or a parameter did.
    """
    n_batches = (x.size + batch_size - 1) // batch_size
    n_updates = n_epochs * n_batches
    n_records = 2 + (n_updates - 1) // record_every  # first, every record_every-th, last
    updates = np.zeros(n_records, np.int64)
    params = np.empty((n_records, 2))
    losses = np.empty(n_records)
    steps = np.full((n_records, 3), np.nan)
    params[0] = weight, bias
    losses[0] = mean_loss(x, y, weight, bias, cross_entropy)
    highest_loss = diverged_at * max(losses[0], 1.0)
    order = np.arange(x.size)
    update, record = 0, 1
    diverged = False
    while update < n_updates and not diverged:
        first = update % n_batches * batch_size
        if shuffle and first == 0:  # a new epoch
            order = permutation(rng, x.size)
        batch = order[first : first + batch_size]
        gradient_weight = gradient_bias = 0.0
        for i in batch:
            # Forward: from the input to the answer.
            z = weight * x[i] + bias
            y_hat = 1 / (1 + np.exp(-z))
            # Backward: the chain rule, from the error to the parameters.
            if cross_entropy:
                d_z = y_hat - y[i]  # (ŷ − y) / (ŷ·(1 − ŷ)), times ŷ·(1 − ŷ)
            else:
                d_y_hat = -2 * (y[i] - y_hat)
                d_z = d_y_hat * y_hat * (1 - y_hat)
            gradient_weight += d_z * x[i]
            gradient_bias += d_z
        gradient_weight /= batch.size
        gradient_bias /= batch.size
        if update % record_every == 0:
            steps[record - 1] = gradient_weight, gradient_bias, float(batch[0])
        weight -= learning_rate * gradient_weight
        bias -= learning_rate * gradient_bias
        update += 1
        if not (math.isfinite(weight) and math.isfinite(bias)):
            diverged = True
        elif update % record_every == 0 or update == n_updates:
            updates[record], params[record] = update, (weight, bias)
            losses[record] = mean_loss(x, y, weight, bias, cross_entropy)
            diverged = not losses[record] <= highest_loss
            record += 1
    steps[record - 1, 2] = -1  # no batch comes next
    return updates[:record], params[:record], losses[:record], steps[:record], diverged


@njit(cache=True, nogil=True)
def mean_loss(x, y, weight, bias, cross_entropy):  # type: ignore[no-untyped-def]
    """Return the loss over all samples, x and y of shape (n_samples,)."""
    total = 0.0
    for i in range(x.size):
        z = weight * x[i] + bias
        if cross_entropy:  # ln(1 + exp(z)) − y·z, as a sum in which nothing cancels
            linear = (1 - y[i]) * z if z > 0 else -y[i] * z
            total += linear + math.log1p(math.exp(-abs(z)))
        else:
            total += (y[i] - 1 / (1 + np.exp(-z))) ** 2
    return total / x.size


@njit(cache=True, nogil=True)
def mean_losses(x, y, params, cross_entropy):  # type: ignore[no-untyped-def]
    """Return the loss over all samples at each row (weight, bias) of params, shape (n_rows, 2)."""
    losses = np.empty(len(params))
    for row in range(len(params)):
        losses[row] = mean_loss(x, y, params[row, 0], params[row, 1], cross_entropy)
    return losses


Floats = NDArray[np.float64]

Loss = Literal["mean_squared_error", "binary_cross_entropy"]
"""How the neuron's answer ŷ is compared with the target y."""


def predict(x: ArrayLike, weight: float, bias: float) -> Floats:
    r"""Return :math:`\hat y = \sigma(w x + b)`, of the shape of `x`.

    Examples
    --------
    >>> predict([-1, 0], np.log(3), np.log(3))
    array([0.5 , 0.75])
    """
    return sigmoid(weight * np.asarray(x, dtype=np.float64) + bias)


class Chain(NamedTuple):
    """The links between a sample's input and its error, forwards, and their slopes, backwards."""

    z: Floats
    y_hat: Floats
    loss: Floats
    d_y_hat: Floats
    """Infinite for cross-entropy where ŷ is 0 or 1 to the last digit."""
    dy_hat_dz: Floats
    dz_dw: Floats
    d_w: Floats
    """The product of the three."""
    d_b: Floats
    """The same with 1 in place of ∂z/∂w."""


def chain(
    x: ArrayLike,
    y: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike,
    loss: Loss = "mean_squared_error",
) -> Chain:
    """Return every link of the chain rule, for each sample.

    Parameters
    ----------
    x, y : array_like of float
        Inputs and targets, y from 0 to 1.
    weight, bias : array_like of float
        The parameters, one for all samples or one for each.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="mean_squared_error"
        What a sample's error is.

    Returns
    -------
    Chain
        Each of its arrays of the shape of `x`.

    Examples
    --------
    At ŷ = ½ the squared error of y = 1 is ¼, and its slopes −2·½, ½·½ and x multiply to −½:

    >>> one = chain(2, 1, 0, 0)
    >>> [float(link) for link in (one.loss, one.d_y_hat, one.dy_hat_dz, one.dz_dw, one.d_w)]
    [0.25, -1.0, 0.25, 2.0, -0.5]
    >>> float(chain(2, 1, 0, 0, "binary_cross_entropy").d_w)  # (ŷ − y)·x
    -1.0
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    z = np.asarray(weight, dtype=np.float64) * x + np.asarray(bias, dtype=np.float64)
    y_hat, dy_hat_dz = sigmoid(z), sigmoid_derivative(z)
    if loss == "mean_squared_error":
        of_sample = (y - y_hat) ** 2
        d_y_hat = -2 * (y - y_hat)
        d_z = d_y_hat * dy_hat_dz
    else:
        of_sample = (
            (1 - y) * np.maximum(z, 0) + y * np.maximum(-z, 0) + np.log1p(np.exp(-np.abs(z)))
        )
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            # 1 − ŷ = σ(−z), with all its digits where ŷ rounds to 1
            d_y_hat = np.where(y < 1, (1 - y) / sigmoid(-z), 0) - np.where(y > 0, y / y_hat, 0)
        d_z = y_hat - y  # ŷ·(1 − ŷ) cancels
    return Chain(z, y_hat, of_sample, d_y_hat, dy_hat_dz, x, d_z * x, d_z)


def loss(
    x: ArrayLike, y: ArrayLike, weight: float, bias: float, loss: Loss = "mean_squared_error"
) -> float:
    """Return the mean of the samples' errors.

    Examples
    --------
    >>> loss([0, 0], [0, 1], 7, 0)
    0.25
    >>> round(loss([0, 0], [0, 1], 7, 0, "binary_cross_entropy"), 6)  # ln 2
    0.693147
    """
    return float(np.mean(chain(x, y, weight, bias, loss).loss))


def losses(
    x: ArrayLike, y: ArrayLike, params: ArrayLike, loss: Loss = "mean_squared_error"
) -> Floats:
    """Return the loss over all samples at each row (weight, bias) of `params`.

    Examples
    --------
    >>> losses([0, 0], [0, 1], [[7, 0], [-7, 0]])
    array([0.25, 0.25])
    """
    x, y = as_samples(x, y)
    params = np.array(params, dtype=np.float64)  # a copy: compiled for writable arrays only
    return np.asarray(mean_losses(x, y, params, loss == "binary_cross_entropy"))


def gradient(
    x: ArrayLike, y: ArrayLike, weight: float, bias: float, loss: Loss = "mean_squared_error"
) -> tuple[float, float]:
    r"""Return both partial derivatives of the loss of a batch.

    Parameters
    ----------
    x, y : array_like of float, shape (batch_size,) or ()
        Inputs and targets of the batch, or one sample.
    weight, bias : float
        Where.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="mean_squared_error"
        What a sample's error is.

    Returns
    -------
    tuple of float
        :math:`\partial L_B / \partial w` and :math:`\partial L_B / \partial b`.

    Examples
    --------
    >>> gradient([2, 0], [1, 0], 0, 0)
    (-0.25, 0.0)
    """
    links = chain(x, y, weight, bias, loss)
    return float(np.mean(links.d_w)), float(np.mean(links.d_b))


def accuracy(x: ArrayLike, y: ArrayLike, weight: float, bias: float) -> float:
    """Return the share of samples on the right side: ŷ at least ½ where y is, and below elsewhere.

    Examples
    --------
    >>> accuracy([0, 1, 2, 3], [0, 0, 1, 1], 1, -0.5)
    0.75
    """
    above = predict(x, weight, bias) >= 0.5
    return float(np.mean(above == (np.asarray(y, dtype=np.float64) >= 0.5)))


STEEPEST: dict[Loss, float] = {
    "mean_squared_error": 0.15405857012135052,
    "binary_cross_entropy": 0.25,
}
r"""The largest size of :math:`\partial^2 L / \partial z^2`, for every y in 0..1 and every z.

Cross-entropy: it is ŷ·(1 − ŷ), at most ¼. Squared error and y = 0: 2·ŷ²·(1 − ŷ)·(2 − 3·ŷ), which
is largest where 12·ŷ² − 15·ŷ + 4 = 0, at ŷ = (15 − √33)/24; y = 1 is its mirror image, and a y
between them lies between the two.
"""


def safe_learning_rate(x: ArrayLike, loss: Loss = "mean_squared_error") -> float:
    r"""Return the learning rate up to which no full-batch step can raise the loss.

    The curvature of the loss is nowhere larger than

    .. math:: C = c \cdot \lambda_{\max}
              \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}

    with the loss's own c from `STEEPEST`; a step of at most :math:`2/C` against the slope then
    never ends higher than it began. (Batches follow their own losses, for which this says nothing.)

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="mean_squared_error"
        What a sample's error is.

    Examples
    --------
    For x = −1 and 1 the matrix is the identity:

    >>> safe_learning_rate([-1, 1], "binary_cross_entropy")
    8.0
    """
    x, _ = as_samples(x, x)
    square, mean = float(np.mean(x**2)), float(x.mean())
    largest = (square + 1 + np.hypot(square - 1, 2 * mean)) / 2
    return float(2 / (STEEPEST[loss] * largest))


def neuron_samples(x: ArrayLike, y: ArrayLike) -> Samples:
    """Check samples for a neuron that answers between 0 and 1; return read-only float arrays.

    Raises
    ------
    InputError
        If `core.datasets.as_samples` does, or a y is not in 0..1.

    Examples
    --------
    >>> neuron_samples([1, 2], [0, 1.4])
    Traceback (most recent call last):
    core.messages.InputError: Sample 2 has y = 1.4; the neuron needs every y from 0 to 1.
    """
    samples = as_samples(x, y)
    check_targets(samples.y)
    return samples


def check_targets(y: Floats) -> None:
    """Check that a neuron that answers between 0 and 1 can answer all of them.

    Raises
    ------
    InputError
        If a y is not in 0..1; it names the first.
    """
    outside = (y < 0) | (y > 1)
    if outside.any():
        first = int(outside.argmax())
        raise InputError(
            N_("Sample {i} has y = {y}; the neuron needs every y from 0 to 1."),
            i=whole(first + 1),
            y=f"{y[first]:g}",
        )


FORMULAS = {
    "model": r"z = w \cdot x + b \qquad \hat y = \sigma(z) = \frac{1}{1 + e^{-z}}",
    "mean_squared_error": r"L = (y - \hat y)^2",
    "binary_cross_entropy": r"\begin{aligned} L &= -\,y \ln \hat y - (1 - y) \ln(1 - \hat y) \\"
    r" &= \ln(1 + e^z) - y\,z \end{aligned}",
    "chain": r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial \hat y} \cdot"
    r" \frac{\partial \hat y}{\partial z} \cdot \frac{\partial z}{\partial w} \qquad"
    r" \frac{\partial L}{\partial b} = \frac{\partial L}{\partial \hat y} \cdot"
    r" \frac{\partial \hat y}{\partial z} \cdot 1",
    "links": r"\frac{\partial \hat y}{\partial z} = \hat y\,(1 - \hat y) \qquad"
    r" \frac{\partial z}{\partial w} = x",
    "mean_squared_error_slope": r"\frac{\partial L}{\partial \hat y} = -2\,(y - \hat y)",
    "binary_cross_entropy_slope": r"\frac{\partial L}{\partial \hat y} ="
    r" \frac{\hat y - y}{\hat y\,(1 - \hat y)}",
    "mean_squared_error_gradient": r"\frac{\partial L}{\partial w} ="
    r" -2\,(y - \hat y) \cdot \hat y\,(1 - \hat y) \cdot x",
    "binary_cross_entropy_gradient": r"\frac{\partial L}{\partial w} = (\hat y - y) \cdot x",
    "update": r"w \leftarrow w - \eta \cdot \frac{\partial L_B}{\partial w} \qquad"
    r" b \leftarrow b - \eta \cdot \frac{\partial L_B}{\partial b}",
}
"""The lesson's formulas in LaTeX."""


@dataclass(frozen=True)
class Config(Descent):
    """Hyperparameters of the lesson.

    Parameters
    ----------
    learning_rate, n_epochs, batch_size, shuffle, seed, record_every
        As in `Descent`.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="mean_squared_error"
        What a sample's error is.
    start_weight, start_bias : float, default=0.1
        The parameters before the first update.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(loss="cross")
    Traceback (most recent call last):
    core.messages.InputError: loss must be one of mean_squared_error, binary_cross_entropy,
        not cross.
    """

    learning_rate: float = 0.1
    n_epochs: int = 1000
    batch_size: int | None = 1
    shuffle: bool = False
    loss: Loss = "mean_squared_error"
    start_weight: float = 0.1
    start_bias: float = 0.1

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("loss", self.loss, get_args(Loss))
        check_parameters(start_weight=self.start_weight, start_bias=self.start_bias)


def train(x: ArrayLike, y: ArrayLike, config: Config, *, start: ArrayLike | None = None) -> History:
    """Train the neuron for ``config.n_epochs`` passes over the samples.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets, y from 0 to 1.
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
        does.

        The squared error never exceeds 1, so such a run diverges only where a parameter leaves the
        range of floats. Cross-entropy grows with z and can explode; the mean over all samples is
        taken, and so noticed, at the recorded states. The run stops there, with ``diverged`` set.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite, a y is not in 0..1, or
        `start` is not two numbers.

    See Also
    --------
    chain : Every link of the chain rule, for each sample.
    core.curves.mlp.train : Several such neurons, and one that adds them up.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by
       back-propagating errors", Nature 323, pp. 533–536, 1986: the chain rule.
    .. [2] C. M. Bishop, "Pattern Recognition and Machine Learning", Springer, 2006, section 4.3:
       cross-entropy.

    Examples
    --------
    One sample by hand: ∂L/∂w = −2·(1 − ½)·½·½·2 = −½, and ∂L/∂b = −¼:

    >>> history = train([2], [1], Config(start_weight=0, start_bias=0, n_epochs=1))
    >>> history.params
    array([[0.   , 0.   ],
           [0.05 , 0.025]])
    """
    x, y = neuron_samples(x, y)
    weight, bias = float(config.start_weight), float(config.start_bias)
    if start is not None:
        weight, bias = checked_start(start, 2).tolist()
    batch_size = size_of_batch(config.batch_size, x.size)
    n_batches = count_batches(x.size, batch_size)
    update, params, losses, steps, diverged = descend(
        x,
        y,
        weight,
        bias,
        config.loss == "binary_cross_entropy",
        float(config.learning_rate),
        config.n_epochs,
        batch_size,
        config.shuffle and n_batches > 1,  # one batch of all samples has no order
        np.random.default_rng(config.seed),
        thinning(config.n_epochs * n_batches, config.record_every),
        DIVERGED_AT,
    )
    finite = np.isfinite(losses)  # only the last can fail: the loop stops there
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
    show(train, *step(), Config())
