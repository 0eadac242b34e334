r"""A network of 1-2-1 neurons: the four stages of training, with every number in sight.

One input goes to two hidden neurons, and both of them to one output. Each arrow has a weight, each
neuron a bias: seven parameters. The hidden neurons squash with the sigmoid; the output does not,
so that it can be any number. A round of training has four stages:

.. math:: a_1 = \sigma(w_1 x + b_1) \qquad a_2 = \sigma(w_2 x + b_2) \qquad
          \hat y = v_1 a_1 + v_2 a_2 + c
.. math:: L = (y - \hat y)^2
.. math:: \frac{\partial L}{\partial \hat y} = -2 (y - \hat y) \qquad
          \frac{\partial L}{\partial v_1} = \frac{\partial L}{\partial \hat y} \, a_1 \qquad
          \frac{\partial L}{\partial w_1} =
          \frac{\partial L}{\partial \hat y} \, v_1 \, a_1 (1 - a_1) \, x
.. math:: \theta \leftarrow \theta - \eta \, \frac{\partial L}{\partial \theta}

(the last one for each parameter θ, all gradients from the old values.)
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.datasets import as_samples
from core.history import DIVERGED_AT, History
from core.hyperparameters import check_learning_rate, check_whole, checked_start
from core.lesson_command import show


def learn(
    x: float, y: float, params: "Params", learning_rate: float, n_updates: int, highest_loss: float
) -> list[list[float]]:
    """Repeat the four stages; stop where the loss explodes.

    Returns
    -------
    list of list of float, shape (n_rounds + 1, 18)
        A row for each round and a last one: the seven parameters, the loss, a1, a2, y_hat, and the
        seven gradients.
    """
    w1, w2, b1, b2, v1, v2, c = params
    rounds = []
    while True:
        # Forward: from the input to the answer.
        a1 = sigmoid(w1 * x + b1)
        a2 = sigmoid(w2 * x + b2)
        y_hat = v1 * a1 + v2 * a2 + c

        # Loss: how wrong is the answer?
        error = y - y_hat
        loss = error * error

        # Backward: from the loss to each parameter.
        d_y_hat = -2 * error
        d_v1 = d_y_hat * a1
        d_v2 = d_y_hat * a2
        d_c = d_y_hat
        d_z1 = d_y_hat * v1 * a1 * (1 - a1)
        d_z2 = d_y_hat * v2 * a2 * (1 - a2)
        d_w1 = d_z1 * x
        d_w2 = d_z2 * x
        d_b1 = d_z1
        d_b2 = d_z2

        values = [w1, w2, b1, b2, v1, v2, c]
        gradients = [d_w1, d_w2, d_b1, d_b2, d_v1, d_v2, d_c]
        rounds.append([*values, loss, a1, a2, y_hat, *gradients])
        if len(rounds) > n_updates or not loss <= highest_loss:
            return rounds

        # Update: each parameter takes a step against its gradient.
        w1 -= learning_rate * d_w1
        w2 -= learning_rate * d_w2
        b1 -= learning_rate * d_b1
        b2 -= learning_rate * d_b2
        v1 -= learning_rate * d_v1
        v2 -= learning_rate * d_v2
        c -= learning_rate * d_c


def sigmoid(z: float) -> float:
    r"""Return :math:`\sigma(z) = 1 / (1 + e^{-z})`, without overflow for any z.

    Examples
    --------
    >>> sigmoid(-1000.0), sigmoid(0.0), sigmoid(1000.0)
    (0.0, 0.5, 1.0)
    """
    small = math.exp(-abs(z))
    return 1 / (1 + small) if z >= 0 else small / (1 + small)


class Params(NamedTuple):
    """The seven parameters of the network, or the gradient of the loss for each of them."""

    w1: float
    """Weight from the input to the first hidden neuron."""
    w2: float
    """Weight from the input to the second hidden neuron."""
    b1: float
    """Bias of the first hidden neuron."""
    b2: float
    """Bias of the second hidden neuron."""
    v1: float
    """Weight from the first hidden neuron to the output."""
    v2: float
    """Weight from the second hidden neuron to the output."""
    c: float
    """Bias of the output."""


def predict(x: float, params: Params) -> float:
    r"""Return :math:`\hat y`, what the network says about x.

    Examples
    --------
    Both hidden neurons say σ(0) = ½, so ŷ = 1·½ + 3·½ + 1 = 3:

    >>> predict(2.0, Params(w1=0, w2=0, b1=0, b2=0, v1=1, v2=3, c=1))
    3.0
    """
    w1, w2, b1, b2, v1, v2, c = params
    return v1 * sigmoid(w1 * x + b1) + v2 * sigmoid(w2 * x + b2) + c


def loss(x: float, y: float, params: Params) -> float:
    r"""Return the squared error :math:`(y - \hat y)^2` of the sample.

    Examples
    --------
    >>> loss(2.0, 5.0, Params(w1=0, w2=0, b1=0, b2=0, v1=1, v2=3, c=1))
    4.0
    """
    error = y - predict(x, params)
    return error * error


def gradient(x: float, y: float, params: Params) -> Params:
    """Return the partial derivative of the loss for each parameter: the backward stage.

    Parameters
    ----------
    x, y : float
        The sample.
    params : Params
        Where the derivatives are taken.

    Returns
    -------
    Params
        The gradient, by the name of its parameter.

    Examples
    --------
    y − ŷ = 2, so ∂L/∂ŷ = −4. For v₁ it is multiplied by a₁ = ½; for w₁ by v₁·a₁·(1 − a₁)·x = ½:

    >>> gradient(2.0, 5.0, Params(w1=0, w2=0, b1=0, b2=0, v1=1, v2=3, c=1))
    Params(w1=-2.0, w2=-6.0, b1=-1.0, b2=-3.0, v1=-2.0, v2=-2.0, c=-4.0)
    """
    w1, w2, b1, b2, v1, v2, _ = params
    a1, a2 = sigmoid(w1 * x + b1), sigmoid(w2 * x + b2)
    d_y_hat = -2 * (y - predict(x, params))
    d_z1 = d_y_hat * v1 * a1 * (1 - a1)
    d_z2 = d_y_hat * v2 * a2 * (1 - a2)
    return Params(
        w1=d_z1 * x, w2=d_z2 * x, b1=d_z1, b2=d_z2, v1=d_y_hat * a1, v2=d_y_hat * a2, c=d_y_hat
    )


def draw_start(rng: np.random.Generator) -> Params:
    """Draw parameters to start from: uniform between ±1/√fan_in, with two decimals.

    A hidden neuron has one input, the output two. Two decimals are enough, and let a reader follow
    the first round with a pocket calculator.

    Examples
    --------
    >>> draw_start(np.random.default_rng(0)).w1
    0.27
    """
    reach = np.array([1.0, 1.0, 1.0, 1.0, *[1 / math.sqrt(2)] * 3])
    drawn = np.round(rng.uniform(-reach, reach), 2) + 0.0  # no −0
    return Params(*drawn.tolist())


FORMULAS = {
    "hidden": r"a_j = \sigma(w_j\,x + b_j) \qquad \sigma(z) = \frac1{1 + e^{-z}}",
    "model": r"\hat y = v_1 a_1 + v_2 a_2 + c",
    "loss": r"L = (y - \hat y)^2",
    "gradient_output": r"\frac{\partial L}{\partial \hat y} = \frac{\partial L}{\partial c}"
    r" = -2\,(y - \hat y) \qquad"
    r" \frac{\partial L}{\partial v_j} = \frac{\partial L}{\partial \hat y} \cdot a_j",
    "gradient_bias": r"\frac{\partial L}{\partial b_j} = \frac{\partial L}{\partial \hat y}"
    r" \cdot v_j \cdot a_j\,(1 - a_j)",
    "gradient_weight": r"\frac{\partial L}{\partial w_j} = \frac{\partial L}{\partial b_j} \cdot x",
    "update": r"\theta \leftarrow \theta - \eta \cdot \frac{\partial L}{\partial \theta}",
}
"""The lesson's formulas in LaTeX; j is 1 or 2, θ each parameter in turn."""


@dataclass(frozen=True)
class Config:
    """Hyperparameters of the lesson.

    Parameters
    ----------
    learning_rate : float, default=0.1
        How far one step goes (η), at least 0.
    n_updates : int, default=12
        How many rounds of the four stages; each ends with one update.
    seed : int, default=0
        Seeds the generator that draws the parameters to start from, at least 0.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(n_updates=0)
    Traceback (most recent call last):
    core.messages.InputError: n_updates must be a whole number of at least 1, not 0.
    """

    learning_rate: float = 0.1
    n_updates: int = 12
    seed: int = 0

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)
        check_whole("n_updates", self.n_updates)
        check_whole("seed", self.seed, 0)


def train(x: float, y: float, config: Config, *, start: Sequence[float] | None = None) -> History:
    """Train the network on one sample.

    Parameters
    ----------
    x, y : float
        The sample.
    config : Config
        The hyperparameters.
    start : sequence of float, shape (7,), optional
        The parameters to start from in the order of `Params`, instead of drawn ones.

    Returns
    -------
    History
        ``params`` has the columns of `Params`, one row before each update and one after the last.
        The extra columns are ``a1``, ``a2`` and ``y_hat`` of the forward stage, and the gradients
        ``d_w1`` … ``d_c`` of the backward stage, at the parameters of the same row. Each update is
        a whole pass over the one sample, so ``epoch`` is ``update``. A run that diverges stops
        there, with ``diverged`` set.

    Raises
    ------
    InputError
        If the sample is not finite, or `start` is not seven numbers.

    See Also
    --------
    core.curves.mlp.train : Such a network, with many samples and any number of hidden neurons.

    Examples
    --------
    One update by hand, with the gradient −4 of c in the example of `gradient`: 1 + 0.1·4.

    >>> start = Params(w1=0, w2=0, b1=0, b2=0, v1=1, v2=3, c=1)
    >>> history = train(2.0, 5.0, Config(learning_rate=0.1, n_updates=1), start=start)
    >>> history.column("c"), history.loss[0]
    (array([1. , 1.4]), np.float64(4.0))
    """
    (x,), (y,) = (values.tolist() for values in as_samples([x], [y]))
    params = draw_start(np.random.default_rng(config.seed))
    if start is not None:
        params = Params(*checked_start(start, len(Params._fields)).tolist())
    highest_loss = DIVERGED_AT * max(loss(x, y, params), 1.0)
    rounds = learn(x, y, params, float(config.learning_rate), config.n_updates, highest_loss)
    diverged = not rounds[-1][len(Params._fields)] <= highest_loss
    table = np.array(rounds)
    table = table[np.isfinite(table).all(axis=1)]  # only the last row can fail: the loop ends there
    params_table, columns = np.split(table, [len(Params._fields)], axis=1)
    names = ["loss", "a1", "a2", "y_hat", *(f"d_{name}" for name in Params._fields)]
    extra = dict(zip(names, columns.T, strict=True))
    return History(
        update=np.arange(len(table)),
        epoch=np.arange(len(table)),
        params=params_table,
        loss=extra.pop("loss"),
        param_names=Params._fields,
        diverged=diverged,
        extra=extra,
    )


if __name__ == "__main__":
    show(train, 0.5, 1.0, Config())
