import numpy as np
import pandas as pd
import pytest

from core.charts.lab import compare
from core.charts.lab.compare import Shown
from core.charts.player import MAX_FRAMES
from core.lab.compare.learning_curves import MEASURES


def shown(place: int, n: int, **columns) -> Shown:
    counted = {"epoch": np.arange(1.0, n + 1), "images": 100.0 * np.arange(1, n + 1)}
    table = pd.DataFrame(counted | {"seconds": 2 * counted["epoch"]} | columns)
    return Shown(
        place, f"run {place}", table.reindex(columns=["epoch", "images", "seconds", *MEASURES])
    )


FALLING = {"train_loss": [0.5, 0.2, 0.1], "test_loss": [0.6, 0.4, 0.5]}
RIGHT = {"train_accuracy": [0.8, 0.9, 0.99], "test_accuracy": [0.7, 0.88, 0.86]}
DIGITS = shown(2, 3, **FALLING, **RIGHT)
LESSON = shown(0, 3, train_loss=[4.0, 1.0, 0.0])


def test_a_run_has_a_strong_curve_of_the_test_images_and_a_thin_one_beside_it():
    points = compare.tables([DIGITS])["points"]
    assert set(points["role"]) == {"run_3"}
    sides = points.groupby("part")
    assert sides["loss"].apply(list).to_dict() == {
        "test": [0.6, 0.4, 0.5],
        "train": [0.5, 0.2, 0.1],
    }
    assert sides["accuracy"].apply(list)["test"] == [0.7, 0.88, 0.86]
    assert points["end"].tolist() == 2 * [False, False, True]


def test_a_lesson_has_only_the_strong_one():
    points = compare.tables([LESSON], translate=str.upper)["points"]
    assert set(points["part"]) == {"test"}
    assert set(points["of"]) == {"ALL SAMPLES"}
    assert points["loss"].tolist() == [4, 1, 0]


@pytest.mark.parametrize(("axis", "x"), [("epoch", 3), ("images", 300), ("seconds", 6)])
def test_the_axis_counts_what_was_chosen(axis, x):
    made = compare.tables([DIGITS], axis=axis)
    assert made["points"]["x"].max() == x
    assert x < made["view"]["x_high"].item() < 1.1 * x


def test_a_loss_of_0_has_a_place_on_the_logarithmic_axis():
    made = compare.tables([LESSON], logarithmic=True)
    assert made["points"]["loss"].min() == compare.LOWEST
    assert 0 < made["view"]["loss_low"].item() < compare.LOWEST


def test_an_exploding_loss_does_not_squeeze_the_others():
    wild = shown(1, 4, train_loss=[2.0, 50.0, 4e3, 1e6])
    view = compare.tables([LESSON, wild])["view"]
    assert 4 < view["loss_high"].item() < 5
    assert compare.tables([LESSON, wild], logarithmic=True)["view"]["loss_high"].item() > 1e6


def test_the_ranges_hold_all_curves():
    view = compare.tables([LESSON, DIGITS])["view"].iloc[0]
    assert view["loss_low"] < 0
    assert view["loss_high"] > 4
    assert view["accuracy_low"] < 0.88  # the later half of the test curve
    assert 0.99 < view["accuracy_high"] <= 1


def test_early_accuracies_below_their_axis_are_known():
    slow = shown(1, 4, train_accuracy=[0.1, 0.9, 0.9, 0.9], test_accuracy=[0.1, 0.9, 0.91, 0.92])
    assert compare.is_cut(compare.tables([slow]))
    assert not compare.is_cut(compare.tables([LESSON]))
    even = shown(1, 3, train_accuracy=[0.9, 0.92, 0.93], test_accuracy=[0.9, 0.92, 0.93])
    assert not compare.is_cut(compare.tables([even]))


@pytest.mark.parametrize("n", [1, 2, 59, 61, 300, 301, 5000])
def test_a_long_curve_is_thinned_and_keeps_its_ends(n):
    points = compare.tables([shown(0, n, train_loss=np.linspace(1, 0.1, n))])["points"]
    assert len(points) == min(n, MAX_FRAMES)
    assert points["epoch"].iloc[[0, -1]].tolist() == [1, n]
    assert points["spot"].sum() == min(n, compare.MAX_SPOTS)
    assert points["spot"].iloc[-1]
    assert np.flatnonzero(points["end"]).tolist() == [len(points) - 1]


def test_gaps_stay_gaps():
    points = compare.tables([shown(0, 3, train_loss=[1.0, np.nan, 0.5])])["points"]
    assert points["loss"].isna().tolist() == [False, True, False]


def test_the_layout_names_the_runs_and_depends_on_nothing_that_changes_while_one_learns():
    names = {"run_1": "a “b” </c>", "run_3": "run 2"}
    spec = compare.specification(names, translate=str.upper)
    panels = spec["vconcat"][0]["hconcat"]
    legends = [
        layer["encoding"]["color"]["legend"]
        for column in panels
        for layer in column["vconcat"][0]["layer"]
        if layer.get("encoding", {}).get("color", {}).get("legend")
    ]
    assert all(legend["values"] == ["run_1", "run_3"] for legend in legends)
    assert "a “b” </c>" in legends[0]["labelExpr"]
    assert spec == compare.specification(names, translate=str.upper)


def test_without_accuracies_there_is_one_panel_over_the_whole_width():
    alone = compare.specification({"run_1": "a"}, accuracy=False)["vconcat"][0]["hconcat"]
    both = compare.specification({"run_1": "a"})["vconcat"][0]["hconcat"]
    assert (len(alone), len(both)) == (1, 2)
    widths = [panels[0]["vconcat"][0]["width"] for panels in (alone, both)]
    assert widths[0] > 2 * widths[1]
