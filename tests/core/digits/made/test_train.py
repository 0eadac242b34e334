import dataclasses

import numpy as np
import pytest

from core.digits import mnist
from core.digits.made.pool import NO_DIGIT, Pool
from core.digits.made.recipe import CNN, SKETCH
from core.digits.made.train import held_out_digits, train
from core.digits.mnist import Digits
from core.digits.temperature import softmax
from core.digits.trained import dense_logits

SMALL = {"batch_size": 32, "n_epochs": 2, "n_validation": 100, "averaging": 0.5}


@pytest.fixture(scope="module")
def digits():
    test = mnist.load("test")
    return Digits(test.images[:500], test.labels[:500])


@pytest.fixture(scope="module")
def pool():
    """Other digits, and noise as what is no digit."""
    test = mnist.load("test")
    noise = np.random.default_rng(0).integers(0, 256, (200, 28, 28), np.uint8)
    images = np.concatenate([test.images[500:700], noise])
    labels = np.concatenate([test.labels[500:700], np.full(200, NO_DIGIT, np.uint8)])
    order = np.random.default_rng(0).permutation(400)
    images, labels = images[order], labels[order]
    return Pool(Digits(images[:300], labels[:300]), Digits(images[300:], labels[300:]))


def unclocked(records):
    return [dataclasses.replace(record, seconds=0, weights={}) for record in records]


def test_it_learns_digits_and_to_be_unsure_of_the_rest(digits, pool):
    recipe = dataclasses.replace(SKETCH, **(SMALL | {"n_epochs": 12}))
    first, *_, last = train(recipe, digits, digits, pool)
    assert last.loss < first.loss
    assert last.train_accuracy > 0.7
    probabilities = softmax(dense_logits(pool.held_out.pixels(), last.weights)).max(axis=1)
    noise = pool.held_out.labels == NO_DIGIT
    assert np.median(probabilities[noise]) < 0.3 < np.median(probabilities[~noise])


@pytest.mark.parametrize("recipe", [SKETCH, CNN], ids=lambda recipe: recipe.name)
def test_same_seed_same_records(recipe, digits, pool):
    seeds = (1, 1, 2)
    runs = [
        list(train(dataclasses.replace(recipe, **SMALL, seed=seed), digits, digits, pool))
        for seed in seeds
    ]
    same, again, other = map(unclocked, runs)
    assert [record.epoch for record in same] == [1, 2]
    assert same == again
    assert [r.loss for r in same] != [r.loss for r in other]


def test_it_stops_between_two_records(digits, pool):
    records = train(dataclasses.replace(SKETCH, **SMALL), digits, digits, pool)
    next(records)
    records.close()
    assert list(records) == []


def test_what_is_held_out_is_not_learned_from(digits, pool):
    black = Digits(digits.images.copy(), digits.labels)
    black.images[400:] = 0
    other_pool = Pool(pool.learned, Digits(pool.held_out.images * 0, pool.held_out.labels))
    recipe = dataclasses.replace(SKETCH, **(SMALL | {"n_epochs": 1}))
    (one,), (other,) = (
        list(train(recipe, d, digits, p)) for d, p in ((digits, pool), (black, other_pool))
    )
    assert all(np.array_equal(one.weights[name], other.weights[name]) for name in one.weights)
    assert one.validation_accuracy != other.validation_accuracy


def test_held_out_digits_are_of_both_kinds_and_digits_only(digits, pool):
    held_out = held_out_digits(dataclasses.replace(SKETCH, **SMALL), digits, pool)
    n_made = np.sum(pool.held_out.labels != NO_DIGIT)
    assert len(held_out.images) == 100 + n_made
    assert np.array_equal(held_out.images[:100], digits.images[400:])
    assert held_out.labels.max() < NO_DIGIT


def test_the_average_of_the_weights_moves_slowly(digits, pool):
    slow, fast = (
        next(train(dataclasses.replace(SKETCH, **(SMALL | {"averaging": a})), digits, digits, pool))
        for a in (0.99, 0.0)
    )
    assert slow.loss == fast.loss  # what is learned is the same
    assert slow.train_accuracy != fast.train_accuracy
