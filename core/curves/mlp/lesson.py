r"""MLP from scratch: one input, a few hidden neurons, one output, and the chain rule by hand.

Every hidden neuron j bends its own S out of x, and the output neuron adds them up:

.. math:: a_j = \sigma(w_j x + b_j) \qquad \hat y = \sigma\Big(\sum_j v_j a_j + c\Big)
.. math:: L_B = \frac1{|B|} \sum_{i \in B} (y_i - \hat y_i)^2

The error of one sample flows backwards, link by link. First through the output neuron,

.. math:: \delta = -2 (y - \hat y) \cdot \hat y (1 - \hat y) \qquad
          \frac{\partial L}{\partial v_j} = \delta \, a_j \qquad
          \frac{\partial L}{\partial c} = \delta

then through the weight :math:`v_j` into hidden neuron j:

.. math:: \delta_j = \delta \cdot v_j \cdot a_j (1 - a_j) \qquad
          \frac{\partial L}{\partial w_j} = \delta_j \, x \qquad
          \frac{\partial L}{\partial b_j} = \delta_j

A batch averages its samples' gradients, and every parameter steps against its own, all from the
old values. This is backpropagation.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.curves.activations.functions import sigmoid
from core.curves.mlp.layers import (
    MAX_HIDDEN,
    count_params,
    distance_of_records,
    layer_sizes,
    param_names,
)
from core.datasets import as_samples, two_steps
from core.history import History, recorded_updates
from core.hyperparameters import Descent, check_whole, checked_start, count_batches, size_of_batch
from core.lesson_command import show
from core.permutation import permutation


@njit(cache=True, nogil=True, error_model="numpy")
def descend(  # type: ignore[no-untyped-def]
    x, y, params, learning_rate, n_epochs, batch_size, shuffle, rng, record_every
):
    """Backpropagate: forward, backward, update, batch by batch, epoch by epoch.

    Parameters
    ----------
    x, y : ndarray of float, shape (n_samples,)
        Inputs and targets.
    params : ndarray of float, shape (3·n_hidden + 1,)
        Where to start: weights and biases of the hidden neurons, weights and bias of the output
        neuron. It changes with every update.

    Returns
    -------
    ndarray of float, shape (n_records, 3·n_hidden + 1)
        The parameters at the start, after every `record_every`-th update and after the last.
    """
    h = (params.size - 1) // 3
    w, b, v = params[:h], params[h : 2 * h], params[2 * h : 3 * h]  # views: params itself changes
    gradient = np.empty(params.size)
    gradient_w, gradient_b, gradient_v = gradient[:h], gradient[h : 2 * h], gradient[2 * h : 3 * h]
    a = np.empty(h)
    n_updates = n_epochs * ((x.size + batch_size - 1) // batch_size)
    recorded = np.empty((2 + (n_updates - 1) // record_every, params.size))
    recorded[0] = params
    order = np.arange(x.size)
    update = 0
    for _ in range(n_epochs):
        if shuffle:
            order = permutation(rng, x.size)
        for first in range(0, x.size, batch_size):
            batch = order[first : first + batch_size]
            gradient[:] = 0.0
            for i in batch:
                # Forward: each hidden neuron, then their weighted sum.
                z = params[-1]
                for j in range(h):
                    a[j] = 1 / (1 + np.exp(-(w[j] * x[i] + b[j])))
                    z += v[j] * a[j]
                y_hat = 1 / (1 + np.exp(-z))
                # Backward: the chain rule, link by link.
                delta = -2 * (y[i] - y_hat) * y_hat * (1 - y_hat)
                for j in range(h):
                    hidden_delta = delta * v[j] * a[j] * (1 - a[j])
                    gradient_w[j] += hidden_delta * x[i]
                    gradient_b[j] += hidden_delta
                    gradient_v[j] += delta * a[j]
                gradient[-1] += delta
            # Update: every parameter against its own slope.
            for i in range(params.size):
                params[i] -= learning_rate * gradient[i] / batch.size
            update += 1
            if update % record_every == 0 or update == n_updates:
                recorded[(update - 1) // record_every + 1] = params
    return recorded


@njit(cache=True, nogil=True, error_model="numpy")
def mean_squared_errors(x, y, params):  # type: ignore[no-untyped-def]
    """Return the loss over all samples at each row of parameters.

    Parameters
    ----------
    x, y : ndarray of float, shape (n_samples,)
        Inputs and targets.
    params : ndarray of float, shape (n_rows, 3·n_hidden + 1)
        The parameters, a row for each state.

    Returns
    -------
    ndarray of float, shape (n_rows,)
    """
    h = (params.shape[1] - 1) // 3
    losses = np.zeros(len(params))
    for row in range(len(params)):
        w, b, v = params[row, :h], params[row, h : 2 * h], params[row, 2 * h : 3 * h]
        for i in range(x.size):
            z = params[row, -1]
            for j in range(h):
                z += v[j] / (1 + np.exp(-(w[j] * x[i] + b[j])))
            losses[row] += (y[i] - 1 / (1 + np.exp(-z))) ** 2
    return losses / x.size


@njit(cache=True, nogil=True, error_model="numpy")
def gradient_norms(x, y, params):  # type: ignore[no-untyped-def]
    """Return how long the gradient over all samples is at each row of parameters.

    That is the root of the sum of all squared partial derivatives: how steep the loss is in its
    steepest direction.

    Parameters
    ----------
    x, y : ndarray of float, shape (n_samples,)
        Inputs and targets.
    params : ndarray of float, shape (n_rows, 3·n_hidden + 1)
        The parameters, a row for each state.

    Returns
    -------
    ndarray of float, shape (n_rows,)
    """
    h = (params.shape[1] - 1) // 3
    norms = np.empty(len(params))
    a = np.empty(h)
    for row in range(len(params)):
        w, b, v = params[row, :h], params[row, h : 2 * h], params[row, 2 * h : 3 * h]
        gradient = np.zeros(params.shape[1])
        for i in range(x.size):
            z = params[row, -1]
            for j in range(h):
                a[j] = 1 / (1 + np.exp(-(w[j] * x[i] + b[j])))
                z += v[j] * a[j]
            y_hat = 1 / (1 + np.exp(-z))
            delta = -2 * (y[i] - y_hat) * y_hat * (1 - y_hat)
            for j in range(h):
                hidden_delta = delta * v[j] * a[j] * (1 - a[j])
                gradient[j] += hidden_delta * x[i]
                gradient[h + j] += hidden_delta
                gradient[2 * h + j] += delta * a[j]
            gradient[-1] += delta
        norms[row] = np.sqrt(np.sum((gradient / x.size) ** 2))
    return norms


def draw_start(rng: np.random.Generator, n_hidden: int) -> NDArray[np.float64]:
    """Draw the parameters of the hidden neurons, then those of the output neuron, from `rng`."""
    bound = n_hidden**-0.5
    hidden, output = rng.uniform(-1, 1, 2 * n_hidden), rng.uniform(-bound, bound, n_hidden + 1)
    return np.concatenate([hidden, output])


def hidden_outputs(x: ArrayLike, params: ArrayLike) -> NDArray[np.float64]:
    r"""Return what the hidden neurons give, :math:`a_j = \sigma(w_j x + b_j)`.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    params : array_like of float, shape (3·n_hidden + 1,)
        The network's parameters.

    Returns
    -------
    ndarray of float, shape (n_samples, n_hidden)

    Examples
    --------
    >>> hidden_outputs([0, 1], [np.log(3), 0, 5, 0])
    array([[0.5 ],
           [0.75]])
    """
    hidden_weights, hidden_biases, _, _ = _layers(params)
    return sigmoid(np.outer(np.asarray(x, dtype=np.float64), hidden_weights) + hidden_biases)


def predict(x: ArrayLike, params: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\hat y = \sigma(\sum_j v_j a_j + c)`, shape (n_samples,).

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    params : array_like of float, shape (3·n_hidden + 1,)
        The network's parameters.

    Examples
    --------
    The hidden neuron gives ½, and σ(2·½ − 1) is ½ again:

    >>> predict([0], [7, 0, 2, -1])
    array([0.5])
    """
    _, _, output_weights, output_bias = _layers(params)
    return sigmoid(hidden_outputs(x, params) @ output_weights + output_bias)


def loss(x: ArrayLike, y: ArrayLike, params: ArrayLike) -> float:
    r"""Return the mean squared error :math:`\frac1n \sum (y_i - \hat y_i)^2` over all samples.

    Examples
    --------
    >>> loss([0, 0], [0, 1], [7, 0, 2, -1])
    0.25
    """
    return float(np.mean((np.asarray(y) - predict(x, params)) ** 2))


def gradient(x: ArrayLike, y: ArrayLike, params: ArrayLike) -> NDArray[np.float64]:
    r"""Return all partial derivatives of the mean squared error of a batch, by the chain rule.

    Parameters
    ----------
    x, y : array_like of float, shape (batch_size,)
        Inputs and targets of the batch.
    params : array_like of float, shape (3·n_hidden + 1,)
        Where in parameter space.

    Returns
    -------
    ndarray of float, shape (3·n_hidden + 1,)
        In the order of `params`.

    Examples
    --------
    By hand: a = ½ and ŷ = ½, so δ = −2·(1 − ½)·½·½ = −¼; then δ·a = −⅛ for the output weight,
    −¼·2·½·½ = −⅛ for the hidden bias, and times x = 4 for the hidden weight:

    >>> gradient([4], [1], [0, 0, 2, -1])
    array([-0.5  , -0.125, -0.125, -0.25 ])
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    _, _, output_weights, _ = _layers(params)
    a, y_hat = hidden_outputs(x, params), predict(x, params)
    delta = -2 * (y - y_hat) * y_hat * (1 - y_hat)  # (batch_size,)
    hidden_delta = np.outer(delta, output_weights) * a * (1 - a)  # (batch_size, n_hidden)
    of_all = np.column_stack(
        [hidden_delta * x[:, np.newaxis], hidden_delta, delta[:, np.newaxis] * a, delta]
    )
    return np.asarray(of_all.mean(axis=0))


def _layers(
    params: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """Split the parameters: hidden weights and biases, output weights and bias."""
    params = np.asarray(params, dtype=np.float64)
    hidden_weights, hidden_biases, output_weights = params[:-1].reshape(3, -1)
    return hidden_weights, hidden_biases, output_weights, float(params[-1])


FORMULAS = {
    "hidden": r"a_j = \sigma(w_j \cdot x + b_j)",
    "model": r"\hat y = \sigma\Big(\sum_j v_j \cdot a_j + c\Big)",
    "loss": r"L_B = \frac1{|B|} \sum_{i \in B} (y_i - \hat y_i)^2",
    "delta": r"\delta = \frac{\partial L}{\partial \hat y} \cdot \frac{\partial \hat y}{\partial z}"
    r" = -2\,(y - \hat y) \cdot \hat y\,(1 - \hat y)",
    "gradient_output": r"\frac{\partial L}{\partial v_j} = \delta \cdot a_j \qquad"
    r" \frac{\partial L}{\partial c} = \delta",
    "hidden_delta": r"\delta_j = \delta \cdot v_j \cdot a_j\,(1 - a_j)",
    "gradient_hidden": r"\frac{\partial L}{\partial w_j} = \delta_j \cdot x \qquad"
    r" \frac{\partial L}{\partial b_j} = \delta_j",
    "update": r"\theta \leftarrow \theta - \eta \cdot \frac{\partial L_B}{\partial \theta} \qquad"
    r" \theta \in \{w_j, b_j, v_j, c\}",
}
"""The lesson's formulas in LaTeX."""


@dataclass(frozen=True)
class Config(Descent):
    """Hyperparameters of the lesson; its seed draws the start, then the orders.

    Parameters
    ----------
    learning_rate, n_epochs, batch_size, shuffle, seed, record_every
        As in `Descent`.
    n_hidden : int, default=3
        Number of hidden neurons, from 1 to 32.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(n_hidden=0)
    Traceback (most recent call last):
    core.messages.InputError: n_hidden must be a whole number from 1 to 32, not 0.
    """

    learning_rate: float = 1.0
    n_epochs: int = 20_000
    batch_size: int | None = 8
    shuffle: bool = True
    n_hidden: int = 3

    n_hidden_layers: ClassVar[int] = 1
    activation: ClassVar[str] = "sigmoid"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("n_hidden", self.n_hidden, most=MAX_HIDDEN)


def initial_params(config: Config) -> NDArray[np.float64]:
    r"""Draw the parameters before the first update: uniform on :math:`\pm 1/\sqrt{n_\text{in}}`.

    That is the number of inputs of the neuron: 1 for a hidden neuron, ``n_hidden`` for the output.
    They are the first numbers of ``np.random.default_rng(config.seed)``, in the order of
    ``params``; the epochs' orders come after them.

    Returns
    -------
    ndarray of float, shape (3·n_hidden + 1,)
        Weights and biases of the hidden neurons, weights and bias of the output neuron.

    Examples
    --------
    >>> initial_params(Config(n_hidden=2)).round(3)
    array([ 0.274, -0.46 , -0.918, -0.967,  0.443,  0.584,  0.151])
    """
    return draw_start(np.random.default_rng(config.seed), config.n_hidden)


def train(x: ArrayLike, y: ArrayLike, config: Config, *, start: ArrayLike | None = None) -> History:
    """Train the network for ``config.n_epochs`` passes over the samples.

    Parameters
    ----------
    x, y : array_like of float, shape (n_samples,)
        Inputs and targets.
    config : Config
        The hyperparameters.
    start : array_like of float, shape (3·n_hidden + 1,), optional
        The parameters to start from, instead of the drawn ones; the orders of the samples stay
        the same.

    Returns
    -------
    History
        ``params`` has the columns ``hidden_weight_1`` …, ``hidden_bias_1`` …,
        ``output_weight_1`` …, ``output_bias``, the extra column ``gradient_norm`` the length of the
        gradient over all samples. The sigmoid keeps the loss within bounds, so that a
        large learning rate saturates the neurons rather than diverging; only where it is so large
        that a parameter leaves the range of floats is the rest dropped and ``diverged`` set.

    Raises
    ------
    InputError
        If the samples are empty, of different lengths or not finite, or `start` does not fit the
        network.

    See Also
    --------
    core.curves.torch_mlp.train : The same steps, with gradients by PyTorch.
    core.curves.sigmoid_neuron.train : The chain rule in a single neuron.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by
       back-propagating errors", Nature 323, pp. 533–536, 1986.

    Examples
    --------
    One update from the gradient worked by hand at `gradient`, with η = 1:

    >>> config = Config(n_hidden=1, n_epochs=1)
    >>> train([4], [1], config, start=[0, 0, 2, -1]).params
    array([[ 0.   ,  0.   ,  2.   , -1.   ],
           [ 0.5  ,  0.125,  2.125, -0.75 ]])
    """
    x, y = as_samples(x, y)
    sizes = layer_sizes(config)
    rng = np.random.default_rng(config.seed)
    params = draw_start(rng, config.n_hidden)
    if start is not None:
        params = checked_start(start, count_params(sizes))
    batch_size = size_of_batch(config.batch_size, x.size)
    n_batches = count_batches(x.size, batch_size)
    record_every = distance_of_records(config.n_epochs, n_batches, config.record_every)
    recorded = descend(
        x,
        y,
        params,
        float(config.learning_rate),
        config.n_epochs,
        batch_size,
        config.shuffle and n_batches > 1,  # one batch of all samples has no order
        rng,
        record_every,
    )
    update = recorded_updates(config.n_epochs * n_batches, record_every)
    losses = mean_squared_errors(x, y, recorded)
    failed = ~(np.isfinite(losses) & np.isfinite(recorded).all(axis=1))
    n_records = int(failed.argmax()) if failed.any() else failed.size
    return History(
        update=update[:n_records],
        epoch=(update // n_batches)[:n_records],
        params=recorded[:n_records],
        loss=losses[:n_records],
        param_names=param_names(sizes),
        diverged=bool(failed.any()),
        extra={"gradient_norm": gradient_norms(x, y, recorded[:n_records])},
    )


if __name__ == "__main__":
    show(train, *two_steps(), Config())
