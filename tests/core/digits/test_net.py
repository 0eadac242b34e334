import pytest
import torch

from core.digits.net import count_parameters, make_convolutional_network, make_network
from core.messages import InputError


def test_number_of_parameters():
    assert count_parameters(make_network()) == 239_410
    assert count_parameters(make_convolutional_network()) <= 100_000


@pytest.mark.parametrize("make", [make_network, make_convolutional_network])
def test_images_become_ten_raw_scores(make):
    scores = make()(torch.rand(7, 28, 28))
    assert scores.shape == (7, 10)
    assert not torch.allclose(scores.sum(1), torch.ones(7))  # no softmax
    assert (scores < 0).any()  # no ReLU at the end


@pytest.mark.parametrize("make", [make_network, make_convolutional_network])
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
