import dataclasses

import numpy as np
import pytest
import torch

from core.digits.network.forward import convolutional_layers, dense_layers
from core.digits.network.model import Model
from core.digits.sketch.inside import (
    activations,
    incoming_weights,
    strongest_paths,
    unit_activations,
    weighted_sum,
)
from core.digits.sketch.nearest import last_hidden
from tests.core.digits.networks import SHAPES, as_torch, random_dense


def test_the_last_layer_is_what_the_network_says(model, images):
    run = convolutional_layers if model.card.is_convolutional else dense_layers
    layers = run(images, model.weights)
    np.testing.assert_allclose(layers[-1], model.logits(images), atol=1e-4)
    np.testing.assert_array_equal(last_hidden(model, images), layers[-2])
    for hidden in layers[1:-1]:
        assert hidden.min() >= 0
    one = activations(model, images[3])
    assert [layer.size for layer in one] == [layer[3].size for layer in layers]
    np.testing.assert_allclose(one[-1], layers[-1][3], atol=1e-4)


def test_a_channel_counts_by_its_strongest_place(convolutional, images):
    layers = activations(convolutional, images[0])
    units = unit_activations(layers)
    assert [unit.size for unit in units] == [784, 16, 32, 48, 10]
    assert units[1][5] == layers[1][5].max()


def test_a_weighted_sum_is_the_units_own(model, images):
    layers = activations(model, images[0])
    for layer in (1, 2, 3, 4):
        if layers[layer].ndim == 3:
            assert incoming_weights(model, layer, 2).shape[1:] == (3, 3)
            continue
        for unit in range(0, layers[layer].size, 7):
            total = weighted_sum(model, layers, layer, unit)
            assert total.activation == layers[layer][unit]
            passed_on = total.inputs + total.bias
            expected = passed_on if layer == 4 else max(passed_on, 0)
            assert total.activation == pytest.approx(expected, abs=1e-4)


def test_the_strongest_paths_by_hand(dense):
    card = dataclasses.replace(dense.card, layer_sizes=(784, 3, 2, 2, 10))
    rng = np.random.default_rng(0)
    shapes = {"1": (3, 784), "3": (2, 3), "5": (2, 2), "7": (10, 2)}
    weights = {}
    for name, shape in shapes.items():
        weights[f"{name}.weight"] = rng.normal(size=shape).astype(np.float32)
        weights[f"{name}.bias"] = np.zeros(shape[0], np.float32)
    weights["7.weight"][4] = [2, -1]
    weights["5.weight"][0] = [1, 3]
    weights["3.weight"][1] = [1, 2, -5]
    weights["3.weight"][0] = [-1, 0, 4]
    layers = [np.ones(784), np.array([1, 2, 3]), np.array([1, 2]), np.array([5, 7]), np.zeros(10)]
    edges = strongest_paths(Model(weights, card), layers, winner=4, n=2)
    assert [tuple(edge) for edge in edges] == [
        (4, 0, 4, 10.0),  # the other contribution, −7, speaks against it
        (3, 1, 0, 6.0),
        (3, 0, 0, 1.0),
        (2, 1, 1, 4.0),
        (2, 0, 1, 1.0),
        (2, 2, 0, 12.0),
    ]


def test_paths_are_the_largest_contributions_of_all(dense, images):
    layers = activations(dense, images[0])
    winner = int(layers[-1].argmax())
    edges = strongest_paths(dense, layers, winner)
    assert len(edges) <= 39
    for layer in (4, 3, 2):
        here = [edge for edge in edges if edge.layer == layer]
        for target in {edge.target for edge in here}:
            parts = np.sort(incoming_weights(dense, layer, target) * layers[layer - 1])[::-1][:3]
            found = [edge.contribution for edge in here if edge.target == target]
            np.testing.assert_allclose(found, parts[parts > 0], rtol=1e-6)
        below = {edge.target for edge in edges if edge.layer == layer - 1}
        assert below <= {edge.source for edge in here}


def test_a_path_through_a_negative_unit_follows_what_lowers_it():
    model = random_dense(3, 2, activation="tanh")
    weights = dict(model.weights)
    weights["5.weight"] = np.zeros((10, 2), np.float32)
    weights["5.weight"][4] = [-2, 1]
    weights["3.weight"] = np.array([[1, -3, 2], [1, 5, 2]], np.float32)
    layers = [np.ones(784), np.array([0.5, 0.2, -0.9]), np.array([-0.8, 0.4]), np.zeros(10)]
    edges = strongest_paths(Model(weights, model.card), layers, winner=4, n=2)
    assert [tuple(edge)[:3] for edge in edges] == [
        (3, 0, 4),  # −0.8 × −2
        (3, 1, 4),
        (2, 2, 0),  # −1.8 and −0.6 keep the negative unit negative
        (2, 1, 0),
        (2, 1, 1),
        (2, 0, 1),
    ]
    contributions = [edge.contribution for edge in edges]
    np.testing.assert_allclose(contributions, [1.6, 0.4, -1.8, -0.6, 1.0, 0.5], rtol=1e-6)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", SHAPES)
def test_what_any_network_says_inside(activation, hidden, images):
    model = random_dense(*hidden, activation=activation)
    layers = activations(model, images[0])
    assert [layer.size for layer in layers] == [784, *hidden, 10]
    edges = strongest_paths(model, layers, int(layers[-1].argmax()))
    assert {edge.layer for edge in edges} <= set(range(2, len(layers)))
    function = as_torch(model)[2] if hidden else None
    for layer in range(1, len(layers)):
        total = weighted_sum(model, layers, layer, 0)
        assert total.activation == layers[layer][0]
        passed_on = torch.tensor(total.inputs + total.bias)
        expected = passed_on if layer == len(layers) - 1 else function(passed_on)
        assert total.activation == pytest.approx(float(expected), abs=1e-4)
