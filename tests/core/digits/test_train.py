import dataclasses

import numpy as np
import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import ARTICLE
from core.digits.train import train
from core.digits.train.loop import Training
from core.digits.train.progress import Epoch
from core.one_thread import one_thread

RECIPE = dataclasses.replace(
    ARTICLE, batch_size=50, n_epochs=3, n_validation=100, layer_sizes=(784, 30, 10)
)


@pytest.fixture(autouse=True)
def alone():
    with one_thread():
        yield


@pytest.fixture(scope="module")
def digits():
    test = mnist.load("test")
    return Digits(test.images[:400], test.labels[:400])


def test_it_gives_the_epochs_of_a_training(digits):
    records = list(train(RECIPE, digits, digits))
    assert [record.epoch for record in records] == [1, 2, 3]
    whole = [r for r in Training(RECIPE, digits, digits).records() if isinstance(r, Epoch)]
    assert [record.loss for record in records] == [record.loss for record in whole]
    assert np.array_equal(records[-1].weights["3.bias"], whole[-1].weights["3.bias"])


def test_it_stops_between_two_records(digits):
    records = train(RECIPE, digits, digits)
    next(records)
    records.close()
    assert list(records) == []
