"""What happens inside a network that reads a digit: layer by layer, and along its strongest paths.

A network of fully connected layers passes numbers on: each unit weighs what comes in, adds its
bias, and hands on what its activation function makes of the sum. A unit's *contribution* to one of
the next layer is therefore its activation times the weight between them.
"""

from typing import NamedTuple

import numpy as np

from core.digits.network.activation import Floats
from core.digits.network.model import Model
from core.digits.network.weights import layer_names


class Edge(NamedTuple):
    """A connection on a path to a winner."""

    layer: int
    """The layer of the target: 1 is the first hidden one, the last the ten outputs."""
    source: int
    """The unit that passes its activation on, in the layer before."""
    target: int
    contribution: float
    """Activation of the source times the weight between the two."""


class WeightedSum(NamedTuple):
    """How one unit comes to its activation."""

    inputs: float
    """The sum of weight × activation over all that comes in."""
    bias: float
    activation: float
    """Of a hidden unit, what its activation function makes of both; of an output, as they are."""


def activations(model: Model, pixels: Floats) -> list[Floats]:
    """Give what each layer passes on for one picture.

    Parameters
    ----------
    model : Model
    pixels : ndarray of float32
        (28, 28), from 0 (paper) to 1 (ink).

    Returns
    -------
    list of ndarray
        The picture, the hidden layers and the raw scores. Of a dense network each is (n_units,).
        Of a convolutional one, the blocks after the picture give maps, (n_channels, h, w).

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "modern.safetensors")
    >>> layers = activations(model, mnist.load("train").images[0] / np.float32(255))
    >>> [layer.shape for layer in layers], int(layers[-1].argmax())
    ([(784,), (200,), (200,), (200,), (10,)], 5)
    """
    return [layer[0] for layer in model.layers(pixels[None])]


def unit_activations(layers: list[Floats]) -> list[Floats]:
    """Give one number a unit: a map, which one channel gives, counts by its largest.

    Examples
    --------
    >>> unit_activations([np.array([0.5]), np.array([[[0, 2], [4, 2]]])])
    [array([0.5]), array([4])]
    """
    return [layer.max(axis=(1, 2)) if layer.ndim == 3 else layer for layer in layers]


def incoming_weights(model: Model, layer: int, unit: int) -> Floats:
    """Give the weights with which one unit weighs what comes in.

    Parameters
    ----------
    model : Model
    layer : int
        1 is the first hidden layer, the last the ten outputs.
    unit : int
        From 0.

    Returns
    -------
    ndarray of float32
        Of a dense layer (n_inputs,). Of a convolution (n_channels in, side, side).

    Examples
    --------
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "modern.safetensors")
    >>> [incoming_weights(model, layer, 0).shape for layer in (1, 2, 3, 4)]
    [(784,), (200,), (200,), (200,)]
    """
    row: Floats = model.weights[layer_names(model.weights)[layer - 1][0]][unit]
    return row


def weighted_sum(model: Model, layers: list[Floats], layer: int, unit: int) -> WeightedSum:
    """Explain the activation of one unit of a dense layer.

    Parameters
    ----------
    model : Model
    layers : list of ndarray
        As `activations` gives them.
    layer, unit : int
        As in `incoming_weights`; the layer must be a dense one.

    Returns
    -------
    WeightedSum
    """
    bias = float(model.weights[layer_names(model.weights)[layer - 1][1]][unit])
    inputs = float(incoming_weights(model, layer, unit) @ layers[layer - 1].ravel())
    return WeightedSum(inputs, bias, float(layers[layer][unit]))


def strongest_paths(model: Model, layers: list[Floats], winner: int, n: int = 3) -> list[Edge]:
    """Follow from a winning output back what raises it most, layer by layer.

    Of the winner and of every unit found, the `n` largest contributions above 0 are kept, back to
    the first hidden layer. A unit may also raise the next by an activation below 0, as tanh gives:
    of such a unit, those that lower it most are kept.

    Parameters
    ----------
    model : Model
        A dense network.
    layers : list of ndarray
        As `activations` gives them.
    winner : int
        The output to explain.
    n : int, default=3
        How many connections of each unit are followed.

    Returns
    -------
    list of Edge
        At most n + n² + n³ of them for three hidden layers, from the winner backwards; none if
        there is no hidden layer, or if nothing raises the winner.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "modern.safetensors")
    >>> layers = activations(model, mnist.load("train").images[0] / np.float32(255))
    >>> edges = strongest_paths(model, layers, winner=5)
    >>> [edge.layer for edge in edges[:4]], edges[0].target, len(edges) <= 39
    ([4, 4, 4, 3], 5, True)
    """
    edges: list[Edge] = []
    targets = [winner]
    for layer in range(len(layers) - 1, 1, -1):
        found: list[Edge] = []
        for target in targets:
            parts = incoming_weights(model, layer, target) * layers[layer - 1]
            raised = layer == len(layers) - 1 or layers[layer][target] >= 0
            helping = parts if raised else -parts
            largest = np.argsort(-helping, kind="stable")[:n]
            found += [
                Edge(layer, int(source), target, float(parts[source]))
                for source in largest
                if helping[source] > 0
            ]
        edges += found
        targets = list(dict.fromkeys(edge.source for edge in found))
    return edges
