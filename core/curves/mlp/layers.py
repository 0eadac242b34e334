r"""What both engines of the MLP share: its layers as one row of numbers, its records.

A network with one input and one output has all its parameters in one row: layer by layer, of each
layer the weights, then the biases; the weights neuron by neuron. numpy is all this module needs,
so that a finished run can be drawn without PyTorch.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.curves.activations.functions import ACTIVATIONS, sigmoid
from core.history import thinning

MAX_HIDDEN = 32
"""The most neurons in a hidden layer."""

Floats = NDArray[np.float64]


class Layer(NamedTuple):
    """One layer's parameters."""

    weights: Floats
    """Shape (n_outputs, n_inputs)."""
    biases: Floats
    """Shape (n_outputs,)."""


class Architecture(Protocol):
    """The fields of a configuration that say how the network is built."""

    @property
    def n_hidden(self) -> int: ...
    @property
    def n_hidden_layers(self) -> int: ...
    @property
    def activation(self) -> str: ...


def layer_sizes(network: Architecture) -> tuple[int, ...]:
    """Return the number of inputs, of neurons in each hidden layer, and of outputs.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> layer_sizes(SimpleNamespace(n_hidden=3, n_hidden_layers=2))
    (1, 3, 3, 1)
    """
    return (1, *[network.n_hidden] * network.n_hidden_layers, 1)


def count_params(sizes: Sequence[int]) -> int:
    """Return the number of weights and biases.

    Examples
    --------
    >>> count_params((1, 3, 1))
    10
    """
    return sum((n_inputs + 1) * n_outputs for n_inputs, n_outputs in pairwise(sizes))


def split(params: ArrayLike, sizes: Sequence[int]) -> list[Layer]:
    """Return the layers in a row of parameters, as views of it.

    Examples
    --------
    >>> split([1, 2, 3, 4, 5, 6, 7], (1, 2, 1))[1]
    Layer(weights=array([[5., 6.]]), biases=array([7.]))
    """
    params = np.asarray(params, dtype=np.float64)
    layers, first = [], 0
    for n_inputs, n_outputs in pairwise(sizes):
        biases = first + n_inputs * n_outputs
        weights = params[first:biases].reshape(n_outputs, n_inputs)
        first = biases + n_outputs
        layers.append(Layer(weights, params[biases:first]))
    return layers


def param_names(sizes: Sequence[int]) -> tuple[str, ...]:
    """Return the name of each number in a row of parameters.

    Examples
    --------
    >>> param_names((1, 2, 1))  # doctest: +NORMALIZE_WHITESPACE
    ('hidden_weight_1', 'hidden_weight_2', 'hidden_bias_1', 'hidden_bias_2',
     'output_weight_1', 'output_weight_2', 'output_bias')

    With two hidden layers, the weight of the second layer's neuron 1 on the first's neuron 2:

    >>> param_names((1, 2, 2, 1))[5]
    'hidden2_weight_1_2'
    """
    names = []
    n_hidden_layers = len(sizes) - 2
    for i, (n_inputs, n_outputs) in enumerate(pairwise(sizes), start=1):
        if i > n_hidden_layers:
            names += [f"output_weight_{j}" for j in range(1, n_inputs + 1)] + ["output_bias"]
            continue
        layer = "hidden" if n_hidden_layers == 1 else f"hidden{i}"
        neurons, inputs = range(1, n_outputs + 1), range(1, n_inputs + 1)
        if i == 1:
            names += [f"{layer}_weight_{j}" for j in neurons]
        else:
            names += [f"{layer}_weight_{j}_{k}" for j in neurons for k in inputs]
        names += [f"{layer}_bias_{j}" for j in neurons]
    return tuple(names)


def distance_of_records(n_epochs: int, n_batches: int, record_every: int | None) -> int:
    """Return how many updates lie between two records: thinned runs keep whole epochs.

    Parameters
    ----------
    n_epochs, n_batches : int
        How many epochs, and batches in each.
    record_every : int or None
        The caller's wish; None keeps at most `MAX_RECORDS` records, and where an epoch or more
        lies between two of them, they are the states at the ends of epochs.

    Examples
    --------
    >>> distance_of_records(20_000, 7, None)  # every 68th epoch
    476
    >>> distance_of_records(100, 7, None), distance_of_records(20_000, 7, 1)
    (3, 1)
    """
    distance = thinning(n_epochs * n_batches, record_every)
    if record_every is not None or distance <= n_batches:
        return distance
    return -(-distance // n_batches) * n_batches


def hidden_outputs(x: ArrayLike, params: ArrayLike, network: Architecture) -> Floats:
    """Return what the neurons of the last hidden layer give: the output neuron weighs these.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    params : array_like of float, shape (n_params,)
        The network's parameters.
    network : Architecture
        A configuration: how many hidden neurons, in how many layers, with which activation.

    Returns
    -------
    ndarray of float, shape (n_samples, n_hidden)

    Examples
    --------
    >>> from core.curves.mlp import Config
    >>> hidden_outputs([0, 1], [np.log(3), 0, 5, 0], Config(n_hidden=1))
    array([[0.5 ],
           [0.75]])
    """
    outputs = np.asarray(x, dtype=np.float64)[:, np.newaxis]
    for weights, biases in split(params, layer_sizes(network))[:-1]:
        outputs = ACTIVATIONS[network.activation].function(outputs @ weights.T + biases)
    return outputs


def predict(x: ArrayLike, params: ArrayLike, network: Architecture) -> Floats:
    """Return ŷ, the sigmoid of the weighted sum of the last hidden layer; shape (n_samples,).

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    params : array_like of float, shape (n_params,)
        The network's parameters.
    network : Architecture
        A configuration: how many hidden neurons, in how many layers, with which activation.

    Examples
    --------
    >>> from core.curves.mlp import Config
    >>> predict([0], [7, 0, 2, -1], Config(n_hidden=1))
    array([0.5])
    """
    weights, biases = split(params, layer_sizes(network))[-1]
    return sigmoid(hidden_outputs(x, params, network) @ weights[0] + biases[0])
