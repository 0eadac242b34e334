import dataclasses

import numpy as np
import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network.forward import dense_logits
from core.digits.network.temperature import softmax
from core.digits.recipe import CNN, SKETCH
from core.digits.train.loop import Training, epochs
from core.digits.train.made import pool as pools
from core.digits.train.made.pool import NO_DIGIT, Pool, chunks_of, make_pool
from core.digits.train.progress import Epoch, TrainingProgress
from core.one_thread import one_thread
from tests.core.digits.train.test_loop import plain

SMALL = {"batch_size": 32, "n_epochs": 2, "n_validation": 100, "averaging": 0.5}


@pytest.fixture(autouse=True)
def alone():
    with one_thread():
        yield


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


def small(recipe, **changes):
    return dataclasses.replace(recipe, **(SMALL | changes))


def records_of(recipe, digits, pool, **options):
    return list(Training(recipe, digits, digits, pool=pool, **options).records())


def epochs_of(recipe, digits, pool):
    return list(epochs(Training(recipe, digits, digits, pool=pool)))


def test_it_learns_digits_and_to_be_unsure_of_the_rest(digits, pool):
    first, *_, last = epochs_of(small(SKETCH, n_epochs=12), digits, pool)
    assert last.loss < first.loss
    assert last.train_accuracy > 0.7
    probabilities = softmax(dense_logits(pool.held_out.pixels(), last.weights)).max(axis=1)
    noise = pool.held_out.labels == NO_DIGIT
    assert np.median(probabilities[noise]) < 0.3 < np.median(probabilities[~noise])


@pytest.mark.parametrize("recipe", [SKETCH, CNN], ids=lambda recipe: recipe.name)
def test_same_seed_same_records(recipe, digits, pool):
    recipe = small(recipe, batch_size=128)
    same, again, other = (
        plain(records_of(dataclasses.replace(recipe, seed=seed), digits, pool))
        for seed in (1, 1, 2)
    )
    assert same == again
    assert same != other


@pytest.mark.parametrize(
    "changes",
    [{}, {"layer_sizes": (784, 20, 10), "activation": "tanh", "averaging": 0.9}, {"averaging": 0}],
    ids=str,
)
def test_it_goes_on_bit_equal_from_any_record(changes, digits, pool):
    recipe = small(SKETCH, batch_size=100, n_epochs=3, turns=2, **changes)
    training = Training(recipe, digits, digits, pool=pool)
    whole, checkpoints = [], []
    for record in training.records():
        whole.append(record)
        checkpoints.append(training.checkpoint())
    assert len(whole) == 3 * (6 + 1)  # 400 images of MNIST and half of 300 made ones
    for done in (0, 3, 5, 6, 9, 20):
        rest = records_of(recipe, digits, pool, checkpoint=checkpoints[done])
        assert plain(rest) == plain(whole[done + 1 :])


def test_made_pictures_take_turns(digits, pool):
    """All that is black in one turn's pictures shows in the loss of that turn alone."""
    images = pool.learned.images.copy()
    images[1::3] = 0
    other = Pool(Digits(images, pool.learned.labels), pool.held_out)
    recipe = small(SKETCH, n_epochs=3, learning_rate=1e-9)
    one, two = (epochs_of(recipe, digits, p) for p in (pool, other))
    assert [a.loss == b.loss for a, b in zip(one, two, strict=True)] == [True, False, True]
    assert [epoch.images for epoch in one] == [500, 1000, 1500]


def test_what_is_held_out_is_not_learned_from(digits, pool):
    black = Digits(digits.images.copy(), digits.labels)
    black.images[400:] = 0
    other_pool = Pool(pool.learned, Digits(pool.held_out.images * 0, pool.held_out.labels))
    (one,), (other,) = (
        epochs_of(small(SKETCH, n_epochs=1), d, p) for d, p in ((digits, pool), (black, other_pool))
    )
    assert all(np.array_equal(one.weights[name], other.weights[name]) for name in one.weights)
    assert one.validation_accuracy != other.validation_accuracy


def test_the_average_of_the_weights_moves_slowly(digits, pool):
    slow, fast = (epochs_of(small(SKETCH, averaging=a), digits, pool)[0] for a in (0.99, 0.0))
    assert slow.loss == fast.loss  # what is learned is the same
    assert slow.train_accuracy != fast.train_accuracy
    start = Training(small(SKETCH), digits, digits, pool=pool).weights()["1.weight"]
    moved = [np.abs(epoch.weights["1.weight"] - start).mean() for epoch in (slow, fast)]
    assert 0 < moved[0] < moved[1]


def test_pictures_are_made_on_the_way_and_kept(digits, monkeypatch, tmp_path):
    monkeypatch.setattr(pools, "CHUNK", 20)
    recipe = small(SKETCH, made={"styled": 30, "no digit": 20}, layer_sizes=(784, 10))
    learned = Digits(digits.images[:400], digits.labels[:400])
    expected = records_of(recipe, digits, make_pool(recipe.made, learned, n_processes=1))

    training = Training(recipe, digits, digits, pool_folder=tmp_path)
    left = []
    for record in training.records():
        left.append(record)
        if record.done == 40:
            break
    assert [(r.stage, r.done, r.total, r.loss) for r in left] == [
        ("pictures", done, 100, None) for done in (0, 20, 40)
    ]
    checkpoint = training.checkpoint()

    makes = []
    make_chunk = pools.make_chunk
    monkeypatch.setattr(
        "core.digits.train.made.files.make_chunk",
        lambda *args: makes.append(args) or make_chunk(*args),
    )
    for options, n_made in (({"checkpoint": checkpoint}, 3), ({}, 0)):
        makes.clear()
        again = records_of(recipe, digits, None, pool_folder=tmp_path, **options)
        assert len(makes) == n_made
        stages = [r.stage for r in again if isinstance(r, TrainingProgress)]
        assert stages == ["pictures"] * len(chunks_of(recipe.made)) + ["learning"] * 28
        assert plain(again[5:]) == plain(expected)


def test_pictures_of_other_versions_are_removed_once(digits, monkeypatch, tmp_path):
    monkeypatch.setattr(pools, "CHUNK", 20)
    recipe = small(SKETCH, made={"styled": 40}, layer_sizes=(784, 10), n_epochs=1)
    old = tmp_path / "0123456789abcdef"
    old.mkdir()
    records = Training(recipe, digits, digits, pool_folder=tmp_path).records()
    next(records)
    assert not old.exists()
    old.mkdir()
    for _ in records:
        pass
    assert old.exists()


def test_a_checkpoint_in_mid_epoch_needs_no_pictures_of_its_own(digits, monkeypatch, tmp_path):
    monkeypatch.setattr(pools, "CHUNK", 20)
    recipe = small(SKETCH, made={"styled": 20}, turns=1, layer_sizes=(784, 10), n_epochs=1)
    training = Training(recipe, digits, digits, pool_folder=tmp_path)
    whole = []
    for record in training.records():
        whole.append(record)
        if len(whole) == 2 + 5:
            checkpoint = training.checkpoint()
    assert len(checkpoint) < 300_000
    assert isinstance(whole[-1], Epoch)
    rest = records_of(recipe, digits, None, pool_folder=tmp_path, checkpoint=checkpoint)
    assert plain(rest[2:]) == plain(whole[7:])
