"""What Digits → Train says of its things to try, asked of the runs."""

import dataclasses
from collections.abc import Iterator

import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network import files
from core.digits.recipe import ARTICLE, CONVOLUTIONAL, MODERN, Recipe
from core.digits.recognise import shipped_models
from core.digits.train.loop import Training, epochs
from core.digits.train.progress import Epoch
from core.one_thread import one_thread
from pages.digits.train.presets import FEW, NO_HIDDEN_LAYER, TOO_FAST


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    with one_thread():
        yield


def learned(recipe: Recipe, n_test: int = 10_000) -> list[Epoch]:
    test = Digits(*(part[:n_test] for part in mnist.load("test")))
    return list(epochs(Training(recipe, mnist.load("train"), test)))


def test_300_images_are_learned_by_heart_within_ten_epochs() -> None:
    """And one in five test images is wrong."""
    *_, last = learned(dataclasses.replace(FEW, n_epochs=10))
    assert last.train_accuracy == 1
    assert 1 - last.test_accuracy == pytest.approx(1 / 5, abs=0.05)


def test_at_a_learning_rate_of_10_the_loss_explodes_and_the_network_guesses() -> None:
    seen = learned(dataclasses.replace(TOO_FAST, n_images=3_000), n_test=2_000)
    assert seen[0].loss > 1_000
    assert max(epoch.test_accuracy for epoch in seen) < 0.15


@pytest.mark.proof
def test_ten_neurons_alone_read_92_percent() -> None:
    *_, last = learned(NO_HIDDEN_LAYER)
    assert last.test_accuracy == pytest.approx(0.92, abs=0.01)


def test_small_kernels_are_few_parameters_that_work_at_all_places() -> None:
    assert (sum(CONVOLUTIONAL.channels), CONVOLUTIONAL.kernel_size) == (24, 5)
    assert CONVOLUTIONAL.n_parameters == 11_274
    assert round(MODERN.n_parameters / CONVOLUTIONAL.n_parameters, -1) == 20
    assert sum(CONVOLUTIONAL.n_products) > 3 * sum(MODERN.n_products)


@pytest.mark.proof
def test_small_kernels_read_99_percent_after_three_epochs() -> None:
    *_, last = learned(CONVOLUTIONAL)
    assert last.epoch == 3
    assert last.test_accuracy == pytest.approx(0.99, abs=0.003)


@pytest.mark.proof
def test_modern_reads_97_percent_after_three_epochs() -> None:
    whole = Training(MODERN, mnist.load("train"), mnist.load("test"))
    third = next(epoch for epoch in epochs(whole) if epoch.epoch == 3)
    assert third.test_accuracy > 0.97


def test_the_article_reads_97_percent_and_takes_200_epochs_for_it() -> None:
    card = files.read_model(shipped_models()["article"]).card
    assert card.test_accuracy == pytest.approx(0.97, abs=0.001)
    assert card.epochs_done == ARTICLE.n_epochs == 200
    assert ARTICLE.batch_size == 6_000
    assert (ARTICLE.loss, ARTICLE.optimiser) == ("mean_squared_error", "sgd")
