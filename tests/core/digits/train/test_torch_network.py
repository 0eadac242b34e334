from functools import partial

import numpy as np
import pytest
import torch

from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.digits.network.forward import dense_logits
from core.digits.recipe import CHOICES
from core.digits.train.torch_network import (
    ACTIVATIONS,
    Dropout,
    count_parameters,
    make_network,
)
from core.messages import InputError

CONVOLUTIONAL = partial(make_network, (784, 48, 10), channels=(16, 32))


def test_number_of_parameters():
    assert count_parameters(make_network()) == 239_410
    assert count_parameters(CONVOLUTIONAL()) <= 100_000


@pytest.mark.parametrize("make", [make_network, CONVOLUTIONAL])
def test_images_become_ten_raw_scores(make):
    scores = make()(torch.rand(7, 28, 28))
    assert scores.shape == (7, 10)
    assert not torch.allclose(scores.sum(1), torch.ones(7))  # no softmax
    assert (scores < 0).any()  # no ReLU at the end


@pytest.mark.parametrize("make", [make_network, CONVOLUTIONAL])
def test_the_generator_alone_decides_the_start(make):
    first = make(generator=torch.Generator().manual_seed(3))
    torch.manual_seed(1)
    second = make(generator=torch.Generator().manual_seed(3))
    other = make(generator=torch.Generator().manual_seed(4))
    pairs = list(zip(first.parameters(), second.parameters(), strict=True))
    assert all(torch.equal(a, b) for a, b in pairs)
    assert not torch.equal(next(first.parameters()), next(other.parameters()))


def test_start_is_uniform_within_its_bound():
    weight = make_network()[1].weight.detach()
    assert weight.abs().max() <= 1 / 28
    assert weight.std().item() == pytest.approx(1 / 28 / 3**0.5, rel=0.02)


@pytest.mark.parametrize("sizes", [(784,), (784, 0, 10), (784, 2.5, 10), ()])
def test_impossible_layers(sizes):
    with pytest.raises(InputError, match="two or more whole numbers of at least 1"):
        make_network(sizes)


@pytest.mark.parametrize("dropout", [0.0, 0.5])
@pytest.mark.parametrize("activation", CHOICES["activation"])
def test_numpy_gives_the_same_scores(activation, dropout):
    network = make_network((784, 8, 7, 10), activation=activation, dropout=dropout).eval()
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    assert list(weights)[::2] == ["1.weight", "3.weight", "5.weight"]
    images = torch.rand(5, 28, 28) * 20
    scores = network(images).detach().numpy()
    np.testing.assert_allclose(
        dense_logits(images.numpy(), weights, activation), scores, rtol=1e-4, atol=1e-4
    )


def test_each_choice_of_activation_is_known():
    assert tuple(ACTIVATIONS) == CHOICES["activation"]
    assert set(ACTIVATIONS) == set(ACTIVATION_FUNCTIONS)


def test_dropout_silences_its_share_and_keeps_the_mean():
    dropout = Dropout(0.3)
    dropout.rng = np.random.default_rng(0)
    ones = torch.ones(400, 100)
    dropped = dropout(ones)
    assert dropped.unique().tolist() == pytest.approx([0, 1 / 0.7])
    assert (dropped == 0).float().mean().item() == pytest.approx(0.3, abs=0.01)
    assert not torch.equal(dropped, dropout(ones))
    dropout.rng = np.random.default_rng(0)
    assert torch.equal(dropped, dropout(ones))
    assert torch.equal(dropout.eval()(ones), ones)


def test_dropout_is_behind_the_hidden_layers_alone():
    network = make_network((784, 5, 4, 10), dropout=0.2)
    places = [name for name, module in network.named_modules() if isinstance(module, Dropout)]
    assert places == ["2.1", "4.1"]


def test_after_convolutions_dropout_is_before_each_dense_layer():
    network = make_network((784, 5, 10), dropout=0.2, channels=(2, 3))
    places = [name for name, module in network.named_modules() if isinstance(module, Dropout)]
    assert places == ["7.1", "9.1"]
    assert [name for name in network.state_dict() if "weight" in name] == [
        *("1.weight", "4.weight", "8.weight", "10.weight")
    ]
