import dataclasses

import pytest

from core.curves.mlp import torch_lesson
from core.datasets import two_steps
from core.digits.recipe import ARTICLE, MODERN, SKETCH, to_dict
from core.lab.lesson_run import recipe_of
from core.lab.recipes import MISSING, compare, loss_of, obstacle
from core.store.records import Run


def run(kind: str, recipe: dict) -> Run:
    times = {"created": 0.0, "queued_at": 0.0, "started_at": None, "heartbeat": None}
    more = {"finished_at": None, "seconds": 0.0, "message": None, "values": {}, "sweep": None}
    counts = {"attempt": 1, "n_epochs": 1, "epochs_done": 0}
    return Run("0" * 16, "ada", "run", kind, recipe, "done", **counts, **times, **more)


def test_only_what_differs_differs() -> None:
    slower = dataclasses.replace(MODERN, name="slower", learning_rate=0.001, seed=3)
    differing, same = compare([to_dict(MODERN), to_dict(slower), to_dict(MODERN)])
    assert differing == {"learning_rate": [0.002, 0.001, 0.002], "seed": [0, 3, 0]}
    assert same["layer_sizes"] == [784, 200, 200, 200, 10]
    fields = {field.name for field in dataclasses.fields(MODERN)} - {
        *("name", "channels", "kernel_size")
    }
    assert {*differing, *same} == fields


def test_recipes_of_two_kinds_have_fields_that_the_other_has_not() -> None:
    differing, _ = compare([to_dict(MODERN), to_dict(SKETCH)])
    assert differing["made.traced"] == [MISSING, 48_000]
    assert differing["dropout"] == [0.0, MISSING]


def test_an_optimiser_is_an_optimiser_however_it_is_spelt() -> None:
    differing, same = compare([{"optimiser": "adam"}, {"optimizer": "adam"}])
    assert (differing, same) == ({}, {"optimiser": "adam"})


def test_an_mlp_kept_by_an_earlier_version_is_the_one_kept_now() -> None:
    config = torch_lesson.Config(optimiser="adam")
    now = recipe_of(config, two_steps(), {"samples": "two_steps"})
    earlier = {"optimizer" if name == "optimiser" else name: now[name] for name in now}
    assert "optimizer" in earlier
    differing, same = compare([earlier, now])
    assert (differing, same["optimiser"]) == ({}, "adam")
    momentum = compare([earlier | {"optimizer": "momentum"}, now])
    assert momentum.differing == {"optimiser": ["momentum", "adam"]}


def test_one_recipe_differs_in_nothing() -> None:
    differing, same = compare([to_dict(ARTICLE)])
    assert differing == {}
    assert same["batch_size"] == 6000


LINE = {"learning_rate": 0.1, "data": {"samples": "noisy_line", "seed": 0}}
OTHER_LINE = {"learning_rate": 0.1, "data": {"samples": "noisy_line", "seed": 1}}


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        ([run("digits", to_dict(MODERN))], None),
        ([run("digits", to_dict(MODERN)), run("digits", to_dict(SKETCH))], None),
        ([run("digits", to_dict(MODERN)), run("digits", to_dict(ARTICLE))], "losses"),
        ([run("digits", to_dict(MODERN)), run("lines/one_weight", LINE)], "kinds"),
        ([run("lines/one_weight", LINE), run("lines/one_weight", LINE)], None),
        ([run("lines/one_weight", LINE), run("lines/one_weight", OTHER_LINE)], "data"),
    ],
)
def test_what_stands_in_the_way_of_a_comparison(runs: list[Run], found: str | None) -> None:
    assert obstacle(runs) == found
    assert obstacle(runs[::-1]) == found


def test_a_recipe_that_names_its_loss_is_believed() -> None:
    assert loss_of(to_dict(ARTICLE)) == "mean_squared_error"
    assert loss_of(to_dict(SKETCH)) == SKETCH.loss
