r"""The Playground's network: its inputs, its layers as one row of numbers, and one pass through it.

All parameters lie in one row, ``params``: layer by layer, of each layer the weights, then the
biases; the weights neuron by neuron. What one neuron adds up is

.. math:: z_j = \sum_k w_{jk} a_k + b_j \qquad a_j = f(z_j)

with the outputs :math:`a_k` of the layer before; the first layer's are the inputs, computed from
x₁ and x₂ by `features`.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.curves.activations import functions

Floats = NDArray[np.float64]

Input = Literal["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]
"""What the network may be given of a point."""

Activation = Literal["linear", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "gelu"]
"""What a hidden neuron may do to its sum."""

Loss = Literal["binary_cross_entropy", "cross_entropy", "mean_squared_error"]
"""What is to become small: of two classes, of several classes, of a number."""

Initialisation = Literal["xavier", "he", "uniform", "zero"]
"""How the parameters before the first update are drawn."""

INPUTS: dict[Input, Callable[[Floats, Floats], Floats]] = {
    "x1": lambda x1, _: x1,
    "x2": lambda _, x2: x2,
    "x1_squared": lambda x1, _: x1**2,
    "x2_squared": lambda _, x2: x2**2,
    "x1_x2": lambda x1, x2: x1 * x2,
    "sin_x1": lambda x1, _: np.sin(x1),
    "sin_x2": lambda _, x2: np.sin(x2),
}
"""By name: the input of a point."""

LABELS: dict[Input, str] = {
    "x1": "x₁",
    "x2": "x₂",
    "x1_squared": "x₁²",
    "x2_squared": "x₂²",
    "x1_x2": "x₁·x₂",
    "sin_x1": "sin x₁",
    "sin_x2": "sin x₂",
}
"""By name: the input as a formula has it, in every language."""

MAX_LAYERS, MAX_NEURONS, MAX_CLASSES = 6, 16, 4
"""The most hidden layers, neurons in one of them, and classes."""


class Layer(NamedTuple):
    """One layer's parameters."""

    weights: Floats
    """Shape (n_outputs, n_inputs)."""
    biases: Floats
    """Shape (n_outputs,)."""


class Network(Protocol):
    """The fields of a configuration that say how the network is built."""

    @property
    def inputs(self) -> tuple[Input, ...]: ...
    @property
    def hidden_sizes(self) -> tuple[int, ...]: ...
    @property
    def activation(self) -> Activation | tuple[Activation, ...]: ...
    @property
    def loss(self) -> Loss: ...
    @property
    def n_classes(self) -> int: ...
    @property
    def silenced(self) -> tuple[tuple[int, int], ...]: ...


def features(x: ArrayLike, inputs: Sequence[Input]) -> Floats:
    """Compute the network's inputs of points, shape (..., n_inputs), from x, shape (..., 2).

    Examples
    --------
    >>> features([[2, 3]], ["x1", "x2_squared", "x1_x2"])
    array([[2., 9., 6.]])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.stack([INPUTS[name](x[..., 0], x[..., 1]) for name in inputs], axis=-1)


def n_outputs(network: Network) -> int:
    """Return how many output neurons there are: one for each of several classes, else one."""
    return network.n_classes if network.loss == "cross_entropy" else 1


def layer_sizes(network: Network) -> tuple[int, ...]:
    """Return the number of inputs, of neurons in each hidden layer, and of outputs."""
    return (len(network.inputs), *network.hidden_sizes, n_outputs(network))


def activations(network: Network) -> tuple[Activation, ...]:
    """Return the activation of each hidden layer."""
    if isinstance(network.activation, str):
        return (network.activation,) * len(network.hidden_sizes)
    return network.activation


def count_params(network: Network) -> int:
    """Return the number of weights and biases."""
    return sum((n + 1) * m for n, m in pairwise(layer_sizes(network)))


def layers_of(params: ArrayLike, network: Network) -> list[Layer]:
    """Return the layers in a row of parameters, as views of it."""
    params = np.asarray(params, dtype=np.float64)
    layers, first = [], 0
    for n, m in pairwise(layer_sizes(network)):
        biases = first + n * m
        layers.append(Layer(params[first:biases].reshape(m, n), params[biases : biases + m]))
        first = biases + m
    return layers


def pad(params: Floats, network: Network) -> Floats:
    """Lay rows of parameters out as the compiled loop has them.

    Parameters
    ----------
    params : ndarray of float, shape (..., n_params)
        Rows of parameters.
    network : Network
        A configuration.

    Returns
    -------
    ndarray of float, shape (..., n_layers, width + 1, width)
        ``[layer, k, j]`` is neuron j's weight on output k of the layer before; the row after the
        last weights has the biases; elsewhere 0. The width is that of the widest layer.
    """
    sizes = layer_sizes(network)
    width = max(sizes)
    padded = np.zeros((*params.shape[:-1], len(sizes) - 1, width + 1, width))
    first = 0
    for layer, (n, m) in enumerate(pairwise(sizes)):
        biases = first + n * m
        weights = params[..., first:biases].reshape(*params.shape[:-1], m, n)
        padded[..., layer, :n, :m] = np.swapaxes(weights, -1, -2)
        first = biases + m
        padded[..., layer, n, :m] = params[..., biases:first]
    return padded


def unpad(padded: Floats, network: Network) -> Floats:
    """Return the rows of parameters that `pad` has laid out.

    Examples
    --------
    >>> from core.planes.playground import Config
    >>> rows = np.arange(18.0).reshape(2, 9)
    >>> bool((unpad(pad(rows, Config(hidden_sizes=(2,))), Config(hidden_sizes=(2,))) == rows).all())
    True
    """
    pieces = []
    for layer, (n, m) in enumerate(pairwise(layer_sizes(network))):
        weights = np.swapaxes(padded[..., layer, :n, :m], -1, -2)
        pieces += [weights.reshape(*padded.shape[:-3], n * m), padded[..., layer, n, :m]]
    return np.concatenate(pieces, axis=-1)


def param_names(network: Network) -> tuple[str, ...]:
    """Return the name of each number in a row of parameters.

    ``hidden2_weight_1_3`` is the weight of the second hidden layer's neuron 1 on what comes third
    into it, ``output_bias_1`` the bias of the output neuron; all count from 1.
    """
    sizes = layer_sizes(network)
    names = []
    for i, (n, m) in enumerate(pairwise(sizes), start=1):
        layer = "output" if i == len(sizes) - 1 else f"hidden{i}"
        names += [f"{layer}_weight_{j}_{k}" for j in range(1, m + 1) for k in range(1, n + 1)]
        names += [f"{layer}_bias_{j}" for j in range(1, m + 1)]
    return tuple(names)


def keep(network: Network) -> list[Floats]:
    """Return for each hidden layer a 1 for each neuron, and a 0 for each that is silenced."""
    masks = [np.ones(size) for size in network.hidden_sizes]
    for layer, neuron in network.silenced:
        masks[layer][neuron] = 0.0
    return masks


class Pass(NamedTuple):
    """What every neuron did with some samples."""

    sums: list[Floats]
    """z of each layer, hidden ones and output: shape (..., n_samples, n_neurons)."""
    outputs: list[Floats]
    """The inputs, then a of each layer; the last are the network's answers ŷ."""


def forward(x: ArrayLike, params: ArrayLike, network: Network) -> Pass:
    """Send samples through the network.

    Parameters
    ----------
    x : array_like of float, shape (n_samples, 2)
        Both coordinates of each point.
    params : array_like of float, shape (n_params,)
        The network's parameters.
    network : Network
        A configuration.

    Returns
    -------
    Pass
    """
    a = features(x, network.inputs)
    sums, outputs = [], [a]
    *hidden, last = layers_of(params, network)
    for layer, name, mask in zip(hidden, activations(network), keep(network), strict=True):
        sums.append(a @ layer.weights.T + layer.biases)
        a = activate(sums[-1], name) * mask
        outputs.append(a)
    sums.append(a @ last.weights.T + last.biases)
    outputs.append(answer(sums[-1], network.loss))
    return Pass(sums, outputs)


def dead_neurons(x: ArrayLike, params: ArrayLike, network: Network) -> list[NDArray[np.bool_]]:
    """Say of each hidden layer's neurons which give 0 for every sample: dead ReLUs.

    Silenced ones are none. x is of shape (n_samples, 2), params of shape (n_params,).
    """
    sums = forward(x, params, network).sums[:-1]
    return [
        (z <= 0).all(axis=0) & (mask > 0) & (name == "relu")
        for z, name, mask in zip(sums, activations(network), keep(network), strict=True)
    ]


def activate(z: ArrayLike, name: Activation) -> Floats:
    """Return f(z)."""
    if name == "linear":
        return np.asarray(z, dtype=np.float64)
    return functions.ACTIVATIONS[name].function(z)


def slope(z: ArrayLike, name: Activation) -> Floats:
    """Return f′(z)."""
    if name == "linear":
        return np.ones(np.shape(z))
    return functions.ACTIVATIONS[name].derivative(z)


def answer(z: ArrayLike, loss: Loss) -> Floats:
    """Return ŷ of the output neurons' sums z: sigmoid, softmax, or z itself."""
    z = np.asarray(z, dtype=np.float64)
    if loss == "binary_cross_entropy":
        return functions.sigmoid(z)
    if loss == "cross_entropy":
        powers = np.exp(z - z.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
    return z


LOSSES = get_args(Loss)
ACTIVATIONS = get_args(Activation)
RELU = ACTIVATIONS.index("relu")
INITIALISATIONS = get_args(Initialisation)
