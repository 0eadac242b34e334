import dataclasses

import numpy as np
import pytest
import torch

from core.digits import mnist
from core.digits.inspect.units import (
    activity,
    hidden_layers,
    largest,
    layer_widths,
    most_active,
    silenced,
)
from core.digits.network import files
from core.digits.recognise import shipped_models
from core.messages import InputError
from tests.core.digits.networks import SHAPES, as_torch, random_convolutional, random_dense


@pytest.fixture(scope="module")
def images():
    return mnist.load("test").pixels()[:150]


@pytest.fixture(scope="module", params=["article", "sketch", "convolutional"])
def model(request):
    if request.param == "convolutional":
        return random_convolutional()
    return files.read_model(shipped_models()[request.param])


def torch_hidden(model, images):
    """What torch's network puts out after each ReLU, a channel's map as its mean over pooling."""
    x, hidden = torch.tensor(images), []
    modules = list(as_torch(model))
    with torch.no_grad():
        for i, module in enumerate(modules):
            x = module(x)
            pooled = i + 1 < len(modules) and isinstance(modules[i + 1], torch.nn.MaxPool2d)
            if isinstance(module, torch.nn.ReLU) and not pooled:
                hidden.append(x.numpy())
            if isinstance(module, torch.nn.MaxPool2d):
                hidden.append(x.mean(dim=(2, 3)).numpy())
    return hidden


def test_hidden_layers_are_torchs(model, images):
    layers, theirs = hidden_layers(model, images), torch_hidden(model, images)
    assert [layer.shape[1] for layer in layers] == list(layer_widths(model))
    for ours, other in zip(layers, theirs, strict=True):
        np.testing.assert_allclose(ours, other, atol=2e-4)


def test_a_silenced_unit_is_as_if_torchs_put_out_0(model, images):
    for layer, width in enumerate(layer_widths(model), start=1):
        units = [0, width // 2, width - 1]
        network = as_torch(model)
        after = [i for i, m in enumerate(network) if isinstance(m, torch.nn.ReLU)][layer - 1]

        def mute(_module, _inputs, output, units=units):
            output[:, units] = 0

        network[after].register_forward_hook(mute)
        with torch.no_grad():
            expected = network(torch.tensor(images)).numpy()
        found = silenced(model, layer, units).logits(images)
        np.testing.assert_allclose(found, expected, atol=2e-4)
        assert not np.allclose(found, model.logits(images), atol=1e-3)


def test_silencing_leaves_the_network_itself_alone(model):
    before = {name: array.copy() for name, array in model.weights.items()}
    quiet = silenced(model, 1, [0, 1])
    assert quiet.weights.keys() == before.keys()
    for name, array in model.weights.items():
        np.testing.assert_array_equal(array, before[name])


def test_silencing_none_or_a_dead_unit_changes_nothing(images):
    model = files.read_model(shipped_models()["modern"])
    layers = hidden_layers(model, mnist.load("test").pixels())
    dead = int(np.flatnonzero(activity(layers[2]).active_share == 0)[0])
    for units in ([], [dead]):
        quiet = silenced(model, 3, units)
        np.testing.assert_array_equal(quiet.logits(images), model.logits(images))


def test_the_order_of_the_weights_does_not_matter():
    model = random_convolutional()
    shuffled = dataclasses.replace(model, weights=dict(sorted(model.weights.items())))
    assert layer_widths(shuffled) == layer_widths(model) == (16, 32, 48)


def test_activity_counts_by_hand():
    rng = np.random.default_rng(1)
    layer = np.maximum(rng.normal(size=(40, 6)), 0).astype(np.float32)
    layer[:, 2] = 0
    found = activity(layer, k=3)
    assert found.is_dead.tolist() == [False, False, True, False, False, False]
    for unit in range(6):
        assert found.active_share[unit] == pytest.approx(sum(layer[:, unit] > 0) / 40)
        by_hand = sorted(range(40), key=lambda i, u=unit: (-layer[i, u], i))[:3]
        assert found.strongest[unit].tolist() == by_hand
    assert found.n_dead == 1
    assert found.saturated_share == pytest.approx((layer == 0).mean())


@pytest.mark.parametrize("activation", ["leaky_relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("hidden", [(3,), (7, 1, 5, 4)])
def test_other_activations_units_are_torchs_silenced_or_not(activation, hidden, images):
    model = random_dense(*hidden, activation=activation)
    assert layer_widths(model) == hidden
    for layer, ours in enumerate(hidden_layers(model, images), start=1):
        network = as_torch(model)
        kept = []

        def mute(_module, _inputs, output, kept=kept):
            kept.append(output.clone().numpy())
            output[:, -1] = 0

        network[2 * layer].register_forward_hook(mute)
        with torch.no_grad():
            expected = network(torch.tensor(images)).numpy()
        np.testing.assert_allclose(ours, kept[0], atol=1e-5)
        quiet = silenced(model, layer, [hidden[layer - 1] - 1])
        np.testing.assert_allclose(quiet.logits(images), expected, atol=1e-4)


def test_a_network_without_hidden_layers_has_none_to_silence(images):
    model = random_dense()
    assert hidden_layers(model, images) == layer_widths(model) == ()
    with pytest.raises(InputError, match=r"no hidden layer"):
        silenced(model, 1, [0])


@pytest.mark.parametrize("hidden", [shape for shape in SHAPES if shape])
@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "sigmoid"])
def test_a_saturated_unit_lets_hardly_any_gradient_through(activation, hidden, images):
    """Counted by the gradient that torch finds between a layer's sums and its outputs."""
    model = random_dense(*hidden, activation=activation, spread=6)
    steepest = 0.25 if activation == "sigmoid" else 1
    layers = hidden_layers(model, images)
    for layer, outputs in enumerate(layers, start=1):
        network = as_torch(model)
        sums = network[: 2 * layer](torch.tensor(images)).detach().requires_grad_()
        network[2 * layer](sums).sum().backward()
        flat = sums.grad.numpy() <= 0.05 * steepest
        found = activity(outputs, activation)
        np.testing.assert_allclose(found.active_share, (~flat).mean(axis=0), atol=1.5 / len(flat))
        assert found.saturated_share == pytest.approx(flat.mean(), abs=0.005)


def test_dead_is_saturated_always_at_the_same_end():
    low, high, middle = -0.999, 0.999, 0.1
    layer = np.array([[low, high, low, low], [low, high, high, middle]], np.float32)
    found = activity(layer, "tanh", k=2)
    assert found.active_share.tolist() == [0, 0, 0, 0.5]
    assert found.is_dead.tolist() == [True, True, False, False]
    assert found.n_dead == 2
    halves = activity((layer + 1) / 2, "sigmoid", k=2)
    assert halves.is_dead.tolist() == found.is_dead.tolist()
    leaky = activity(np.array([[-0.5, 1], [-0.1, -0.2]], np.float32), "leaky_relu", k=1)
    assert leaky.is_dead.tolist() == [True, False]


def test_the_largest_values_by_sorting_them_all():
    rng = np.random.default_rng(2)
    for _ in range(50):
        values = rng.integers(0, 6, rng.integers(1, 30)).astype(np.float32)
        k = int(rng.integers(1, 12))
        expected = np.argsort(-values, kind="stable")[:k]
        np.testing.assert_array_equal(largest(values, k), expected)


def test_the_chosen_unit_goes_first_then_the_busiest():
    layer = np.array([[1, 0, 1, 0], [1, 0, 0, 0], [1, 1, 1, 0]], np.float32)
    found = activity(layer)
    assert most_active(found, 3, 1) == [3]
    assert most_active(found, 3, 3) == [3, 0, 2]
    assert sorted(most_active(found, 1, 4)) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("layer", "unit", "sentence"),
    [
        (0, 0, "layer must be from 1 to 3, not 0"),
        (4, 0, "layer must be from 1 to 3, not 4"),
        (2, 200, "unit must be from 0 to 199, not 200"),
        (2, -1, "unit must be from 0 to 199, not -1"),
    ],
)
def test_no_such_unit_gets_a_sentence(layer, unit, sentence):
    model = files.read_model(shipped_models()["article"])
    with pytest.raises(InputError, match=sentence):
        silenced(model, layer, [unit])
