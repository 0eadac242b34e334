r"""Boundary: one neuron with two inputs, which parts the plane by a line.

The weighted sum of both inputs passes through the sigmoid. Where the sum is 0 the answer is ½:
that is a line, the boundary, and the weights stand perpendicular to it.

.. math:: z = w_1 x_1 + w_2 x_2 + b \qquad \hat y = \sigma(z) = \frac{1}{1 + e^{-z}}

The loss depends on each parameter through the same two links, and a third of the parameter's own:

.. math:: \frac{\partial L}{\partial w_1} =
          \frac{\partial L}{\partial \hat y} \cdot \frac{\partial \hat y}{\partial z} \cdot x_1
          \qquad
          \frac{\partial L}{\partial w_2} =
          \frac{\partial L}{\partial \hat y} \cdot \frac{\partial \hat y}{\partial z} \cdot x_2
          \qquad
          \frac{\partial L}{\partial b} =
          \frac{\partial L}{\partial \hat y} \cdot \frac{\partial \hat y}{\partial z} \cdot 1

With the cross-entropy :math:`L = -y \ln \hat y - (1 - y) \ln(1 - \hat y)` the first two links
multiply to :math:`\hat y - y`. With the squared error :math:`L = (y - \hat y)^2` the flat link
:math:`\hat y (1 - \hat y)` stays, and learning stalls where the neuron is sure and wrong.
"""

import math
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.curves.activations.functions import sigmoid, sigmoid_derivative
from core.curves.sigmoid_neuron import STEEPEST, Loss, check_targets
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
from core.permutation import permutation
from core.planes.points import Points, as_points, two_classes


@njit(cache=True, nogil=True)
def descend(  # type: ignore[no-untyped-def]
    x,
    y,
    w1,
    w2,
    b,
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
    x : ndarray of float, shape (n_samples, 2)
        Both inputs of each sample.
    y : ndarray of float, shape (n_samples,)
        Targets, from 0 to 1.

    Returns
    -------
    updates : ndarray of int, shape (n_records,)
        How many updates were done: none, every `record_every`-th number and the last.
    params : ndarray of float, shape (n_records, 3)
        w₁, w₂ and b there.
    losses : ndarray of float, shape (n_records,)
        The loss over all samples there.
    steps : ndarray of float, shape (n_records, 4)
        The three slopes and the first sample of the batch that comes next; nan and −1 if none does.
    diverged : bool
        Whether the loss exploded, or a parameter did.
    """
    n_batches = (y.size + batch_size - 1) // batch_size
    n_updates = n_epochs * n_batches
    n_records = 2 + (n_updates - 1) // record_every  # first, every record_every-th, last
    updates = np.zeros(n_records, np.int64)
    params = np.empty((n_records, 3))
    losses = np.empty(n_records)
    steps = np.full((n_records, 4), np.nan)
    params[0] = w1, w2, b
    losses[0] = mean_loss(x, y, w1, w2, b, cross_entropy)
    highest_loss = diverged_at * max(losses[0], 1.0)
    order = np.arange(y.size)
    update, record = 0, 1
    diverged = False
    while update < n_updates and not diverged:
        first = update % n_batches * batch_size
        if shuffle and first == 0:  # a new epoch
            order = permutation(rng, y.size)
        batch = order[first : first + batch_size]
        slope_w1 = slope_w2 = slope_b = 0.0
        for i in batch:
            # Forward: from both inputs to the answer.
            z = w1 * x[i, 0] + w2 * x[i, 1] + b
            y_hat = 1 / (1 + np.exp(-z))
            # Backward: the chain rule, from the loss to the parameters.
            if cross_entropy:
                dl_dz = y_hat - y[i]  # (ŷ − y) / (ŷ·(1 − ŷ)), times ŷ·(1 − ŷ)
            else:
                dl_dy_hat = -2 * (y[i] - y_hat)
                dl_dz = dl_dy_hat * y_hat * (1 - y_hat)
            slope_w1 += dl_dz * x[i, 0]
            slope_w2 += dl_dz * x[i, 1]
            slope_b += dl_dz
        slope_w1 /= batch.size
        slope_w2 /= batch.size
        slope_b /= batch.size
        if update % record_every == 0:
            steps[record - 1] = slope_w1, slope_w2, slope_b, float(batch[0])
        w1 -= learning_rate * slope_w1
        w2 -= learning_rate * slope_w2
        b -= learning_rate * slope_b
        update += 1
        if not (math.isfinite(w1) and math.isfinite(w2) and math.isfinite(b)):
            diverged = True
        elif update % record_every == 0 or update == n_updates:
            updates[record], params[record] = update, (w1, w2, b)
            losses[record] = mean_loss(x, y, w1, w2, b, cross_entropy)
            diverged = not losses[record] <= highest_loss
            record += 1
    steps[record - 1, 3] = -1  # no batch comes next
    return updates[:record], params[:record], losses[:record], steps[:record], diverged


@njit(cache=True, nogil=True)
def mean_loss(x, y, w1, w2, b, cross_entropy):  # type: ignore[no-untyped-def]
    """Return the loss over all samples, x of shape (n_samples, 2) and y of shape (n_samples,)."""
    total = 0.0
    for i in range(y.size):
        z = w1 * x[i, 0] + w2 * x[i, 1] + b
        if cross_entropy:  # ln(1 + exp(z)) − y·z, as a sum in which nothing cancels
            linear = (1 - y[i]) * z if z > 0 else -y[i] * z
            total += linear + math.log1p(math.exp(-abs(z)))
        else:
            total += (y[i] - 1 / (1 + np.exp(-z))) ** 2
    return total / y.size


Floats = NDArray[np.float64]


def weighted_sum(x: ArrayLike, weight_1: ArrayLike, weight_2: ArrayLike, bias: ArrayLike) -> Floats:
    """Return :math:`z = w_1 x_1 + w_2 x_2 + b`; its sign says on which side of the line a point is.

    Parameters
    ----------
    x : array_like of float, shape (..., 2)
        Both inputs of each sample.
    weight_1, weight_2, bias : array_like of float
        The parameters, one for all samples or one for each.

    Examples
    --------
    >>> weighted_sum([[1, 2], [0, 0]], 3, -1, 0.5)
    array([1.5, 0.5])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.asarray(np.multiply(weight_1, x[..., 0]) + np.multiply(weight_2, x[..., 1]) + bias)


def predict(x: ArrayLike, weight_1: float, weight_2: float, bias: float) -> Floats:
    r"""Return :math:`\hat y = \sigma(w_1 x_1 + w_2 x_2 + b)`, x of shape (n_samples, 2).

    Examples
    --------
    >>> predict([[0, 0], [1, 1]], np.log(3), -np.log(3), np.log(3))
    array([0.75, 0.75])
    """
    return sigmoid(weighted_sum(x, weight_1, weight_2, bias))


def errors_of(z: ArrayLike, y: ArrayLike, loss: Loss) -> Floats:
    """Return each sample's loss L, of the weighted sums z and the targets y.

    Examples
    --------
    >>> errors_of([0, 0], [0, 1], "mean_squared_error")
    array([0.25, 0.25])
    """
    z, y = np.asarray(z, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if loss == "mean_squared_error":
        return np.asarray((y - sigmoid(z)) ** 2)
    linear = (1 - y) * np.maximum(z, 0) + y * np.maximum(-z, 0)
    return np.asarray(linear + np.log1p(np.exp(-np.abs(z))))


def slopes(z: ArrayLike, y: ArrayLike, loss: Loss) -> Floats:
    r"""Return each sample's :math:`\partial L / \partial z`, the first two links of the chain.

    Examples
    --------
    At ŷ = ½ and y = 1: −2·½·½·½, and ½ − 1.

    >>> slopes(0, 1, "mean_squared_error").item(), slopes(0, 1, "binary_cross_entropy").item()
    (-0.25, -0.5)
    """
    z, y = np.asarray(z, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if loss == "mean_squared_error":
        return np.asarray(-2 * (y - sigmoid(z)) * sigmoid_derivative(z))
    return np.asarray(sigmoid(z) - y)


def loss(
    x: ArrayLike,
    y: ArrayLike,
    weight_1: float,
    weight_2: float,
    bias: float,
    loss: Loss = "binary_cross_entropy",
) -> float:
    """Return the mean of the samples' losses.

    Examples
    --------
    >>> loss([[1, 2], [3, 4]], [0, 1], 0, 0, 0, "mean_squared_error")
    0.25
    >>> round(loss([[1, 2], [3, 4]], [0, 1], 0, 0, 0), 6)  # ln 2
    0.693147
    """
    return float(np.mean(errors_of(weighted_sum(x, weight_1, weight_2, bias), y, loss)))


def gradient(
    x: ArrayLike,
    y: ArrayLike,
    weight_1: float,
    weight_2: float,
    bias: float,
    loss: Loss = "binary_cross_entropy",
) -> tuple[float, float, float]:
    r"""Return the three partial derivatives of the loss of a batch.

    Parameters
    ----------
    x : array_like of float, shape (batch_size, 2)
        Both inputs of each sample.
    y : array_like of float, shape (batch_size,)
        Targets, from 0 to 1.
    weight_1, weight_2, bias : float
        Where.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="binary_cross_entropy"
        What a sample's loss is.

    Returns
    -------
    tuple of float
        :math:`\partial L / \partial w_1`, :math:`\partial L / \partial w_2` and
        :math:`\partial L / \partial b`.

    Examples
    --------
    (½ − 1)·2, (½ − 1)·4 and ½ − 1:

    >>> gradient([[2, 4]], [1], 0, 0, 0)
    (-1.0, -2.0, -0.5)
    """
    x = np.asarray(x, dtype=np.float64)
    dl_dz = slopes(weighted_sum(x, weight_1, weight_2, bias), y, loss)
    of_weights = np.mean(dl_dz[..., np.newaxis] * x, axis=0)
    return float(of_weights[0]), float(of_weights[1]), float(np.mean(dl_dz))


def accuracy(x: ArrayLike, y: ArrayLike, weight_1: float, weight_2: float, bias: float) -> float:
    """Return the share of samples on the right side: ŷ at least ½ where y is, and below elsewhere.

    Examples
    --------
    >>> accuracy([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], 1, 1, -0.5)
    0.75
    """
    above = weighted_sum(x, weight_1, weight_2, bias) >= 0
    return float(np.mean(above == (np.asarray(y, dtype=np.float64) >= 0.5)))


def safe_learning_rate(x: ArrayLike, loss: Loss = "binary_cross_entropy") -> float:
    r"""Return the learning rate up to which no full-batch step can raise the loss.

    The curvature of the loss is nowhere larger than the loss's number from
    `core.curves.sigmoid_neuron.STEEPEST` times the largest eigenvalue of the mean of
    :math:`(x_1, x_2, 1)^T (x_1, x_2, 1)`; a step of at most 2 over it never ends higher than it
    began. One large input is enough to make it small.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Inputs.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="binary_cross_entropy"
        What a sample's loss is.

    Examples
    --------
    Four corners of a square around 0: the matrix is the identity.

    >>> safe_learning_rate([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    8.0
    >>> round(safe_learning_rate([[1, 10], [1, -10], [-1, 10], [-1, -10]]), 6)
    0.08
    """
    x, _ = as_points(x, np.zeros(len(np.atleast_1d(x))))
    columns = np.column_stack([x, np.ones(len(x))])
    largest = np.linalg.norm(columns.T @ columns / len(x), 2)
    return float(2 / (STEEPEST[loss] * largest))


def neuron_points(x: ArrayLike, y: ArrayLike) -> Points:
    """Check samples for a neuron that answers between 0 and 1; return read-only float arrays.

    Raises
    ------
    InputError
        If `core.planes.points.as_points` does, or a y is not in 0..1.

    Examples
    --------
    >>> neuron_points([[1, 2], [3, 4]], [0, 1.4])
    Traceback (most recent call last):
    core.messages.InputError: Sample 2 has y = 1.4; the neuron needs every y from 0 to 1.
    """
    points = as_points(x, y)
    check_targets(points.y)
    return points


def _slope(of: str) -> str:
    return rf"\frac{{\partial L}}{{\partial {of}}}"


_TWO_LINKS = _slope(r"\hat y") + r" \cdot \frac{\partial \hat y}{\partial z}"

FORMULAS = {
    "model": r"\begin{aligned} z &= w_1 \, x_1 + w_2 \, x_2 + b \\"
    r" \hat y &= \sigma(z) = \frac{1}{1 + e^{-z}} \end{aligned}",
    "chain": rf"\begin{{aligned}} {_slope('w_1')} &= {_TWO_LINKS} \cdot x_1 \\"
    rf" {_slope('w_2')} &= {_TWO_LINKS} \cdot x_2 \\"
    rf" {_slope('b')} &= {_TWO_LINKS} \cdot 1 \end{{aligned}}",
    "link": r"\frac{\partial \hat y}{\partial z} = \hat y \, (1 - \hat y)",
    "binary_cross_entropy": r"L = -\,y \ln \hat y - (1 - y) \ln(1 - \hat y)",
    "binary_cross_entropy_slope": _slope(r"\hat y")
    + r" = \frac{\hat y - y}{\hat y \, (1 - \hat y)}",
    "binary_cross_entropy_gradient": _slope("w_1") + r" = (\hat y - y) \cdot x_1",
    "mean_squared_error": r"L = (y - \hat y)^2",
    "mean_squared_error_slope": _slope(r"\hat y") + r" = -2 \, (y - \hat y)",
    "mean_squared_error_gradient": _slope("w_1")
    + r" = -2 \, (y - \hat y) \cdot \hat y \, (1 - \hat y) \cdot x_1",
    "update": rf"\begin{{aligned}} w_1 &\leftarrow w_1 - \eta \cdot {_slope('w_1')} \\"
    rf" w_2 &\leftarrow w_2 - \eta \cdot {_slope('w_2')} \\"
    rf" b &\leftarrow b - \eta \cdot {_slope('b')} \end{{aligned}}",
}
"""The lesson's formulas in LaTeX."""


@dataclass(frozen=True)
class Config(Descent):
    """Hyperparameters of the lesson.

    Parameters
    ----------
    learning_rate, n_epochs, batch_size, shuffle, seed, record_every
        As in `Descent`.
    loss : {"mean_squared_error", "binary_cross_entropy"}, default="binary_cross_entropy"
        What a sample's loss is.
    start_weight_1, start_weight_2, start_bias : float, default=1.0, -1.0, 1.0
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
    n_epochs: int = 20
    batch_size: int | None = 10
    shuffle: bool = True
    loss: Loss = "binary_cross_entropy"
    start_weight_1: float = 1.0
    start_weight_2: float = -1.0
    start_bias: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("loss", self.loss, get_args(Loss))
        check_parameters(
            start_weight_1=self.start_weight_1,
            start_weight_2=self.start_weight_2,
            start_bias=self.start_bias,
        )


def train(x: ArrayLike, y: ArrayLike, config: Config, *, start: ArrayLike | None = None) -> History:
    """Train the neuron for ``config.n_epochs`` passes over the samples.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Both inputs of each sample.
    y : array_like of float, shape (n_samples,)
        Targets, from 0 to 1.
    config : Config
        The hyperparameters.
    start : array_like of float, shape (3,), optional
        Both weights and the bias to start from, instead of the configured ones.

    Returns
    -------
    History
        ``params`` has the columns ``weight_1``, ``weight_2`` and ``bias``. The extra columns
        ``gradient_weight_1``, ``gradient_weight_2`` and ``gradient_bias`` hold the partial
        derivatives of the batch that comes next, nan where none does; ``next_sample`` holds the
        index of that batch's first sample, −1 where none does.

        The squared error never exceeds 1, so such a run diverges only where a parameter leaves the
        range of floats. Cross-entropy grows with z and can explode; the mean over all samples is
        taken, and so noticed, at the recorded states. The run stops there, with ``diverged`` set.

    Raises
    ------
    InputError
        If the samples are not as `neuron_points` wants them, or `start` is not three numbers.

    See Also
    --------
    core.curves.sigmoid_neuron.train : The same with one input.
    core.planes.boundary.separation.separation : What the best line does.

    References
    ----------
    .. [1] C. M. Bishop, "Pattern Recognition and Machine Learning", Springer, 2006, section 4.3:
       logistic regression, which this neuron with cross-entropy is.

    Examples
    --------
    One sample by hand, with cross-entropy: ŷ − y = −½, so the slopes are −1, −2 and −½.

    >>> config = Config(start_weight_1=0, start_weight_2=0, start_bias=0, n_epochs=1)
    >>> train([[2, 4]], [1], config).params
    array([[0.  , 0.  , 0.  ],
           [0.1 , 0.2 , 0.05]])
    """
    x, y = neuron_points(x, y)
    w1, w2, b = config.start_weight_1, config.start_weight_2, config.start_bias
    if start is not None:
        w1, w2, b = checked_start(start, 3).tolist()
    batch_size = size_of_batch(config.batch_size, y.size)
    n_batches = count_batches(y.size, batch_size)
    update, params, losses, steps, diverged = descend(
        x,
        y,
        float(w1),
        float(w2),
        float(b),
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
        param_names=("weight_1", "weight_2", "bias"),
        diverged=diverged,
        extra={
            "gradient_weight_1": steps[finite, 0],
            "gradient_weight_2": steps[finite, 1],
            "gradient_bias": steps[finite, 2],
            "next_sample": steps[finite, 3],
        },
    )


if __name__ == "__main__":
    show(train, *two_classes(), Config())
