import itertools

import numpy as np
import pytest
import torch

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.sketch import epoch_by_epoch
from core.digits.sketch.epoch_by_epoch import first_right, judge, right_since
from core.digits.train import train
from core.digits.train.torch_network import make_network


@pytest.fixture(scope="module")
def epochs():
    """The first three epochs of the page's run, on fewer images."""
    digits = epoch_by_epoch.some_digits(mnist.load("train"), 1_000)
    test = mnist.load("test")
    few = Digits(test.images[:100], test.labels[:100])
    return list(itertools.islice(train(epoch_by_epoch.RECIPE, digits, few), 3))


def test_each_epoch_judges_as_torch_does(epochs):
    image = mnist.load("test").pixels()[0]
    probabilities = judge(image, [epoch.weights for epoch in epochs])
    network = make_network(epoch_by_epoch.RECIPE.layer_sizes)
    for row, epoch in zip(probabilities, epochs, strict=True):
        network.load_state_dict({k: torch.from_numpy(v) for k, v in epoch.weights.items()})
        with torch.no_grad():
            expected = torch.softmax(network(torch.from_numpy(image)[None])[0].double(), 0)
        np.testing.assert_allclose(row, expected, atol=1e-6)
    assert not np.allclose(probabilities[0], probabilities[-1])


def test_without_an_epoch_there_is_no_judgement():
    probabilities = judge(np.zeros((28, 28), np.float32), [])
    assert probabilities.shape == (0, 10)
    assert first_right(probabilities, 3) is None
    assert right_since(probabilities, 3) is None


@pytest.mark.parametrize(
    ("answers", "first", "since"),
    [
        ([7], 1, 1),
        ([3], None, None),
        ([3, 7, 7], 2, 2),
        ([7, 3, 7, 7], 1, 3),
        ([3, 7, 3], 2, None),
        ([7, 7, 7], 1, 1),
    ],
)
def test_when_it_was_right_first_and_since_when(answers, first, since):
    probabilities = np.eye(10)[answers]
    assert first_right(probabilities, 7) == first
    assert right_since(probabilities, 7) == since


def test_the_run_is_small_enough_to_keep():
    sizes = epoch_by_epoch.RECIPE.layer_sizes
    n_parameters = sum((a + 1) * b for a, b in itertools.pairwise(sizes))
    assert (
        4 * n_parameters * epoch_by_epoch.RECIPE.n_epochs < 8e6
    )  # bytes, of every epoch's weights
    digits = epoch_by_epoch.some_digits(mnist.load("train"))
    assert len(digits.images) == epoch_by_epoch.N_IMAGES + epoch_by_epoch.RECIPE.n_validation
