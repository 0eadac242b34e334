import math

import numpy as np
import pytest

from core.digits import mnist
from core.digits.network import files
from core.digits.network.temperature import (
    COLDEST,
    HOTTEST,
    fit_temperature,
    negative_log_likelihood,
    softmax,
)
from tests.core.digits.networks import scores_by_torch


def test_softmax_by_hand():
    np.testing.assert_allclose(softmax([0, math.log(3)]), [0.25, 0.75])
    np.testing.assert_allclose(softmax([0, math.log(9)], temperature=2), [0.25, 0.75])
    np.testing.assert_allclose(softmax([[1e6, 0], [0, -1e6]]), [[1, 0], [1, 0]])


def test_a_known_temperature_is_found_again():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(20_000, 10)) * 3
    labels = [rng.choice(10, p=p) for p in softmax(logits, temperature=2.5)]
    assert fit_temperature(logits, labels) == pytest.approx(2.5, rel=0.05)


def test_extremes_stay_in_range():
    all_right, all_wrong = [[1, 0]] * 3, [[0, 1]] * 3
    assert fit_temperature(all_right, [0] * 3) == pytest.approx(COLDEST, rel=0.01)
    assert fit_temperature(all_wrong, [0] * 3) == pytest.approx(HOTTEST, rel=0.01)


@pytest.mark.proof
@pytest.mark.parametrize("name", ["sketch", "cnn"])
def test_with_made_pictures_too_they_are_honest(name):
    model = files.read_model(files.FOLDER / f"{name}.safetensors")
    test = mnist.load("test")
    probabilities = softmax(scores_by_torch(model, test.pixels()), model.card.temperature)
    right = probabilities.argmax(1) == test.labels
    assert probabilities.max(1).mean() == pytest.approx(right.mean(), abs=0.01)


@pytest.mark.parametrize("name", ["article", "modern"])
def test_shipped_temperatures_make_the_probabilities_honest(name):
    model = files.read_model(files.FOLDER / f"{name}.safetensors")
    train, test = mnist.load("train"), mnist.load("test")
    held_out = model.logits(train.pixels()[-5000:])
    assert fit_temperature(held_out, train.labels[-5000:]) == pytest.approx(
        model.card.temperature, rel=0.01
    )
    logits = model.logits(test.pixels())
    fitted = negative_log_likelihood(logits, test.labels, model.card.temperature)
    assert fitted < negative_log_likelihood(logits, test.labels, 1.0)
    probabilities = softmax(logits, model.card.temperature)
    right = probabilities.argmax(1) == test.labels
    assert probabilities.max(1)[right].mean() > 0.9
    # Honest: as sure, on average, as it is right.
    assert probabilities.max(1).mean() == pytest.approx(right.mean(), abs=0.02)
