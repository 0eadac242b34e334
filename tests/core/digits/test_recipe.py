import dataclasses

import pytest

from core.digits.recipe import ARTICLE, MODERN, PRESETS
from core.messages import InputError


def test_the_articles_recipe():
    assert dataclasses.asdict(ARTICLE) == {
        "name": "article",
        "loss": "mean_squared_error",
        "optimiser": "sgd",
        "learning_rate": 1.0,
        "batch_size": 6000,
        "n_epochs": 200,
        "schedule": "constant",
        "distortion": 0.0,
        "n_validation": 5000,
        "seed": 0,
        "layer_sizes": (784, 200, 200, 200, 10),
    }


def test_the_modern_recipe():
    assert (MODERN.loss, MODERN.optimiser) == ("cross_entropy", "adam")
    assert (MODERN.learning_rate, MODERN.batch_size) == (0.002, 256)
    assert MODERN.layer_sizes == ARTICLE.layer_sizes


def test_presets_go_by_their_names():
    assert PRESETS == {"article": ARTICLE, "modern": MODERN}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"loss": "hinge"}, "loss must be one of mean_squared_error, cross_entropy, not hinge."),
        ({"optimiser": "lbfgs"}, "optimiser must be one of sgd, adam, not lbfgs."),
        ({"schedule": "step"}, "schedule must be one of constant, cosine, not step."),
        ({"learning_rate": 0.0}, "learning_rate must be a number above 0, not 0.0."),
        ({"learning_rate": float("nan")}, "learning_rate must be a number above 0, not nan."),
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, not 0."),
        ({"batch_size": 2.5}, "batch_size must be a whole number of at least 1, not 2.5."),
        ({"n_epochs": 0}, "n_epochs must be a whole number of at least 1, not 0."),
        ({"n_validation": 0}, "n_validation must be a whole number of at least 1, not 0."),
        ({"seed": -1}, "seed must be a whole number of at least 0, not -1."),
        ({"distortion": 0.6}, "distortion must be from 0 to 0.5, not 0.6."),
        ({"layer_sizes": (784, 20, 3)}, "layer_sizes must start with 784 pixels and end with 10"),
        ({"layer_sizes": (784,)}, "layer_sizes must be two or more whole numbers"),
    ],
)
def test_each_rule_has_its_sentence(change, sentence):
    with pytest.raises(InputError) as error:
        dataclasses.replace(MODERN, **change)
    assert str(error.value).startswith(sentence)
