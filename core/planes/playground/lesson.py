r"""Playground: points in the plane, a network of any layers, and one loop that teaches it.

Every neuron adds up what the layer before gives, each output times a weight, and its bias; then it
bends the sum. The bias is the weight of one more input, which is always 1:

.. math:: z_j = \sum_k w_{jk} \, a_k \qquad a_j = f(z_j)

The error of a sample flows backwards. The output neurons begin with the slope of the loss,
:math:`\delta = \hat y - y` for sigmoid or softmax with cross-entropy and twice that for the squared
error; then each layer hands it to the one before, through the same weights:

.. math:: \frac{\partial L}{\partial w_{jk}} = \delta_j \, a_k \qquad
          \delta_k = f'(z_k) \sum_j w_{jk} \, \delta_j

A batch averages its samples' gradients, and every parameter makes its step: against the gradient,
with momentum, or as Adam has it.
"""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numba.np.random.generator_core import next_double
from numpy.typing import ArrayLike, NDArray

from core.history import DIVERGED_AT, thinning
from core.hyperparameters import (
    Descent,
    check_choice,
    check_number,
    check_whole,
    count_batches,
    is_whole,
    size_of_batch,
)
from core.lesson_command import show
from core.messages import N_, require
from core.permutation import permutation
from core.planes.playground import network as net
from core.planes.playground.data import check_classes, make
from core.planes.playground.network import RELU, Activation, Initialisation, Input, Loss
from core.planes.playground.run import NO_POINTS, Run, State, begin, check_patience, finished
from core.planes.playground.start import draw_start
from core.planes.points import Points, as_points


@njit(cache=True, nogil=True, error_model="numpy")
def descend(  # type: ignore[no-untyped-def]
    x,
    y,
    test_x,
    test_y,
    sizes,
    bends,
    kept,
    params,
    memory,
    n_steps,
    optimiser,
    learning_rate,
    cosine,
    l1,
    l2,
    dropout,
    n_epochs,
    batch_size,
    shuffle,
    patience,
    rng,
    record_every,
    highest_loss,
):
    """Backpropagate: forward, backward, update, batch by batch, epoch by epoch.

    Parameters
    ----------
    x, test_x : ndarray of float, shape (n_samples, n_inputs)
        The network's inputs, of the samples to learn from and of those kept apart.
    y, test_y : ndarray of float, shape (n_samples,)
        Their targets: a class from 0 on, or a number.
    sizes : ndarray of int, shape (n_layers + 1,)
        How many inputs there are, and neurons in each layer, the output's last.
    bends : ndarray of int, shape (n_layers,)
        What each layer does to its sums: an index of `ACTIVATIONS`, and for the last of `LOSSES`.
    kept : ndarray of float, shape (n_layers, width)
        0 for a silenced neuron, else 1.
    params : ndarray of float, shape (n_layers, width + 1, width)
        ``params[layer, k, j]`` is neuron j's weight on output k of the layer before, and the row
        after the last weights has the biases. It changes with every update.
    memory : ndarray of float, shape (2, n_layers, width + 1, width)
        What momentum and Adam remember: the first is the velocity, or the mean of the gradients,
        the second the mean of their squares. It changes, too.

    Returns
    -------
    updates : ndarray of int, shape (n_records,)
    recorded : ndarray of float, shape (n_records, n_layers, width + 1, width)
    measured : ndarray of float, shape (n_records, 6)
        Loss, accuracy and dead neurons with the samples, then with those kept apart.
    update : int
        How many updates were done, also where the last left the range of floats.
    diverged, stopped_early : bool
    """
    n_layers, last = bends.size, bends.size - 1
    width = params.shape[2]
    n_batches = (y.size + batch_size - 1) // batch_size
    n_updates = n_epochs * n_batches
    n_records = 3 + (n_updates - 1) // record_every  # first, every record_every-th, last, end
    updates = np.zeros(n_records, np.int64)
    recorded = np.empty((n_records, n_layers, width + 1, width))
    measured = np.empty((n_records, 6))
    gradient = np.zeros((n_layers, width + 1, width))
    z, a = np.empty((n_layers, width)), np.empty((n_layers + 1, width + 1))
    slope, delta = np.empty((n_layers, width)), np.empty((n_layers, width))
    mask = kept.copy()

    recorded[0] = params
    measured[0, :3] = evaluate(x, y, sizes, bends, kept, params)
    measured[0, 3:] = evaluate(test_x, test_y, sizes, bends, kept, params)
    order = np.arange(y.size)
    lowest, waited = np.inf, 0
    update, record = 0, 1
    diverged = stopped_early = False
    while update < n_updates and not diverged and not stopped_early:
        first = update % n_batches * batch_size
        if shuffle and first == 0:  # a new epoch
            order = permutation(rng, y.size)
        n = min(batch_size, y.size - first)
        gradient[:] = 0.0
        batch_loss = 0.0
        for i in order[first : first + n]:
            if dropout > 0:  # some neurons sit this sample out, the others speak louder
                for layer in range(last):
                    for j in range(sizes[layer + 1]):
                        drawn = next_double(rng.bit_generator)
                        mask[layer, j] = kept[layer, j] * (drawn >= dropout) / (1 - dropout)
            # Forward: from the inputs to the answer; number by number, as slices cost more here.
            for k in range(sizes[0]):
                a[0, k] = x[i, k]
            forward(sizes, bends, mask, params, z, a, slope)
            batch_loss += judge(bends[last], last, sizes[n_layers], z, y[i], delta)
            # Backward: the chain rule, from the answer to the inputs.
            for layer in range(last, -1, -1):
                n_in, n_out = sizes[layer], sizes[layer + 1]
                a[layer, n_in] = 1.0  # the bias's input
                for k in range(n_in + 1):
                    output = a[layer, k]
                    for j in range(n_out):
                        gradient[layer, k, j] += output * delta[layer, j]
                if layer > 0:
                    for k in range(n_in):
                        back = 0.0
                        for j in range(n_out):
                            back += params[layer, k, j] * delta[layer, j]
                        delta[layer - 1, k] = slope[layer - 1, k] * back
        # Update: every parameter makes its step.
        rate = learning_rate
        if cosine:
            rate *= (1 + math.cos(math.pi * update / n_updates)) / 2
        n_steps += 1
        adam_mean, adam_square = 1 - 0.9**n_steps, 1 - 0.999**n_steps
        finite = True
        for layer in range(n_layers):
            n_in = sizes[layer]
            for k in range(n_in + 1):
                is_weight = k < n_in
                for j in range(sizes[layer + 1]):
                    p, g = params[layer, k, j], gradient[layer, k, j] / n
                    if is_weight:
                        g += l2 * p
                    if optimiser == 0:  # SGD
                        p -= rate * g
                    elif optimiser == 1:  # momentum
                        velocity = 0.9 * memory[0, layer, k, j] + g
                        memory[0, layer, k, j] = velocity
                        p -= rate * velocity
                    else:  # Adam
                        mean = 0.9 * memory[0, layer, k, j] + 0.1 * g
                        square = 0.999 * memory[1, layer, k, j] + 0.001 * g * g
                        memory[0, layer, k, j], memory[1, layer, k, j] = mean, square
                        p -= rate * (mean / adam_mean) / (math.sqrt(square / adam_square) + 1e-8)
                    if l1 > 0 and is_weight:  # towards 0, and not beyond
                        p = math.copysign(max(abs(p) - rate * l1, 0.0), p) + 0.0  # no −0
                    params[layer, k, j] = p
                    finite = finite and math.isfinite(p)
        update += 1
        if not finite:
            diverged = True
            break
        if patience > 0 and update % n_batches == 0:
            test_loss = evaluate(test_x, test_y, sizes, bends, kept, params)[0]
            waited = 0 if test_loss < lowest else waited + 1
            lowest = min(lowest, test_loss)
            stopped_early = waited >= patience
        exploding = not batch_loss / n <= highest_loss
        planned = update % record_every == 0 or update == n_updates or stopped_early
        if planned or exploding:
            loss, accuracy, n_dead = evaluate(x, y, sizes, bends, kept, params)
            diverged = not loss <= highest_loss
            if planned or diverged:
                updates[record], recorded[record] = update, params
                measured[record, :3] = loss, accuracy, n_dead
                measured[record, 3:] = evaluate(test_x, test_y, sizes, bends, kept, params)
                record += 1
    updates, recorded, measured = updates[:record], recorded[:record], measured[:record]
    return updates, recorded, measured, update, diverged, stopped_early


@njit(cache=True, nogil=True, error_model="numpy")
def forward(sizes, bends, mask, params, z, a, slope):  # type: ignore[no-untyped-def]
    """Fill in each layer's sums, outputs and slopes; the inputs lie in ``a[0]``."""
    last = bends.size - 1
    for layer in range(bends.size):
        n_in, n_out = sizes[layer], sizes[layer + 1]
        for j in range(n_out):
            z[layer, j] = params[layer, n_in, j]
        for k in range(n_in):
            output = a[layer, k]
            for j in range(n_out):
                z[layer, j] += params[layer, k, j] * output
        if layer < last:
            bend(bends[layer], layer, n_out, z, a, slope)
            for j in range(n_out):
                a[layer + 1, j] *= mask[layer, j]
                slope[layer, j] *= mask[layer, j]


@njit(cache=True, nogil=True, error_model="numpy")
def bend(kind, layer, n, z, a, slope):  # type: ignore[no-untyped-def]
    """Fill in f(z) and f′(z) of a layer's n sums; `kind` is an index of `ACTIVATIONS`."""
    for j in range(n):
        z_j = z[layer, j]
        if kind == 0:  # linear
            a_j, slope_j = z_j, 1.0
        elif kind == 1:  # sigmoid
            power = math.exp(-abs(z_j))
            share = 1 / (1 + power)
            a_j = share if z_j >= 0 else power * share
            slope_j = power * share * share
        elif kind == 2:  # tanh
            power = math.exp(-2 * abs(z_j))
            a_j = math.copysign((1 - power) / (1 + power), z_j)
            slope_j = 1 - a_j * a_j
        elif kind == 3:  # ReLU
            a_j, slope_j = max(z_j, 0.0), 1.0 if z_j > 0 else 0.0
        elif kind == 4:  # leaky ReLU
            a_j, slope_j = max(z_j, 0.01 * z_j), 1.0 if z_j > 0 else 0.01
        elif kind == 5:  # softplus
            power = math.exp(-abs(z_j))
            a_j = max(z_j, 0.0) + math.log1p(power)
            slope_j = (1.0 if z_j >= 0 else power) / (1 + power)
        else:  # GELU
            below = math.erfc(-z_j / math.sqrt(2)) / 2
            a_j = z_j * below
            density = math.exp(-z_j * z_j / 2) / math.sqrt(2 * math.pi)
            slope_j = below + z_j * density
        a[layer + 1, j], slope[layer, j] = a_j, slope_j


@njit(cache=True, nogil=True, error_model="numpy")
def judge(kind, last, n, z, y, delta):  # type: ignore[no-untyped-def]
    """Return a sample's loss, and fill in the slopes of the last layer's n sums.

    `kind` is an index of `LOSSES`.
    """
    z_0 = z[last, 0]
    if kind == 0:  # sigmoid and cross-entropy
        power = math.exp(-abs(z_0))
        delta[last, 0] = (1.0 if z_0 >= 0 else power) / (1 + power) - y
        linear = (1 - y) * z_0 if z_0 > 0 else -y * z_0
        return linear + math.log1p(power)
    if kind == 1:  # softmax and cross-entropy
        highest, total = z_0, 0.0
        for j in range(1, n):
            highest = max(highest, z[last, j])
        for j in range(n):
            delta[last, j] = math.exp(z[last, j] - highest)
            total += delta[last, j]
        for j in range(n):
            delta[last, j] /= total
        delta[last, int(y)] -= 1
        return math.log(total) + highest - z[last, int(y)]
    delta[last, 0] = 2 * (z_0 - y)
    return (z_0 - y) ** 2


@njit(cache=True, nogil=True, error_model="numpy")
def evaluate(x, y, sizes, bends, kept, params):  # type: ignore[no-untyped-def]
    """Return the mean loss over samples, the share of right answers, and the dead neurons.

    A ReLU neuron is dead where it gives 0 for every sample: no slope gets through it, so it learns
    nothing any more. x is of shape (n_samples, n_inputs) and y of shape (n_samples,); without
    samples all three are nan.
    """
    n_layers, last, width = bends.size, bends.size - 1, params.shape[2]
    z, a = np.empty((n_layers, width)), np.empty((n_layers + 1, width + 1))
    slope, delta = np.empty((n_layers, width)), np.empty((n_layers, width))
    is_dead = np.zeros((n_layers, width), np.bool_)
    for layer in range(last):
        for j in range(sizes[layer + 1]):
            is_dead[layer, j] = bends[layer] == RELU and kept[layer, j] > 0
    total, n_right = 0.0, 0
    for i in range(y.size):
        for k in range(sizes[0]):
            a[0, k] = x[i, k]
        forward(sizes, bends, kept, params, z, a, slope)
        for layer in range(last):
            if bends[layer] == RELU:
                for j in range(sizes[layer + 1]):
                    is_dead[layer, j] &= z[layer, j] <= 0
        total += judge(bends[last], last, sizes[n_layers], z, y[i], delta)
        answer = z[last, : sizes[n_layers]]
        if answer.size == 1:
            n_right += (answer[0] >= 0) == (y[i] >= 0.5)
        else:
            n_right += answer.argmax() == int(y[i])
    if y.size == 0:
        return np.nan, np.nan, np.nan
    return total / y.size, n_right / y.size, float(is_dead.sum())


Floats = NDArray[np.float64]

OPTIMISERS = ("sgd", "momentum", "adam")
"""How a gradient becomes a step: against it; with 0.9 of the last step added; or Adam."""

SCHEDULES = ("constant", "cosine")
"""Keep the learning rate, or let it fall to 0 along half a cosine."""


@dataclass(frozen=True)
class Config(Descent):
    """Hyperparameters of the lesson; its seed draws the start, then orders and dropout.

    Parameters
    ----------
    learning_rate, n_epochs, batch_size, shuffle, seed, record_every
        As in `Descent`.
    inputs : tuple of str, default=("x1", "x2")
        What the network is given of a point: names of `INPUTS`, each once, in any order.
    hidden_sizes : tuple of int, default=(4, 2)
        Neurons in each hidden layer: up to 6 layers of 1 to 16 neurons.
    activation : str or tuple of str, default="tanh"
        What a hidden neuron does to its sum, in the whole network or layer by layer: "linear",
        "sigmoid", "tanh", "relu", "leaky_relu", "softplus" or "gelu".
    loss : {"binary_cross_entropy", "cross_entropy", "mean_squared_error"}
        The first for two classes, behind one sigmoid neuron; the second for `n_classes`, behind a
        softmax; the last for a number, which the output neuron gives as its sum.
    n_classes : int, default=3
        2 to 4, for the loss "cross_entropy" alone.
    initialisation : {"xavier", "he", "uniform", "zero"}, default="xavier"
        How the start is drawn, see `initial_params`.
    silenced : tuple of pairs, default=()
        Hidden neurons that give 0 whatever they add up: (hidden layer, neuron), both from 0.
    optimiser : {"sgd", "momentum", "adam"}, default="sgd"
        How a gradient becomes a step.
    schedule : {"constant", "cosine"}, default="constant"
        Keep the learning rate, or let it fall to 0 along half a cosine.
    l1 : float, default=0.0
        After each step, each weight moves towards 0 by this times the learning rate, and stays at
        0 once there. From 0 to 10.
    l2 : float, default=0.0
        This times the weight is added to its slope. From 0 to 10.
    dropout : float, default=0.0
        The share of hidden outputs that are set to 0 at random, sample by sample; the others are
        divided by what is left. From 0 to 0.9.
    patience : int or None, default=None
        Stop once the loss of the test samples has not been below its lowest for so many epochs.

    Raises
    ------
    InputError
        If a value is out of its range.

    Examples
    --------
    >>> Config(hidden_sizes=(4, 17))
    Traceback (most recent call last):
    core.messages.InputError: hidden_sizes must be up to 6 whole numbers from 1 to 16, not (4, 17).
    """

    learning_rate: float = 0.03
    n_epochs: int = 200
    batch_size: int | None = 10
    shuffle: bool = True
    inputs: tuple[Input, ...] = ("x1", "x2")
    hidden_sizes: tuple[int, ...] = (4, 2)
    activation: Activation | tuple[Activation, ...] = "tanh"
    loss: Loss = "binary_cross_entropy"
    n_classes: int = 3
    initialisation: Initialisation = "xavier"
    silenced: tuple[tuple[int, int], ...] = ()
    optimiser: str = "sgd"
    schedule: str = "constant"
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    patience: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        require(
            isinstance(self.inputs, tuple)
            and 0 < len(self.inputs) == len(set(self.inputs))
            and set(self.inputs) <= set(net.INPUTS),
            N_("{name} must be one or more of {allowed}, each once, not {value}."),
            name="inputs",
            allowed=", ".join(net.INPUTS),
            value=self.inputs,
        )
        require(
            isinstance(self.hidden_sizes, tuple)
            and len(self.hidden_sizes) <= net.MAX_LAYERS
            and all(is_whole(n) and 1 <= n <= net.MAX_NEURONS for n in self.hidden_sizes),
            N_("{name} must be up to {n} whole numbers from 1 to {most}, not {value}."),
            name="hidden_sizes",
            n=net.MAX_LAYERS,
            most=net.MAX_NEURONS,
            value=self.hidden_sizes,
        )
        if isinstance(self.activation, tuple):
            for name in self.activation:
                check_choice("activation", name, net.ACTIVATIONS)
            require(
                len(self.activation) == len(self.hidden_sizes),
                N_("{name} must be one for each of {n} hidden layers, not {value}."),
                name="activation",
                n=len(self.hidden_sizes),
                value=self.activation,
            )
        else:
            check_choice("activation", self.activation, net.ACTIVATIONS)
        check_choice("loss", self.loss, net.LOSSES)
        check_whole("n_classes", self.n_classes, 2, net.MAX_CLASSES)
        check_choice("initialisation", self.initialisation, net.INITIALISATIONS)
        neurons = {(i, j) for i, n in enumerate(self.hidden_sizes) for j in range(n)}
        require(
            isinstance(self.silenced, tuple) and set(self.silenced) <= neurons,
            N_("{name} must be hidden neurons of this network, not {value}."),
            name="silenced",
            value=self.silenced,
        )
        check_choice("optimiser", self.optimiser, OPTIMISERS)
        check_choice("schedule", self.schedule, SCHEDULES)
        check_number("l1", self.l1, 0, 10)
        check_number("l2", self.l2, 0, 10)
        check_number("dropout", self.dropout, 0, 0.9)
        if self.patience is not None:
            check_whole("patience", self.patience)


def initial_params(config: Config) -> Floats:
    """Draw the parameters before the first update: see `core.planes.playground.start.draw_start`.

    Returns
    -------
    ndarray of float, shape (n_params,)

    Examples
    --------
    >>> initial_params(Config(hidden_sizes=())).round(3)
    array([ 0.387, -0.651,  0.   ])
    """
    return draw_start(np.random.default_rng(config.seed), config)


def predict(x: ArrayLike, params: ArrayLike, config: Config) -> Floats:
    """Return the network's answers, shape (n_samples, n_outputs); x of shape (n_samples, 2).

    The probability of class 1, of each class, or the number: `Config.loss` says which.

    Examples
    --------
    >>> predict([[0, 0], [1, 1]], [np.log(3), 0, 0], Config(hidden_sizes=()))
    array([[0.5 ],
           [0.75]])
    """
    return net.forward(x, params, config).outputs[-1]


def errors_of(z: ArrayLike, y: ArrayLike, loss: Loss) -> Floats:
    """Return each sample's loss, of the output sums z, shape (n_samples, n_outputs).

    Examples
    --------
    >>> errors_of([[0.0]], [1], "binary_cross_entropy").round(6)  # ln 2
    array([0.693147])
    """
    z, y = np.asarray(z, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if loss == "cross_entropy":
        highest = z.max(axis=-1)
        total = np.log(np.exp(z - highest[:, np.newaxis]).sum(axis=-1)) + highest
        return np.asarray(total - z[np.arange(y.size), y.astype(int)])
    z = z[:, 0]
    if loss == "mean_squared_error":
        return np.asarray((z - y) ** 2)
    linear = (1 - y) * np.maximum(z, 0) + y * np.maximum(-z, 0)
    return np.asarray(linear + np.log1p(np.exp(-np.abs(z))))


def loss(x: ArrayLike, y: ArrayLike, params: ArrayLike, config: Config) -> float:
    """Return the mean of the samples' losses, without dropout.

    Examples
    --------
    >>> loss([[1, 2]], [3], [1, 1, 2], Config(hidden_sizes=(), loss="mean_squared_error"))
    4.0
    """
    return float(np.mean(errors_of(net.forward(x, params, config).sums[-1], y, config.loss)))


def gradient(x: ArrayLike, y: ArrayLike, params: ArrayLike, config: Config) -> Floats:
    r"""Return all partial derivatives of the loss of a batch, by the chain rule.

    Without dropout and without what `Config.l2` adds to a step.

    Parameters
    ----------
    x : array_like of float, shape (batch_size, 2)
        Both coordinates of each point.
    y : array_like of float, shape (batch_size,)
        Targets.
    params : array_like of float, shape (n_params,)
        Where.
    config : Config
        The network and its loss.

    Returns
    -------
    ndarray of float, shape (n_params,)
        In the order of `params`.

    Examples
    --------
    One neuron, ŷ = ½ and y = 1: (½ − 1)·2, (½ − 1)·4 and ½ − 1.

    >>> gradient([[2, 4]], [1], [0, 0, 0], Config(hidden_sizes=()))
    array([-1. , -2. , -0.5])
    """
    y = np.asarray(y, dtype=np.float64)
    sums, outputs = net.forward(x, params, config)
    delta = outputs[-1].copy()  # ∂L/∂z, shape (batch_size, n_neurons), from the last layer back
    if config.loss == "cross_entropy":
        delta[np.arange(y.size), y.astype(int)] -= 1
    else:
        delta[:, 0] -= y
    if config.loss == "mean_squared_error":
        delta *= 2
    pieces: list[Floats] = []
    layers, names, masks = net.layers_of(params, config), net.activations(config), net.keep(config)
    for i in range(len(layers) - 1, -1, -1):
        of_weights = delta.T @ outputs[i] / y.size
        pieces[:0] = [of_weights.ravel(), delta.mean(axis=0)]
        if i > 0:
            flow = delta @ layers[i].weights
            delta = flow * net.slope(sums[i - 1], names[i - 1]) * masks[i - 1]
    return np.concatenate(pieces)


FORMULAS = {
    "model": r"z_j = \sum_k w_{jk} \, a_k + b_j \qquad a_j = f(z_j)",
    "gradient": r"\frac{\partial L}{\partial w_{jk}} = \delta_j \, a_k \qquad"
    r" \frac{\partial L}{\partial b_j} = \delta_j",
    "delta": r"\delta_k = f'(z_k) \sum_j w_{jk} \, \delta_j",
    "binary_cross_entropy": r"\hat y = \sigma(z) \qquad"
    r" L = -\,y \ln \hat y - (1 - y) \ln(1 - \hat y) \qquad \delta = \hat y - y",
    "cross_entropy": r"\hat y_j = \frac{e^{z_j}}{\sum_i e^{z_i}} \qquad L = -\ln \hat y_y \qquad"
    r" \delta_j = \hat y_j - [j = y]",
    "mean_squared_error": r"\hat y = z \qquad L = (\hat y - y)^2 \qquad \delta = 2\,(\hat y - y)",
    "sgd": r"\theta \leftarrow \theta - \eta \, g",
    "momentum": r"m \leftarrow 0.9 \, m + g \qquad \theta \leftarrow \theta - \eta \, m",
    "adam_mean": r"m \leftarrow 0.9 \, m + 0.1 \, g \qquad \hat m = \frac{m}{1 - 0.9^t}",
    "adam_square": r"v \leftarrow 0.999 \, v + 0.001 \, g^2 \qquad \hat v = \frac{v}{1 - 0.999^t}",
    "adam": r"\theta \leftarrow \theta - \eta \, \frac{\hat m}{\sqrt{\hat v} + 10^{-8}}",
    "l2": r"g \leftarrow g + \lambda_2 \, w",
    "l1": r"w \leftarrow \operatorname{sgn}(w) \cdot \max(|w| - \eta \, \lambda_1,\, 0)",
}
"""The lesson's formulas in LaTeX."""


def playground_points(x: ArrayLike, y: ArrayLike, config: Config) -> Points:
    """Check samples for the network's loss; return read-only float arrays.

    Raises
    ------
    InputError
        If `core.planes.points.as_points` does, or a target is none that the loss knows.

    Examples
    --------
    >>> playground_points([[1, 2]], [3], Config(loss="cross_entropy", n_classes=3))
    Traceback (most recent call last):
    core.messages.InputError: Sample 1 has y = 3; with 3 classes every y must be a whole number
        from 0 to 2.
    """
    points = as_points(x, y)
    if config.loss == "cross_entropy":
        check_classes(points.y, config.n_classes)
    if config.loss == "binary_cross_entropy":
        is_share = (points.y >= 0) & (points.y <= 1)
        i = int(is_share.argmin())
        require(
            bool(is_share.all()),
            N_("Sample {number} has y = {y:g}; the neuron needs every y from 0 to 1."),
            number=i + 1,
            y=points.y[i],
        )
    return points


def train(
    x: ArrayLike,
    y: ArrayLike,
    config: Config,
    *,
    start: ArrayLike | None = None,
    test: Points | None = None,
    after: Run | None = None,
) -> Run:
    """Train the network for ``config.n_epochs`` passes over the samples, or train on.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Both coordinates of each point.
    y : array_like of float, shape (n_samples,)
        The class, from 0 on, or the number to tell.
    config : Config
        The hyperparameters.
    start : array_like of float, shape (n_params,), optional
        The parameters to start from, instead of the drawn ones or those of `after`.
    test : Points, optional
        Samples that are kept apart.
    after : Run, optional
        Go on from its end with the settings of `config`; updates and epochs count on. See
        `core.planes.playground.start.carry` for a network that is built differently.

    Returns
    -------
    Run
        A `History`. The extra columns: ``test_loss`` where there are test samples; ``accuracy``
        and ``test_accuracy`` where there are classes; ``n_dead``, how many ReLU neurons give 0 for
        every sample; ``learning_rate``, that of the next update. A run that diverges stops at the
        update where it did, with ``diverged`` set; ``ended_at`` says which.

    Raises
    ------
    InputError
        If the samples are not as `playground_points` wants them, or `start` does not fit the
        network, or there is a patience without test samples.

    Examples
    --------
    >>> points = make("circle")
    >>> run = train(*points, Config(n_epochs=10))
    >>> later = train(*points, Config(n_epochs=5, learning_rate=0.1), after=run)
    >>> int(run.update[-1]), int(later.update[0]), int(later.update[-1])
    (200, 200, 300)
    """
    x, y = playground_points(x, y, config)
    test = NO_POINTS if test is None or test.y.size == 0 else playground_points(*test, config)
    check_patience(config, test.y.size)
    begun = begin(config, start, after)
    params, memory = net.pad(begun.params, config), net.pad(begun.state.memory, config)
    sizes = np.array(net.layer_sizes(config))
    bends = np.array(
        [
            *(net.ACTIVATIONS.index(name) for name in net.activations(config)),
            net.LOSSES.index(config.loss),
        ]
    )
    kept = np.ones((params.shape[0], params.shape[2]))
    for layer, neuron in config.silenced:
        kept[layer, neuron] = 0.0
    inputs, test_inputs = net.features(x, config.inputs), net.features(test.x, config.inputs)
    batch_size = size_of_batch(config.batch_size, y.size)
    n_batches = count_batches(y.size, batch_size)
    n_updates = config.n_epochs * n_batches
    highest_loss = begun.state.highest_loss
    if highest_loss is None:
        first_loss = evaluate(inputs, y, sizes, bends, kept, params)[0]
        highest_loss = DIVERGED_AT * max(first_loss, 1.0)
    updates, recorded, measured, n_done, diverged, stopped_early = descend(
        inputs,
        y,
        test_inputs,
        test.y,
        sizes,
        bends,
        kept,
        params,
        memory,
        begun.state.n_steps,
        OPTIMISERS.index(config.optimiser),
        float(config.learning_rate),
        config.schedule == "cosine",
        float(config.l1),
        float(config.l2),
        float(config.dropout),
        config.n_epochs,
        batch_size,
        config.shuffle and n_batches > 1,  # one batch of all samples has no order
        config.patience or 0,
        begun.state.rng,
        thinning(n_updates, config.record_every),
        highest_loss,
    )
    return finished(
        config,
        begun.update + updates,
        begun.epoch + updates // n_batches,
        net.unpad(recorded, config),
        measured,
        learning_rates(config, updates, n_updates),
        State(
            net.unpad(memory, config),
            begun.state.n_steps + n_done,
            begun.state.rng,
            highest_loss,
        ),
        ended_at=begun.update + n_done,
        diverged=diverged,
        stopped_early=stopped_early,
    )


def learning_rates(config: Config, update: ArrayLike, n_updates: int) -> Floats:
    """Return the rate of the next update, where so many of the run's are done.

    Examples
    --------
    >>> learning_rates(Config(learning_rate=0.1, schedule="cosine"), [0, 50, 100], 100)
    array([0.1 , 0.05, 0.  ])
    """
    share = np.asarray(update) / n_updates
    factor = (1 + np.cos(np.pi * share)) / 2 if config.schedule == "cosine" else 1.0 + 0 * share
    return np.asarray(config.learning_rate * factor)


if __name__ == "__main__":
    show(train, *make(), Config())
