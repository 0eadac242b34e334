import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.recipe import ARTICLE, CONVOLUTIONAL, MODERN, from_dict, to_dict
from core.lab.sweep.plan import MOST_RUNS, Sweep, from_settings, name_of, sweep_of, to_settings
from core.lab.sweep.sampling import cells
from core.lab.sweep.space import Choices, Range
from core.lab.sweep.text import EXAMPLES
from core.messages import InputError
from core.store.names import LONGEST

RATES = {"learning_rate": "1e-4..1e-1"}
BATCHES = {"batch_size": "64,256,1024"}


def test_the_grid_of_the_readme_has_the_runs_that_were_asked_for():
    sweep = sweep_of(MODERN, RATES | BATCHES, n_runs=24)
    assert [len(values) for values in sweep.axes().values()] == [8, 3]
    assert sweep.n_planned == len(cells(sweep)) == 24


@pytest.mark.parametrize(
    ("texts", "n_runs", "points"),
    [
        (RATES, None, [5]),
        (RATES, 7, [7]),
        (RATES | BATCHES, 23, [7, 3]),
        (RATES | {"dropout": "0..0.5"}, 27, [5, 5]),
        (RATES | {"dropout": "0..0.5:2"}, 27, [13, 2]),
        (RATES | {"dropout": "0..0.5", "batch_size": "1..1000"}, 27, [3, 3, 3]),
        ({"batch_size": "1..3"}, 100, [3]),
    ],
)
def test_open_ranges_share_the_runs(texts, n_runs, points):
    sweep = sweep_of(MODERN, texts, n_runs=n_runs)
    assert [len(values) for values in sweep.axes().values()] == points
    assert n_runs is None or sweep.n_planned <= n_runs


@pytest.mark.parametrize(
    ("texts", "method", "n_runs", "sentence"),
    [
        ({}, "grid", None, "Nothing varies: give a hyperparameter a range or two values"),
        ({"dropout": "0.5"}, "grid", None, "Nothing varies"),
        (
            {"learning_rate": "1e-4..1:100", "dropout": "0..0.9:100"},
            "grid",
            None,
            "The sweep would have 10,000 runs; it may have from 1 to 1,000.",
        ),
        (RATES, "random", 10_000, "would have 10,000 runs; it may have from 1 to 1,000."),
        (RATES, "random", 0, "would have 0 runs"),
        (RATES, "grid", -1, "would have -1 runs"),
        (RATES | BATCHES, "grid", 5, "5 runs are too few for this grid"),
        (BATCHES, "grid", 2, "The grid has 3 cells: ask for so many runs, or for a random search"),
        (BATCHES, "random", 4, "There are only 3 different combinations"),
        ({"batch_size": "1..3"}, "random", 4, "There are only 3 different combinations"),
        (RATES, "best", None, "method must be one of grid, random, not best."),
        (
            {name: EXAMPLES[name] for name in ("dropout", "loss", "schedule", "n_images")},
            "grid",
            None,
            "A sweep may vary up to 3 different hyperparameters, not dropout, loss, schedule, n_im",
        ),
    ],
)
def test_what_cannot_be_swept_is_told_in_a_sentence(texts, method, n_runs, sentence):
    with pytest.raises(InputError) as told:
        sweep_of(MODERN, texts, method, n_runs)
    assert sentence in str(told.value)


def test_a_hyperparameter_cannot_be_varied_twice():
    with pytest.raises(InputError, match="up to 3 different"):
        Sweep(MODERN, [Range("dropout", 0, 0.5), Range("dropout", 0.1, 0.2)])


def test_one_value_is_a_setting_of_all_runs():
    sweep = sweep_of(ARTICLE, RATES | {"optimiser": "adam", "layer_sizes": "30"})
    assert sweep.names == ("learning_rate",)
    recipe = sweep.recipe({"learning_rate": 0.5})
    assert (recipe.optimiser, recipe.layer_sizes) == ("adam", (784, 30, 10))
    assert recipe.learning_rate == 0.5
    assert recipe.batch_size == ARTICLE.batch_size


def test_a_grid_is_every_combination_once():
    texts = {"optimiser": "sgd,adam", "layer_sizes": "none,30", "dropout": "0..0.5:3"}
    found = cells(sweep_of(MODERN, texts))
    assert len(found) == len({name_of(cell) for cell in found}) == 12
    for name, values in sweep_of(MODERN, texts).axes().items():
        assert all(
            sum(cell[name] == value for cell in found) == 12 / len(values) for value in values
        )


def test_a_random_search_stays_in_its_ranges_and_uses_them_evenly():
    texts = RATES | {"batch_size": "10..1000", "optimiser": "sgd,adam"}
    found = cells(sweep_of(MODERN, texts, "random", 400))
    rates = [cell["learning_rate"] for cell in found]
    assert 1e-4 <= min(rates) < 2e-4 < 0.05 < max(rates) <= 0.1
    assert 150 < sum(rate < 0.00316 for rate in rates) < 250  # half of the powers of ten
    assert all(isinstance(cell["batch_size"], int) for cell in found)
    assert 150 < sum(cell["batch_size"] < 100 for cell in found) < 250
    assert 150 < sum(cell["optimiser"] == "sgd" for cell in found) < 250


@pytest.mark.parametrize("method", ["grid", "random"])
def test_the_cells_follow_from_the_seed(method):
    sweep = sweep_of(MODERN, RATES | BATCHES, method, 12)
    other = dataclasses.replace(sweep, base=dataclasses.replace(MODERN, seed=2**40))
    assert cells(sweep) == cells(sweep)
    assert cells(sweep) != cells(other)


def test_a_range_too_narrow_for_different_values_is_told():
    with pytest.raises(InputError, match="too narrow for 24 different runs"):
        cells(sweep_of(MODERN, {"learning_rate": "0.1..0.1001"}, "random"))


def test_all_combinations_of_a_random_search_over_choices_are_found():
    texts = {"batch_size": ",".join(map(str, range(1, 51))), "optimiser": "sgd,adam"}
    assert len(cells(sweep_of(MODERN, texts, "random", 90))) == 90


spaces = st.lists(st.sampled_from(sorted(EXAMPLES)), min_size=1, max_size=3, unique=True)


@given(spaces, st.sampled_from(["grid", "random"]), st.none() | st.integers(1, 40))
def test_a_sweep_survives_being_stored_and_its_cells_are_different_recipes(names, method, n_runs):
    try:
        sweep = sweep_of(MODERN, {name: EXAMPLES[name] for name in names}, method, n_runs)
        found = cells(sweep)
    except InputError:
        return
    assert from_settings(json.loads(json.dumps(to_settings(sweep)))) == sweep
    assert 1 <= len(found) == sweep.n_planned <= MOST_RUNS
    stored = [json.loads(json.dumps(to_dict(sweep.recipe(cell)))) for cell in found]
    assert len({json.dumps(recipe) for recipe in stored}) == len(found)
    for cell, recipe in zip(found, stored, strict=True):
        assert {name: recipe[name] for name in sweep.names} == cell
        assert from_dict(recipe) == sweep.recipe(cell)
        assert len(name_of(cell)) <= LONGEST
        for dimension in sweep.space:
            value = cell[dimension.name]
            if isinstance(dimension, Choices):
                assert value in dimension.values
            else:
                assert dimension.low <= value <= dimension.high


def test_the_longest_names_still_fit():
    cell = {
        "layer_sizes": [784, 1024, 1024, 1024, 1024, 10],
        "loss": "mean_squared_error",
        "weight_decay": 0.000123,
    }
    assert len(name_of(cell)) <= LONGEST


def test_channels_and_kernels_are_varied_of_a_convolutional_network_or_beside_a_dense_one():
    sweep = sweep_of(CONVOLUTIONAL, {"kernel_size": "3,5", "channels": "8,16-32,none"})
    made = [sweep.recipe(cell) for cell in cells(sweep)]
    assert {recipe.channels for recipe in made} == {(8,), (16, 32), ()}
    assert {recipe.kernel_size for recipe in made} == {3, 5}
    assert from_settings(json.loads(json.dumps(to_settings(sweep)))) == sweep
    sweep_of(MODERN, {"kernel_size": "3,5", "channels": "8,16"})
    with pytest.raises(InputError, match="A dense network has no kernel"):
        sweep_of(MODERN, {"kernel_size": "3,5"})
