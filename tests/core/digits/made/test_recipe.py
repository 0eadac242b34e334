import dataclasses

import pytest

from core.digits.made.pool import SOURCES
from core.digits.made.recipe import CNN, MADE_PRESETS, SKETCH
from core.messages import InputError


def test_presets_go_by_their_names():
    assert MADE_PRESETS == {"sketch": SKETCH, "cnn": CNN}


@pytest.mark.parametrize("recipe", MADE_PRESETS.values(), ids=MADE_PRESETS)
def test_they_learn_from_all_sources(recipe):
    assert set(recipe.made) == set(SOURCES)
    assert (recipe.layer_sizes[0], recipe.layer_sizes[-1]) == (784, 10)


def test_other_layers_and_activations():
    recipe = dataclasses.replace(SKETCH, layer_sizes=(784, 30, 10), activation="tanh")
    assert (recipe.layer_sizes, recipe.activation) == ((784, 30, 10), "tanh")
    with pytest.raises(InputError, match=r"^The convolutional network has layers of its own"):
        dataclasses.replace(CNN, activation="tanh")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"network": "deep"}, "network must be one of dense, convolutional, not deep."),
        ({"n_epochs": 0}, "n_epochs must be a whole number from 1 to 1000, not 0."),
        ({"batch_size": 0}, "batch_size must be a whole number from 1 to 10000, not 0."),
        ({"turns": 0}, "turns must be a whole number from 1 to 100, not 0."),
        ({"seed": -1}, "seed must be a whole number from 0 to 9223372036854775807, not -1."),
        ({"n_validation": 0}, "n_validation must be a whole number from 1 to 59999, not 0."),
        ({"learning_rate": 0.0}, "learning_rate must be a number above 0, at most 1000, not 0.0."),
        ({"averaging": 1.0}, "averaging must be at least 0 and below 1, not 1.0."),
        ({"averaging": "all"}, "averaging must be at least 0 and below 1, not all."),
        ({"averages_shifts": 1}, "averages_shifts must be true or false, not 1."),
        ({"activation": "sine"}, "activation must be one of relu, leaky_relu, tanh, sigmoid, not"),
        ({"layer_sizes": (784, 2000, 10)}, "layer_sizes may have up to 4 hidden layers of up to"),
        ({"layer_sizes": (784, 20)}, "layer_sizes must start with 784 pixels and end with 10"),
        ({"network": "convolutional"}, "The convolutional network has layers of its own and the"),
        ({"made": {}}, "made must say how many pictures to make, not {}."),
        ({"made": [1]}, "made must say how many pictures to make, not [1]."),
        ({"made": {"font": 9}}, "made must be one of styled, traced, no digit, not font."),
        ({"made": {"styled": 0}}, "styled must be a whole number from 1 to 200000, not 0."),
        ({"made": {"styled": 10**6}}, "styled must be a whole number from 1 to 200000, not 1000"),
    ],
)
def test_each_rule_has_its_sentence(change, sentence):
    with pytest.raises(InputError) as error:
        dataclasses.replace(SKETCH, **change)
    assert str(error.value).startswith(sentence)
