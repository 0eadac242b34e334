"""What Lab → Sweep says of its things to try, asked of some of their runs."""

import dataclasses
from collections.abc import Iterator

import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import MODERN, Recipe
from core.digits.train.loop import Training, epochs
from core.one_thread import one_thread
from pages.lab.sweep.controls import USUAL

BASE = dataclasses.replace(MODERN, n_images=USUAL["sw_images"], n_epochs=USUAL["sw_epochs"])


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    with one_thread():
        yield


def best_rate(rates: tuple[float, ...], **changes: object) -> float:
    """The learning rate with the best accuracy on the held-out images."""
    train = mnist.load("train")
    few = Digits(*(part[:100] for part in mnist.load("test")))

    def accuracy(rate: float) -> float:
        recipe: Recipe = dataclasses.replace(BASE, learning_rate=rate, **changes)  # type: ignore[arg-type]
        return max(epoch.validation_accuracy for epoch in epochs(Training(recipe, train, few)))

    return max(rates, key=accuracy)


@pytest.mark.proof
def test_sgd_is_best_near_1_and_adam_near_a_hundredth() -> None:
    assert best_rate((0.3, 0.949, 3.0), optimiser="sgd") == 0.949
    assert best_rate((0.003, 0.00949, 0.03), optimiser="adam") == 0.00949


@pytest.mark.proof
def test_a_larger_batch_wants_a_larger_learning_rate() -> None:
    rates = (0.003, 0.0139)
    assert best_rate(rates, batch_size=1024) == 0.0139
    assert best_rate(rates, batch_size=16) == 0.003
