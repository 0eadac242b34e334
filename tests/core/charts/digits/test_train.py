import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from core.charts.digits import train as chart
from core.charts.layout import LAYOUTS, Layout


@dataclass
class Point:
    epoch: float
    train_loss: float | None
    train_accuracy: float | None
    test_loss: float | None
    test_accuracy: float | None


def falling(n: int) -> list[Point]:
    """A run whose losses fall from 2 towards 0 and whose accuracies rise towards 1."""
    return [Point(i, 2 / i, 1 - 0.5 / i, 2.2 / i, 1 - 0.6 / i) for i in range(1, n + 1)]


def view(tables: dict[str, pd.DataFrame]) -> "pd.Series[float]":
    return tables["view"].iloc[0]


@pytest.mark.parametrize("layout", LAYOUTS.values())
@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_layout_has_no_data_and_both_panels(logarithmic: bool, layout: Layout) -> None:
    made = chart.specification(
        logarithmic=logarithmic, layout=layout, translate=lambda text: f"<{text}>"
    )
    text = json.dumps(made)
    assert '"values": [{' not in text
    for table in chart.tables(falling(3), n_epochs=3):
        assert f'"name": "{table}"' in text
    for title in ("<epoch>", "<accuracy>", "<loss (log)>" if logarithmic else "<loss>"):
        assert title in text
    (panels,) = made["vconcat"]
    assert list(panels) == ["vconcat" if layout.stacked else "hconcat", "spacing"]


def test_every_epoch_is_a_row_for_training_and_one_for_test() -> None:
    curves = chart.tables(falling(4), n_epochs=30)["curves"]
    train, test = (curves[curves["role"] == role] for role in ("second", "model"))
    assert train["loss"].tolist() == [2, 1, 2 / 3, 0.5]
    assert test["accuracy"].tolist() == [0.4, 0.7, 0.8, 0.85]


def test_only_what_was_measured_since_the_last_epoch_is_under_way() -> None:
    points = [Point(3.9, 9, 0.1, 9, 0.1), Point(4.2, 0.45, 0.9, 0.5, 0.9)]
    now = chart.tables(falling(4), points, n_epochs=30)["under_way"]
    assert now["epoch"].unique().tolist() == [4.2]


def test_before_the_first_epoch_only_what_is_under_way_is_there() -> None:
    tables = chart.tables([], [Point(0.2, 2.3, 0.1, 2.3, 0.1)], n_epochs=30)
    assert len(tables["curves"]) == 0
    assert len(tables["under_way"]) == 2
    assert len(chart.tables([], n_epochs=30)["under_way"]) == 0


@pytest.mark.parametrize("logarithmic", [False, True])
def test_all_axes_are_ranges_whatever_was_measured(logarithmic: bool) -> None:
    odd = [
        Point(1, 0.0, 1.0, 0.0, 1.0),
        Point(2, 1e30, 0.0, None, 0.1),
        Point(3, float("inf"), 0.1, float("nan"), 0.1),
    ]
    for epochs in ([], odd[:1], odd[1:], odd, odd[2:]):
        tables = chart.tables(epochs, n_epochs=30, logarithmic=logarithmic)
        assert np.isfinite(tables["curves"][["epoch", "loss", "accuracy"]]).all(axis=None)
        ranges = view(tables)
        for axis in ("epoch", "loss", "accuracy"):
            assert ranges[f"{axis}_low"] < ranges[f"{axis}_high"]
        assert not logarithmic or ranges["loss_low"] > 0


def test_the_axes_move_seldom_and_the_epochs_end_with_the_run() -> None:
    ends = [view(chart.tables(falling(n), n_epochs=200))["epoch_high"] for n in range(1, 201)]
    assert ends == sorted(ends)
    assert len(set(ends)) == 5
    assert all(end >= n for n, end in enumerate(ends, start=1))
    assert ends[-1] == 200


def test_the_last_numbers_are_always_in_sight() -> None:
    for n in range(1, 40):
        epochs = falling(n)
        ranges = view(chart.tables(epochs, n_epochs=40))
        assert ranges["loss_low"] <= epochs[-1].train_loss <= ranges["loss_high"]
        assert ranges["accuracy_low"] <= epochs[-1].test_accuracy <= ranges["accuracy_high"]


def test_a_short_run_is_in_sight_from_its_first_epoch_on() -> None:
    """Losses and accuracies of MNIST: the first epoch brings most, and that is what one learns."""
    losses = [0.30, 0.19, 0.14, 0.11, 0.09, 0.08]
    epochs = [Point(i, x, 1 - x / 3, x, 1 - x / 3) for i, x in enumerate(losses, start=1)]
    for n in range(1, 7):
        tables = chart.tables(epochs[:n], n_epochs=6)
        ranges = view(tables)
        assert ranges["loss_high"] >= losses[0]
        assert ranges["accuracy_low"] <= epochs[0].test_accuracy
        assert not chart.is_cut(tables)


def test_of_a_long_run_the_later_epochs_fill_the_axes_and_what_is_cut_is_known() -> None:
    tables = chart.tables(falling(30), n_epochs=30)
    assert view(tables)["loss_high"] == 0.2
    assert view(tables)["accuracy_low"] == 0.95
    assert chart.is_cut(tables)
    assert view(chart.tables(falling(30), n_epochs=30, logarithmic=True))["loss_high"] > 2
    assert not chart.is_cut(chart.tables([], n_epochs=30))


def test_a_loss_that_has_come_to_0_has_an_axis() -> None:
    epochs = [Point(1, 1.0, 0.9, 1.0, 0.9), *(Point(i, 0.0, 1.0, 0.0, 1.0) for i in range(2, 9))]
    assert view(chart.tables(epochs, n_epochs=8))["loss_high"] == 1


def test_the_best_epoch_is_marked_once_it_is_known() -> None:
    assert view(chart.tables(falling(3), n_epochs=9, best=2))["epoch"] == 2
    assert np.isnan(view(chart.tables(falling(3), n_epochs=9))["epoch"])


def test_two_hundred_epochs_are_a_small_message() -> None:
    tables = chart.tables(falling(200), falling(200)[-1:], n_epochs=200)
    size = 0
    for table in tables.values():
        sink = pa.BufferOutputStream()
        arrow = pa.Table.from_pandas(table)
        with pa.ipc.new_stream(sink, arrow.schema) as writer:
            writer.write_table(arrow)
        size += sink.getvalue().size
    assert size < 40_000
