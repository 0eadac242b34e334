import dataclasses

import numpy as np
import pytest
import torch

from core.digits import mnist, models
from core.digits.net import make_convolutional_network, make_network
from core.digits.recognise import shipped_models
from core.digits.units import activity, hidden_layers, layer_widths, most_active, silenced
from core.messages import InputError
from tests.core.digits.networks import random_convolutional


@pytest.fixture(scope="module")
def images():
    return mnist.load("test").pixels()[:150]


@pytest.fixture(scope="module", params=["article", "sketch", "convolutional"])
def model(request):
    if request.param == "convolutional":
        return random_convolutional()
    return models.read_model(shipped_models()[request.param])


def as_torch(model):
    is_convolutional = model.card.network == "convolutional"
    network = make_convolutional_network() if is_convolutional else make_network()
    network.load_state_dict({name: torch.tensor(w) for name, w in model.weights.items()})
    return network


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
    model = models.read_model(shipped_models()["modern"])
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
    for unit in range(6):
        assert found.active_share[unit] == pytest.approx(sum(layer[:, unit] > 0) / 40)
        by_hand = sorted(range(40), key=lambda i, u=unit: (-layer[i, u], i))[:3]
        assert found.strongest[unit].tolist() == by_hand
    assert found.n_dead == 1
    assert found.saturated_share == pytest.approx((layer == 0).mean())


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
    model = models.read_model(shipped_models()["article"])
    with pytest.raises(InputError, match=sentence):
        silenced(model, layer, [unit])
