import dataclasses
from itertools import pairwise

import numpy as np
import pytest
import torch

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.net import make_network
from core.digits.recipe import ARTICLE, MODERN
from core.digits.train import distort, train
from core.messages import InputError


@pytest.fixture(scope="module")
def digits():
    test = mnist.load("test")
    return Digits(test.images[:700], test.labels[:700])


def small(recipe, **changes):
    values = {"batch_size": 50, "n_epochs": 2, "n_validation": 100, "layer_sizes": (784, 30, 10)}
    return dataclasses.replace(recipe, **(values | changes))


@pytest.mark.parametrize("recipe", [ARTICLE, MODERN], ids=lambda recipe: recipe.name)
def test_it_learns(recipe, digits):
    first, *_, last = train(small(recipe, n_epochs=8), digits, digits)
    assert last.loss < first.loss * 0.9
    assert last.train_accuracy > 0.5
    assert 0 < last.validation_accuracy < 1


@pytest.mark.parametrize("recipe", [ARTICLE, MODERN], ids=lambda recipe: recipe.name)
def test_same_seed_same_records(recipe, digits):
    runs = [list(train(small(recipe, seed=seed), digits, digits)) for seed in (1, 1, 2)]
    same, again, other = [
        [dataclasses.replace(r, seconds=0, weights={}) for r in run] for run in runs
    ]
    assert same == again
    assert [r.loss for r in same] != [r.loss for r in other]
    assert all(
        np.array_equal(runs[0][-1].weights[name], runs[1][-1].weights[name])
        for name in runs[0][-1].weights
    )


def test_one_record_per_epoch_and_weights_that_stay(digits):
    records = train(small(ARTICLE, n_epochs=3), digits, digits)
    first = next(records)
    kept = {name: array.copy() for name, array in first.weights.items()}
    rest = list(records)
    assert [record.epoch for record in (first, *rest)] == [1, 2, 3]
    assert all(np.array_equal(first.weights[name], kept[name]) for name in kept)
    assert not np.array_equal(rest[-1].weights["1.weight"], kept["1.weight"])
    assert all(record.seconds > 0 for record in rest)


def test_it_stops_between_two_records(digits):
    records = train(small(ARTICLE), digits, digits)
    next(records)
    records.close()
    assert list(records) == []


def test_accuracies_are_those_of_the_recorded_weights(digits):
    record = list(train(small(MODERN), digits, digits))[-1]
    network = make_network((784, 30, 10))
    network.load_state_dict({name: torch.tensor(w) for name, w in record.weights.items()})
    right = network(torch.tensor(digits.pixels())).argmax(1).numpy() == digits.labels
    assert record.test_accuracy == pytest.approx(right.mean())
    assert record.train_accuracy == pytest.approx(right[:600].mean())
    assert record.validation_accuracy == pytest.approx(right[600:].mean())


def test_one_sgd_step_by_hand(digits):
    """One full-batch epoch is one step: the gradient of the mean squared error, worked out here."""
    recipe = small(ARTICLE, batch_size=600, n_epochs=1, layer_sizes=(784, 10), seed=5)
    (record,) = train(recipe, digits, digits)
    network = make_network((784, 10), torch.Generator().manual_seed(5))
    weight = network[1].weight.detach().double().numpy()
    bias = network[1].bias.detach().double().numpy()
    x = digits.pixels()[:600].reshape(600, 784).astype(float)
    error = x @ weight.T + bias - np.eye(10)[digits.labels[:600]]
    assert record.loss == pytest.approx(np.mean(error**2), rel=1e-5)
    expected = weight - 1.0 * (2 / error.size) * error.T @ x
    np.testing.assert_allclose(record.weights["1.weight"], expected, atol=1e-6)
    np.testing.assert_allclose(
        record.weights["1.bias"], bias - 1.0 * 2 * error.sum(0) / error.size, atol=1e-6
    )


def test_held_out_images_are_not_learned_from(digits):
    changed = Digits(digits.images.copy(), digits.labels)
    changed.images[600:] = 255 - changed.images[600:]
    one, other = (list(train(small(ARTICLE), d, digits))[-1] for d in (digits, changed))
    assert np.array_equal(one.weights["1.weight"], other.weights["1.weight"])


def test_the_last_smaller_batch_counts_by_its_images(digits):
    """Loss is the mean over images: with an idle learning rate, batches cannot change it."""
    losses = [
        next(train(small(ARTICLE, batch_size=size, learning_rate=1e-12), digits, digits)).loss
        for size in (600, 70)
    ]
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)


def test_cosine_schedule_ends_near_rest(digits):
    recipe = small(MODERN, n_epochs=6, distortion=0)
    weights = [record.weights["1.weight"] for record in train(recipe, digits, digits)]
    steps = [np.abs(after - before).mean() for before, after in pairwise(weights)]
    assert steps[-1] < steps[0] / 4


def test_distortion_is_mild_and_random():
    images = torch.zeros(200, 28, 28)
    images[:, 10:18, 10:18] = 1
    moved = distort(images, 0.1, torch.Generator().manual_seed(0))
    assert moved.shape == images.shape
    assert 0 <= moved.min() <= moved.max() <= 1
    assert (moved != images).flatten(1).any(1).all()
    columns = (moved.sum(1) @ torch.arange(28.0)) / moved.sum((1, 2))
    assert columns.mean().item() == pytest.approx(13.5, abs=0.2)
    assert 0.5 < columns.std().item() < 1.5
    still = distort(images, 0.0, torch.Generator())
    assert torch.allclose(still, images, atol=1e-5)


def test_too_few_images(digits):
    with pytest.raises(InputError, match=r"n_validation must be below .* 700, not 700"):
        next(train(small(ARTICLE, n_validation=700), digits, digits))
