"""The charts of a sweep: every run in its place, the best and the chosen one marked."""

import dataclasses
from typing import Any

import pytest

from core.charts.lab.sweep import heat_map, learning_curves, run_cells, scatter
from core.charts.palette import ROLES
from core.digits.recipe import MODERN, to_dict
from core.lab.sweep.plan import Sweep, sweep_of
from core.lab.sweep.results import Result, ranked, results
from core.lab.sweep.sampling import cells
from core.store.records import EpochRow, Run

BASE = dataclasses.replace(MODERN, n_epochs=4)
GRID = {"learning_rate": "1e-4..1e-1:4", "batch_size": "64,256", "optimiser": "sgd,adam"}
STATES = {
    name: name
    for name in ("queued", "running", "paused", "stopped", "done", "diverged", "failed", "pruned")
}


def runs(sweep: Sweep, accuracies: dict[int, list[float]], **statuses: str) -> list[Result]:
    """The results of a sweep whose runs have so many epochs; "done" unless said otherwise."""
    found = []
    for trial, cell in enumerate(cells(sweep)):
        reached = accuracies.get(trial, [])
        status: Any = statuses.get(f"run_{trial}", "done" if reached else "queued")
        run = Run(
            *(f"{trial:016x}", "ada", "run", "digits", to_dict(sweep.recipe(cell)), status),
            *(1, 4, len(reached), 0.0, 0.0, None, None, None, 1.0, None, {}, "sweep", trial),
        )
        found.append(run)
    rows = {
        f"{trial:016x}": [
            EpochRow(epoch, 1, 1.0, validation_accuracy=accuracy, test_accuracy=accuracy - 0.01)
            for epoch, accuracy in enumerate(reached, start=1)
        ]
        for trial, reached in accuracies.items()
    }
    return results(reversed(found), rows, sweep.names)


def test_results_are_in_order_and_the_best_by_held_out_images_comes_first():
    sweep = sweep_of(BASE, GRID)
    found = runs(sweep, {3: [0.5, 0.9, 0.8], 5: [0.9, 0.85], 7: [0.95]})
    assert [result.run.trial for result in found] == list(range(16))
    assert [result.run.trial for result in ranked(found)] == [7, 3, 5]  # the first of two
    best = found[3].best
    assert best is not None
    assert (best.epoch, found[3].validation_accuracy) == (2, 0.9)
    assert found[3].test_accuracy == pytest.approx(0.89)
    assert found[0].best is None
    assert found[0].validation_accuracy is None


def test_every_run_of_a_grid_has_a_cell_of_its_own_at_its_values():
    sweep = sweep_of(BASE, GRID)
    axes = heat_map.axes(sweep)
    found = runs(sweep, {})
    tables = heat_map.tables(run_cells.cells(found, STATES), found, axes)
    table = tables["cells"]
    places = set(zip(table["column"], table["row"], strict=True))
    assert len(places) == len(table) == 16
    columns = dict(axes)["learning_rate"]
    for result, column in zip(found, table["column"], strict=True):
        assert columns[column] == result.cell["learning_rate"]
    assert tables["bands"]["label"].tolist() == ["Optimiser: SGD", "Optimiser: Adam"]
    spec = heat_map.specification(axes)
    order = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert order == ["0", "0.0", "0.1", "1", "1.0", "1.1"]
    assert set(table["row"]) | set(tables["bands"]["row"]) == set(order)


@pytest.mark.parametrize(
    ("texts", "n_columns", "rows"),
    [
        ({"learning_rate": "1e-4..1e-1:4"}, 4, ["0.0"]),
        ({"optimiser": "sgd,adam", "batch_size": "1,2,3"}, 3, ["0.0", "0.1"]),
    ],
)
def test_with_fewer_hyperparameters_there_are_no_bands(texts, n_columns, rows):
    sweep = sweep_of(BASE, texts)
    axes = heat_map.axes(sweep)
    found = runs(sweep, {})
    tables = heat_map.tables(run_cells.cells(found, STATES), found, axes)
    assert len(tables["bands"]) == 0
    assert sorted(set(tables["cells"]["row"])) == rows
    encoding = heat_map.specification(axes)["layer"][0]["encoding"]
    assert encoding["x"]["scale"]["domain"] == list(range(n_columns))
    assert encoding["y"]["scale"]["domain"] == rows


def test_the_layout_holds_no_data_and_fits_its_rows():
    small = heat_map.specification(heat_map.axes(sweep_of(BASE, GRID)))
    assert "datasets" not in small
    large = heat_map.axes(sweep_of(BASE, {"learning_rate": "1e-4..1:40", "dropout": "0..0.9:20"}))
    spec = heat_map.specification(large)
    assert len(spec["layer"]) == 1  # no text in forty columns
    assert spec["height"] == 20 * heat_map.LOW_ROW + heat_map.AXIS


def test_the_looks_say_how_a_run_is():
    sweep = sweep_of(BASE, GRID)
    found = runs(
        sweep,
        {0: [0.9], 1: [0.95, 0.96], 2: [0.3], 3: [0.2], 4: [0.5, 0.6]},
        run_1="running",
        run_2="pruned",
        run_3="diverged",
        run_4="stopped",
    )
    table = run_cells.cells(found, STATES, best=0, shown=4, n_shown=7).set_index("trial")
    assert table["role"][[0, 1, 3]].tolist() == ["best", "model", "now"]
    assert table["outline"][[0, 1, 4]].tolist() == ["best", "second", "ink"]
    assert table["above"][[0, 1, 5]].tolist() == ["90.0", "96.0", ""]
    assert table["below"][:6].tolist() == [
        *("", "running 2/4", "pruned 1/4", "diverged", "stopped 2/4", "queued"),
    ]
    assert set(table["n_shown"]) == {7}
    assert table["values"][0].startswith("Learning rate η: ")
    assert set(table["role"]) | set(table["outline"].dropna()) <= set(ROLES)
    narrow = run_cells.cells(found, STATES, roomy=False)["below"]
    assert narrow[:6].tolist() == ["", "2/4", "× 1/4", "!", "2/4", "·"]


def test_better_runs_are_stronger_and_small_differences_stay_small():
    faint, strong = run_cells.FAINTEST, run_cells.STRONGEST
    assert run_cells.strengths([0.1, 0.9, 0.99])[0] == faint
    assert run_cells.strengths([0.1, 0.9, 0.99])[2] == strong
    even = run_cells.strengths([0.8, 0.9, 0.95])
    assert even[1] - even[0] == pytest.approx(even[2] - even[1])
    close = run_cells.strengths([0.970, 0.971])
    assert close[1] - close[0] < 0.05
    assert run_cells.strengths([1.0, 1.0, None]) == [strong, strong, faint / 2]


@pytest.mark.parametrize("down", [None, "dropout", "optimiser"])
def test_points_of_a_random_search_are_at_their_values(down):
    texts = {"learning_rate": "1e-4..1e-1", "dropout": "0..0.5", "optimiser": "sgd,adam"}
    sweep = sweep_of(BASE, texts, "random", 12)
    found = runs(sweep, {0: [0.9], 1: [0.5]})
    dimensions = {dimension.name: dimension for dimension in sweep.space}
    across, y = dimensions["learning_rate"], dimensions.get(down)
    table = scatter.tables(run_cells.cells(found, STATES), found, across, y)["cells"]
    expected = [result.cell["learning_rate"] for result in found]
    if down is None:  # only those that have an accuracy
        assert table["x"].tolist() == expected[:2]
        assert table["y"].tolist() == pytest.approx([0.1, 0.5])
    else:
        assert table["x"].tolist() == expected
        assert len(table["y"].dropna()) == 12
    x = scatter.specification(across, y)["layer"][0]["encoding"]["x"]
    assert (x["type"], x["scale"]["type"]) == ("quantitative", "log")
    assert x["scale"]["domain"] == [1e-4, 0.1]


def test_words_get_an_axis_of_their_choices_in_order():
    sweep = sweep_of(BASE, {"optimiser": "sgd,adam", "dropout": "0..0.5"}, "random", 5)
    optimiser, dropout = sweep.space
    y = scatter.specification(dropout, optimiser)["layer"][0]["encoding"]["y"]
    assert (y["type"], y["scale"]["domain"]) == ("nominal", ["SGD", "Adam"])
    assert scatter.most_varied(sweep.space) == ["dropout", "optimiser"]


def test_curves_have_a_line_for_each_run_and_mark_where_one_was_ended():
    sweep = sweep_of(BASE, GRID)
    accuracies = {0: [0.5, 0.9], 1: [0.4], 2: [0.3, 0.5, 0.7, 0.8]}
    found = runs(sweep, accuracies, run_1="pruned")
    tables = learning_curves.tables(found, {0: "first"}, best=0, shown=2)
    curves = tables["curves"]
    assert curves.groupby("trial").size().to_dict() == {0: 2, 1: 1, 2: 4}
    assert curves.groupby("trial")["role"].first().to_dict() == {0: "best", 1: "data", 2: "ink"}
    assert (1 - curves["y"]).tolist() == pytest.approx(
        [accuracy for reached in accuracies.values() for accuracy in reached]
    )
    assert tables["ends"]["trial"].tolist() == [1]
    assert tables["ends"]["epoch"].tolist() == [1]
    spec = learning_curves.specification(4)
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 4]
    assert "datasets" not in spec


def test_very_many_epochs_are_thinned_but_every_run_keeps_its_first_and_last(monkeypatch):
    monkeypatch.setattr(learning_curves, "MOST_ROWS", 10)
    sweep = sweep_of(BASE, GRID)
    accuracies = {trial: [0.1 * n for n in range(1, 10)] for trial in range(3)}
    found = runs(sweep, accuracies | {3: [0.1, 0.2, 0.3, 0.4, 0.5]}, run_3="pruned")
    tables = learning_curves.tables(found, {})
    epochs = tables["curves"].groupby("trial")["epoch"].agg(list).to_dict()
    assert epochs == {0: [1, 4, 8, 9], 1: [1, 4, 8, 9], 2: [1, 4, 8, 9], 3: [1, 4, 5]}
    assert tables["ends"]["epoch"].tolist() == [5]  # the × stands where the run ended


def test_a_sweep_without_any_epoch_has_empty_curves():
    found = runs(sweep_of(BASE, GRID), {})
    tables = learning_curves.tables(found, {})
    assert {name: len(table) for name, table in tables.items()} == {
        "curves": 0,
        "ends": 0,
        "view": 1,
    }
