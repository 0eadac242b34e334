import dataclasses
import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.network.shapes import KERNEL_SIZES, LAYER_SIZES, n_parameters
from core.digits.recipe import (
    ARTICLE,
    CHOICES,
    CNN,
    CONVOLUTIONAL,
    MADE_PRESETS,
    MODERN,
    NUMBERS,
    PRESETS,
    SKETCH,
    WHOLE_NUMBERS,
    Recipe,
    from_dict,
    learning_rate_at,
    to_dict,
)
from core.digits.train.made.pool import SOURCES
from core.digits.train.torch_network import count_parameters, make_network
from core.messages import InputError

NEW = {"activation": "relu", "weight_decay": 0.0, "dropout": 0.0, "n_images": 60_000}
WITHOUT = {"channels": (), "kernel_size": 3}


def test_the_articles_recipe():
    assert dataclasses.asdict(ARTICLE) == NEW | WITHOUT | {
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
    assert {name: getattr(MODERN, name) for name in NEW} == NEW


def test_presets_go_by_their_names():
    assert PRESETS == {"article": ARTICLE, "modern": MODERN, "convolutional": CONVOLUTIONAL}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"loss": "hinge"}, "loss must be one of mean_squared_error, cross_entropy, not hinge."),
        ({"optimiser": "lbfgs"}, "optimiser must be one of sgd, momentum, adam, adamw, not lbfgs."),
        ({"schedule": "step"}, "schedule must be one of constant, cosine, not step."),
        ({"activation": None}, "activation must be one of relu, leaky_relu, tanh, sigmoid, not No"),
        ({"learning_rate": 0.0}, "learning_rate must be a number above 0, at most 1000, not 0.0."),
        ({"learning_rate": 1e4}, "learning_rate must be a number above 0, at most 1000, not 1000"),
        ({"learning_rate": math.nan}, "learning_rate must be a number above 0, at most 1000, not"),
        ({"learning_rate": "fast"}, "learning_rate must be a number above 0, at most 1000, not f"),
        ({"batch_size": 0}, "batch_size must be a whole number from 1 to 10000, not 0."),
        ({"batch_size": 10_001}, "batch_size must be a whole number from 1 to 10000, not 10001."),
        ({"batch_size": 2.5}, "batch_size must be a whole number from 1 to 10000, not 2.5."),
        ({"batch_size": True}, "batch_size must be a whole number from 1 to 10000, not True."),
        ({"n_epochs": 0}, "n_epochs must be a whole number from 1 to 1000, not 0."),
        ({"n_epochs": 1_001}, "n_epochs must be a whole number from 1 to 1000, not 1001."),
        ({"n_images": 0}, "n_images must be a whole number from 1 to 60000, not 0."),
        ({"n_validation": 0}, "n_validation must be a whole number from 1 to 59999, not 0."),
        ({"seed": -1}, "seed must be a whole number from 0 to 9223372036854775807, not -1."),
        ({"seed": 2**63}, "seed must be a whole number from 0 to 9223372036854775807, not 92233"),
        ({"distortion": 0.6}, "distortion must be from 0 to 0.5, not 0.6."),
        ({"distortion": math.nan}, "distortion must be from 0 to 0.5, not nan."),
        ({"weight_decay": -0.1}, "weight_decay must be from 0 to 10, not -0.1."),
        ({"dropout": 1}, "dropout must be from 0 to 0.9, not 1."),
        ({"dropout": None}, "dropout must be from 0 to 0.9, not None."),
        ({"layer_sizes": (784, 20, 3)}, "layer_sizes must start with 784 pixels and end with 10"),
        ({"layer_sizes": (784,)}, "layer_sizes must be two or more whole numbers"),
        ({"layer_sizes": 784}, "layer_sizes must be two or more whole numbers"),
        ({"layer_sizes": (784, 2.5, 10)}, "layer_sizes must be two or more whole numbers"),
        ({"layer_sizes": (784, 0, 10)}, "layer_sizes must be two or more whole numbers"),
        ({"layer_sizes": (784, 1025, 10)}, "layer_sizes may have up to 4 hidden layers of up to"),
        ({"layer_sizes": (784, *[5] * 5, 10)}, "layer_sizes may have up to 4 hidden layers of up"),
        ({"channels": (8,) * 4}, "channels must be up to 3 whole numbers from 1 to 64, not (8, 8,"),
        ({"channels": (65,)}, "channels must be up to 3 whole numbers from 1 to 64, not (65,)."),
        ({"channels": (0,)}, "channels must be up to 3 whole numbers from 1 to 64, not (0,)."),
        ({"channels": 8}, "channels must be up to 3 whole numbers from 1 to 64, not 8."),
        ({"channels": (2.0,)}, "channels must be up to 3 whole numbers from 1 to 64, not (2.0,)."),
        ({"kernel_size": 4}, "kernel_size must be one of 3, 5, 7, not 4."),
        ({"kernel_size": "3"}, "kernel_size must be one of 3, 5, 7, not 3."),
        (
            {"channels": (64,), "batch_size": 10_000},
            "For these convolutions a batch may have at most 597 images, not 10000.",
        ),
        (
            {"channels": (64, 64), "kernel_size": 5},
            "A convolutional network may take at most 12000000 products for an image, not 22034",
        ),
        (
            {"channels": (64,), "layer_sizes": (784, 1024, 10)},
            "A convolutional network may have at most 4000000 parameters, not 12856970.",
        ),
        ({"name": ""}, "A recipe's name must be a text of 1 to 100 characters."),
        ({"name": "x" * 101}, "A recipe's name must be a text of 1 to 100 characters."),
        ({"name": 5}, "A recipe's name must be a text of 1 to 100 characters."),
    ],
)
def test_each_rule_has_its_sentence(change, sentence):
    with pytest.raises(InputError) as error:
        dataclasses.replace(MODERN, **change)
    assert str(error.value).startswith(sentence)


def test_presets_of_made_pictures_go_by_their_names():
    assert MADE_PRESETS == {"sketch": SKETCH, "cnn": CNN}


@pytest.mark.parametrize("recipe", MADE_PRESETS.values(), ids=MADE_PRESETS)
def test_presets_of_made_pictures_learn_from_all_sources(recipe):
    assert set(recipe.made) == set(SOURCES)
    assert (recipe.layer_sizes[0], recipe.layer_sizes[-1]) == (784, 10)


def test_made_pictures_with_other_layers_and_activations():
    recipe = dataclasses.replace(SKETCH, layer_sizes=(784, 30, 10), activation="tanh")
    assert (recipe.layer_sizes, recipe.activation) == ((784, 30, 10), "tanh")
    assert dataclasses.replace(CNN, activation="tanh").n_parameters == CNN.n_parameters


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
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
        ({"channels": (100,)}, "channels must be up to 3 whole numbers from 1 to 64, not (100,)."),
        ({"made": {}}, "made must say how many pictures to make, not {}."),
        ({"made": [1]}, "made must say how many pictures to make, not [1]."),
        ({"made": {"font": 9}}, "made must be one of styled, traced, no digit, not font."),
        ({"made": {"styled": 0}}, "styled must be a whole number from 1 to 200000, not 0."),
        ({"made": {"styled": 10**6}}, "styled must be a whole number from 1 to 200000, not 1000"),
    ],
)
def test_each_rule_of_made_pictures_has_its_sentence(change, sentence):
    with pytest.raises(InputError) as error:
        dataclasses.replace(SKETCH, **change)
    assert str(error.value).startswith(sentence)


def test_numbers_of_numpy_survive_json():
    modern = dataclasses.replace(MODERN, batch_size=np.int64(64), learning_rate=np.float32(0.5))
    made = dataclasses.replace(SKETCH, made={"styled": np.int64(500)})
    for recipe in (modern, made):
        assert from_dict(json.loads(json.dumps(to_dict(recipe)))) == recipe


def test_limits_belong_to_fields():
    names = {field.name for field in dataclasses.fields(Recipe)}
    assert {*CHOICES, *WHOLE_NUMBERS, *NUMBERS} < names


hidden = st.lists(st.integers(1, 1024), max_size=4)
convolutions = st.lists(st.integers(1, 8), min_size=1, max_size=3).map(tuple)
recipes = st.builds(
    Recipe,
    st.text(min_size=1, max_size=100),
    **{name: st.sampled_from(words) for name, words in CHOICES.items()},
    **{name: st.integers(*limits) for name, limits in WHOLE_NUMBERS.items()},
    **{name: st.floats(*limits) for name, limits in NUMBERS.items()},
    learning_rate=st.floats(0, 1000, exclude_min=True),
    layer_sizes=hidden.map(lambda sizes: (784, *sizes, 10)),
)


@given(recipes, convolutions, st.sampled_from(KERNEL_SIZES))
def test_a_recipe_survives_json(recipe, channels, kernel_size):
    small = {"batch_size": 64, "layer_sizes": (784, *recipe.layer_sizes[1:-1][:1], 10)}
    other = dataclasses.replace(recipe, channels=channels, kernel_size=kernel_size, **small)
    for one in (recipe, other):
        assert from_dict(json.loads(json.dumps(to_dict(one)))) == one


def test_a_dense_recipe_is_written_as_before_there_were_convolutions():
    assert {field.name for field in dataclasses.fields(Recipe)} - set(to_dict(MODERN)) == {
        *("channels", "kernel_size")
    }


def test_recipes_of_an_earlier_version_told_a_kind_of_network():
    old = {name: value for name, value in to_dict(CNN).items() if name not in NEW | WITHOUT}
    sizes = {"layer_sizes": [784, 3136, 1568, 48, 10], "activation": "relu"}
    for more in ({}, sizes):
        assert from_dict(old | more | {"network": "convolutional"}) == CNN
    assert from_dict(to_dict(SKETCH) | {"network": "dense"}) == SKETCH


@pytest.mark.parametrize(
    "recipe", [*PRESETS.values(), *MADE_PRESETS.values()], ids=lambda r: r.name
)
def test_presets_survive_json(recipe):
    again = from_dict(json.loads(json.dumps(to_dict(recipe))))
    assert again == recipe
    assert type(again) is type(recipe)


def test_what_is_missing_gets_its_default():
    data = to_dict(dataclasses.replace(MODERN, seed=3))
    old = {name: value for name, value in data.items() if name not in NEW}
    assert from_dict(old) == dataclasses.replace(MODERN, seed=3)
    old_sketch = {
        name: value
        for name, value in to_dict(SKETCH).items()
        if name not in ("layer_sizes", "activation")
    }
    assert from_dict(old_sketch) == SKETCH


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "A recipe must be an object with named values."),
        ([], "A recipe must be an object with named values."),
        ({}, "A recipe must have a name."),
        ({"name": "mine"}, "A recipe must have a loss."),
        ({"made": {}, "name": "mine"}, "A recipe must have a learning_rate."),
        (to_dict(MODERN) | {"momentum": 1}, "A recipe has no value named momentum."),
        (to_dict(SKETCH) | {"dropout": 0.5}, "A recipe has no value named dropout."),
        (to_dict(MODERN) | {"layer_sizes": None}, "layer_sizes must be two or more whole numbers"),
        (to_dict(MODERN) | {"layer_sizes": {"784": 10}}, "layer_sizes must be two or more whole"),
        (to_dict(MODERN) | {"layer_sizes": "784"}, "layer_sizes must be two or more whole numbers"),
        (to_dict(MODERN) | {"n_epochs": "3"}, "n_epochs must be a whole number from 1 to 1000"),
        (to_dict(SKETCH) | {"made": 3}, "made must say how many pictures to make, not 3."),
        (to_dict(SKETCH) | {"layer_sizes": 1}, "layer_sizes must be two or more whole numbers"),
        (to_dict(MODERN) | {"channels": 3}, "channels must be up to 3 whole numbers"),
    ],
)
def test_what_is_no_recipe_is_told(data, sentence):
    with pytest.raises(InputError) as error:
        from_dict(data)
    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize("sizes", [(784, 10), LAYER_SIZES, (784, 3, 1024, 1, 7, 10)])
def test_parameters_are_those_of_the_network(sizes):
    assert n_parameters(sizes) == count_parameters(make_network(sizes))
    assert dataclasses.replace(MODERN, layer_sizes=sizes).n_parameters == n_parameters(sizes)
    assert dataclasses.replace(SKETCH, layer_sizes=sizes).n_parameters == n_parameters(sizes)


def test_learning_rates_of_a_run():
    rates = [learning_rate_at(MODERN, update, 100) for update in range(100)]
    assert rates[0] == MODERN.learning_rate
    assert rates[50] == pytest.approx(MODERN.learning_rate / 2)
    assert all(before > after > 0 for before, after in itertools.pairwise(rates))
    assert {learning_rate_at(ARTICLE, update, 100) for update in range(100)} == {1.0}
    warm = [learning_rate_at(SKETCH, update, 10_000) for update in range(10_000)]
    assert warm[0] == pytest.approx(SKETCH.learning_rate / 500)
    assert warm.index(max(warm)) == 499
