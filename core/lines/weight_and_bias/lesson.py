r"""Weight and bias: a line that need not pass through the origin, learned with two parameters.

The bias lifts the line. The mean squared error over a batch :math:`B` of samples now has two
partial derivatives, and both parameters take their step from the *old* values:

.. math:: \hat y = w x + b \qquad e_B(w, b) = \frac1{|B|} \sum_{i \in B} (y_i - w x_i - b)^2
.. math:: \frac{\partial e}{\partial w} = 2 x^2 w + 2 x (b - y) = -2 x \cdot \text{error} \qquad
          \frac{\partial e}{\partial b} = 2 b - 2 (y - w x) = -2 \cdot \text{error}
.. math:: w \leftarrow w - \eta \, \frac{\partial e_B}{\partial w} \qquad
          b \leftarrow b - \eta \, \frac{\partial e_B}{\partial b}

(the derivatives of one sample, with :math:`\text{error} = y - (w x + b)`; a batch averages them).

Over all samples the error is a bowl whose level lines are ellipses. Its curvature is the Hessian

.. math:: H = 2 \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}

The full batch comes to rest in the minimum. Batches pull in turn, each towards its own minimum: the
start forgotten, they keep going round the minimum, the farther off the larger the rate, and with
sorted data off to the side of the samples that come last.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.datasets import LARGEST, as_samples
from core.history import DIVERGED_AT, History, recorded_updates, thinning
from core.hyperparameters import (
    check_counts,
    check_learning_rate,
    check_parameters,
    check_seed,
    size_of_batch,
)
from core.messages import N_, InputError, require

FORMULAS = {
    "model": r"\hat y = w \cdot x + b",
    "loss": r"e_B(w, b) = \frac1{|B|} \sum_{i \in B} (y_i - w\,x_i - b)^2",
    "error": r"\text{error} = y - (w \cdot x + b)",
    "gradient_weight": r"\frac{\partial e}{\partial w} = 2\,x^2\,w + 2\,x\,(b - y)"
    r" = -2\,x \cdot \text{error}",
    "gradient_bias": r"\frac{\partial e}{\partial b} = 2\,b - 2\,(y - w\,x)"
    r" = -2 \cdot \text{error}",
    "update": r"w \leftarrow w - \eta \cdot \frac{\partial e_B}{\partial w} \qquad"
    r" b \leftarrow b - \eta \cdot \frac{\partial e_B}{\partial b}",
    "hessian": r"H = 2 \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}",
    "epoch": r"\prod_B (I - \eta\,H_B)",
    "standardise": r"z = \frac{x - \bar x}{s} \qquad"
    r" s^2 = \frac1n \sum_{i=1}^{n} (x_i - \bar x)^2",
}
"""The lesson's formulas in LaTeX."""


@dataclass(frozen=True)
class Config:
    """Hyperparameters of the lesson.

    Parameters
    ----------
    start_weight, start_bias : float, default=0.1
        The parameters before the first update.
    learning_rate : float, default=0.1
        How far one step goes (η), at least 0.
    n_epochs : int, default=15
        How many passes over the samples.
    batch_size : int or None, default=1
        Samples an update learns from; the last batch of an epoch may be smaller. None, or more
        than there are samples, is the full batch.
    shuffle : bool, default=False
        Draw a new order of the samples for each epoch; otherwise they come in data order.
    seed : int, default=0
        Seeds the generator that shuffles, at least 0.
    record_every : int or None, default=None
        Record every so-many-th update; None keeps a few hundred records, 1 keeps all.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(n_epochs=0)
    Traceback (most recent call last):
    core.messages.InputError: n_epochs must be at least 1, not 0.
    """

    start_weight: float = 0.1
    start_bias: float = 0.1
    learning_rate: float = 0.1
    n_epochs: int = 15
    batch_size: int | None = 1
    shuffle: bool = False
    seed: int = 0
    record_every: int | None = None

    def __post_init__(self) -> None:
        check_parameters(start_weight=self.start_weight, start_bias=self.start_bias)
        check_learning_rate(self.learning_rate)
        check_counts(n_epochs=self.n_epochs, record_every=self.record_every)
        check_counts(batch_size=self.batch_size)
        check_seed(self.seed)


def predict(x: ArrayLike, weight: float, bias: float) -> NDArray[np.float64]:
    r"""Return :math:`\hat y = w x + b`, of the shape of `x`.

    Examples
    --------
    >>> predict([1, 2], 0.5, 3.0)
    array([3.5, 4. ])
    """
    return weight * np.asarray(x, dtype=np.float64) + bias


def loss(x: ArrayLike, y: ArrayLike, weight: float, bias: float) -> float:
    r"""Return the mean squared error :math:`\frac1n \sum (y_i - w x_i - b)^2` over all samples.

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
        :math:`\partial e_B / \partial w` and :math:`\partial e_B / \partial b`.

    Examples
    --------
    One sample, error = 5 − (1·2 + 1) = 2:

    >>> gradient(2.0, 5.0, 1.0, 1.0)
    (-8.0, -4.0)
    """
    x = np.asarray(x, dtype=np.float64)
    error = np.asarray(y) - predict(x, weight, bias)
    return float(np.mean(-2 * x * error)), float(np.mean(-2 * error))


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
    """Step against both partial derivatives of each batch; stop where the loss explodes."""
    mean_x, mean_y, spread, best_weight, lowest = bowl
    n_batches = (x.size + batch_size - 1) // batch_size
    n_updates = n_epochs * n_batches
    n_records = 2 + (n_updates - 1) // record_every  # first, every record_every-th, last
    params = np.empty((n_records, 2))
    steps = np.full((n_records, 3), np.nan)  # both gradients and the first sample of the next batch
    order = np.arange(x.size)
    update = 0
    record = 0
    loss = 0.0
    while update < n_updates and loss <= highest_loss:
        first = update % n_batches * batch_size
        if shuffle and first == 0:  # a new epoch
            order = rng.permutation(x.size)
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
    weight, bias = _start(config, start)
    batch_size = size_of_batch(config.batch_size, x.size)
    n_batches = -(-x.size // batch_size)
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


def least_squares(x: ArrayLike, y: ArrayLike) -> tuple[float, float]:
    r"""Return the weight and the bias with the lowest loss, exactly.

    :math:`w^* = \overline{(x - \bar x)(y - \bar y)} \, / \, \overline{(x - \bar x)^2}` and
    :math:`b^* = \bar y - w^* \bar x`. Where all x are equal, x has no spread and every line through
    :math:`(\bar x, \bar y)` is as good as any other: then the one with the smallest
    :math:`w^2 + b^2`, as ``numpy.linalg.lstsq`` does.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.

    Examples
    --------
    >>> least_squares([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    >>> least_squares([2, 2], [4, 6])  # w = 2·5/5, b = 5/5
    (2.0, 1.0)
    """
    bowl = bowl_of(*as_samples(x, y))
    if bowl.spread == 0:
        lift = bowl.mean_y / (bowl.mean_x**2 + 1)
        return bowl.mean_x * lift, lift
    return bowl.best_weight, bowl.mean_y - bowl.mean_x * bowl.best_weight


def hessian(x: ArrayLike) -> NDArray[np.float64]:
    r"""Return the curvature of the loss over all samples, shape (2, 2); it is the same everywhere.

    Examples
    --------
    >>> hessian([1, 3])
    array([[10.,  4.],
           [ 4.,  2.]])
    """
    x, _ = as_samples(x, x)
    mean_x = float(x.mean())
    return 2 * np.array([[float(np.mean(x**2)), mean_x], [mean_x, 1.0]])


def eigenvalues(x: ArrayLike) -> tuple[float, float]:
    r"""Return the smaller and the larger eigenvalue of the Hessian.

    They are the curvatures along the valley and across it; the smaller is 0 if x has no spread.

    Examples
    --------
    For x = 1 and 3, λ² − 12·λ + 4 = 0:

    >>> smaller, larger = eigenvalues([1, 3])
    >>> round(smaller, 6), round(larger, 6)
    (0.343146, 11.656854)
    """
    bowl = bowl_of(*as_samples(x, x))
    largest = float(largest_eigenvalue(bowl.spread**2 + bowl.mean_x**2, bowl.mean_x))
    return 4 * bowl.spread / largest * bowl.spread, largest


def condition_number(x: ArrayLike) -> float:
    r"""Return :math:`\lambda_{\max} / \lambda_{\min}`: how long the valley is for its width.

    The level lines are :math:`\sqrt{\lambda_{\max} / \lambda_{\min}}` times as long as wide; for
    standardised x they are circles. Infinite if x has no spread.

    Examples
    --------
    >>> round(condition_number([1, 3]), 6)
    33.970563
    >>> condition_number([-1, 1])
    1.0
    """
    smallest, largest = eigenvalues(x)
    return largest / smallest if smallest > 0 else np.inf


def standardise(x: ArrayLike) -> tuple[NDArray[np.float64], float, float]:
    r"""Shift and scale x to mean 0 and standard deviation 1.

    Then the Hessian is two times the identity: the long valley becomes a round bowl. The line
    :math:`w_z z + b_z` is the line with :math:`w = w_z / s` and :math:`b = b_z - w \bar x`.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.

    Returns
    -------
    z : ndarray of float, shape (n_samples,)
    mean : float
    standard_deviation : float

    Raises
    ------
    InputError
        If all x are equal.

    Examples
    --------
    >>> standardise([1, 3])
    (array([-1., 1.]), 2.0, 1.0)
    """
    x, _ = as_samples(x, x)
    mean, distances, scale = _centred(x)
    require(scale > 0, N_("All x are equal: x has no spread and cannot be standardised."))
    # Dividing by the largest distance first, tiny and huge x keep all their digits.
    z = distances / scale
    z /= np.sqrt(np.mean(z**2))
    return z, mean, scale * float(np.sqrt(np.mean((distances / scale) ** 2)))


def contour(
    x: ArrayLike, y: ArrayLike, level: float, n_points: int = 100, *, reach: float = 10.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Return the level line where the loss is `level` above its minimum: an ellipse, closed.

    .. math:: \big(s \, (w - w^*)\big)^2 + (\bar x \, w + b - \bar y)^2 = \text{level}

    with the standard deviation :math:`s` of x. If x has no spread, the bowl is an endless valley
    and its level lines are two parallel lines. They are returned as two pieces, with a nan between
    them where a chart lifts its pen, each as far as `reach` from the least-squares solution.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.
    level : float
        Height above the lowest loss, at least 0.
    n_points : int, default=100
        Number of points of the ellipse, at least 2; the last is the first again.
    reach : float, default=10
        How far the lines of an endless valley are drawn to both sides, as a distance in the plane
        of weight and bias.

    Returns
    -------
    weights, biases : ndarray of float, shape (n_points,), or (5,) if x has no spread

    Raises
    ------
    InputError
        If `level` or `n_points` is out of its range, or the samples are bad.

    Examples
    --------
    >>> weights, biases = contour([-1, 1], [0, 0], 4.0, 5)
    >>> (weights + 0.0).round(9), (biases + 0.0).round(9)
    (array([ 2., 0., -2., -0., 2.]), array([ 0., 2., 0., -2., -0.]))
    """
    bowl = bowl_of(*as_samples(x, y))
    require(
        0 <= level < np.inf,
        N_("{name} must be a finite number of at least 0, not {value}."),
        name="level",
        value=level,
    )
    require(
        n_points >= 2,
        N_("{name} must be at least 2, not {value}."),
        name="n_points",
        value=n_points,
    )
    weight, bias = least_squares(x, y)
    radius = float(np.sqrt(level))
    if bowl.spread == 0:
        norm = float(np.hypot(bowl.mean_x, 1.0))
        across_weight, across_bias = bowl.mean_x / norm, 1 / norm  # along: (1/norm, −mean_x/norm)
        along = reach * np.array([-1.0, 1.0, np.nan, -1.0, 1.0])
        across = radius / norm * np.array([1.0, 1.0, np.nan, -1.0, -1.0])
        return (
            weight + across * across_weight + along * across_bias,
            bias + across * across_bias - along * across_weight,
        )
    angle = np.linspace(0, 2 * np.pi, n_points)
    tilt = radius * np.cos(angle) / bowl.spread
    return weight + tilt, bias + radius * np.sin(angle) - bowl.mean_x * tilt


class Bowl(NamedTuple):
    """The loss over all samples as a sum of squares, so that it costs a handful of operations.

    It is (spread·(w − best_weight))² + (mean_x·w + b − mean_y)² + lowest: how wrongly the line is
    tilted, how far it passes from the samples' mean, and what no line can do better.
    """

    mean_x: float
    mean_y: float
    spread: float  # standard deviation of x
    best_weight: float
    lowest: float

    def losses(self, params: NDArray[np.float64]) -> NDArray[np.float64]:
        """The loss at each row (weight, bias); not finite where it is beyond any float."""
        weight, bias = params[:, 0], params[:, 1]
        with np.errstate(over="ignore", invalid="ignore"):
            tilt = self.spread * (weight - self.best_weight)
            lift = self.mean_x * weight + bias - self.mean_y
            return tilt * tilt + lift * lift + self.lowest


def largest_eigenvalue(square: ArrayLike, mean: ArrayLike) -> NDArray[np.float64]:
    """The larger root of λ² − 2·(square + 1)·λ + 4·(square − mean²) = 0."""
    square, mean = np.asarray(square, dtype=np.float64), np.asarray(mean, dtype=np.float64)
    larger: NDArray[np.float64] = square + 1 + np.hypot(square - 1, 2 * mean)
    return larger


def _start(config: Config, start: ArrayLike | None) -> tuple[float, float]:
    """The weight and the bias before the first update."""
    if start is None:
        return float(config.start_weight), float(config.start_bias)
    try:
        params = np.asarray(start, dtype=np.float64)
    except (TypeError, ValueError):
        params = np.empty(0)
    if params.shape != (2,) or not (np.abs(params) <= LARGEST).all():
        raise InputError(
            N_("{name} must hold {n} numbers between −{limit} and {limit}."),
            name="start",
            n=2,
            limit=LARGEST,
        )
    return float(params[0]), float(params[1])


def _centred(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], float]:
    """The mean, each distance from it, and the largest of these: 0 only if all x are equal."""
    if x.min() == x.max():
        return float(x[0]), np.zeros_like(x), 0.0
    mean = float(x.mean())
    distances = x - mean
    return mean, distances, float(np.abs(distances).max())


def bowl_of(x: NDArray[np.float64], y: NDArray[np.float64]) -> Bowl:
    """The loss over all samples. x too close together for any finite slope have no spread."""
    mean_x, across, scale = _centred(x)
    mean_y, up, _ = _centred(y)
    if scale > 0:
        with np.errstate(over="ignore"):
            z = across / scale  # so that squares of tiny and huge x keep all their digits
            best_weight = float(np.mean(z * up) / np.mean(z**2) / scale)
            spread = scale * float(np.sqrt(np.mean(z**2)))
        if spread > 0 and np.isfinite(best_weight):
            lowest = float(np.mean((up - best_weight * across) ** 2))
            return Bowl(mean_x, mean_y, spread, best_weight, lowest)
    return Bowl(mean_x, mean_y, 0.0, 0.0, float(np.mean(up**2)))
