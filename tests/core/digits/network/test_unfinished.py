import dataclasses

import numpy as np
import pytest

from core.digits import mnist
from core.digits.network.files import FOLDER, read_model, to_bytes
from core.digits.network.unfinished import unfinished
from core.digits.recipe import ARTICLE, MODERN, SKETCH
from core.digits.recognise import Recogniser
from core.messages import InputError
from tests.core.digits.networks import random_dense
from tests.core.digits.strokes import draw

MEASURED = {"epoch": 3, "validation_accuracy": 0.9, "test_accuracy": 0.8}


@pytest.fixture(scope="module")
def train_digits():
    return mnist.load("train")


@pytest.mark.parametrize("recipe", [ARTICLE, MODERN, SKETCH], ids=lambda recipe: recipe.name)
def test_it_reads_as_the_finished_network_does(recipe, train_digits):
    finished = read_model(FOLDER / f"{recipe.name}.safetensors")
    model = unfinished(to_bytes(finished.weights), recipe, **MEASURED, train_digits=train_digits)
    pixels = mnist.load("test").pixels()[:50]
    np.testing.assert_array_equal(model.scores(pixels), finished.scores(pixels))
    card = model.card
    assert card.temperature == pytest.approx(finished.card.temperature, rel=0.35)
    assert (card.epochs_done, card.test_accuracy, card.validation_accuracy) == (3, 0.8, 0.9)
    assert card.least_evidence is None
    assert Recogniser(model).classify(draw(7)).label == 7


def test_the_network_is_the_recipes(train_digits):
    model = random_dense(5, 4, activation="sigmoid")
    recipe = dataclasses.replace(MODERN, layer_sizes=(784, 5, 4, 10), activation="sigmoid")
    found = unfinished(to_bytes(model.weights), recipe, **MEASURED, train_digits=train_digits)
    pixels = mnist.load("test").pixels()[:20]
    np.testing.assert_array_equal(found.logits(pixels), model.logits(pixels))
    assert found.card.n_parameters == model.card.n_parameters
    with pytest.raises(InputError, match="cannot be read"):
        unfinished(to_bytes(model.weights), MODERN, **MEASURED, train_digits=train_digits)


def test_few_held_out_images_are_enough(train_digits):
    model = random_dense()
    recipe = dataclasses.replace(MODERN, layer_sizes=(784, 10), n_validation=1)
    found = unfinished(to_bytes(model.weights), recipe, **MEASURED, train_digits=train_digits)
    assert 0.01 <= found.card.temperature <= 100
