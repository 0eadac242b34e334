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


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"network": "deep"}, "network must be one of dense, convolutional, not deep."),
        ({"n_epochs": 0}, "n_epochs must be a whole number of at least 1, not 0."),
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, not 0."),
        ({"turns": 0}, "turns must be a whole number of at least 1, not 0."),
        ({"seed": -1}, "seed must be a whole number of at least 0, not -1."),
        ({"n_validation": 0}, "n_validation must be a whole number of at least 1, not 0."),
        ({"learning_rate": 0.0}, "learning_rate must be a number above 0, not 0.0."),
        ({"averaging": 1.0}, "averaging must be at least 0 and below 1, not 1.0."),
        ({"made": {}}, "made must name sources among styled, traced, no digit, each with a whole"),
        ({"made": {"font": 9}}, "made must name sources among styled, traced, no digit"),
        ({"made": {"styled": 0}}, "made must name sources among styled, traced, no digit"),
    ],
)
def test_each_rule_has_its_sentence(change, sentence):
    with pytest.raises(InputError) as error:
        dataclasses.replace(SKETCH, **change)
    assert str(error.value).startswith(sentence)
