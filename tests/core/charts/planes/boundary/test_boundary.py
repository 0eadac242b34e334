import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.charts.layout import LAYOUTS, TABLET, Layout
from core.charts.planes.boundary import both_losses
from core.charts.planes.boundary import boundary as chart
from core.charts.planes.boundary.step_numbers import n_lines
from core.history import History
from core.number import number
from core.planes import boundary as lesson
from core.planes.boundary import Loss
from core.planes.boundary.lowest import lowest_cross_entropy
from core.planes.boundary.separation import Separation, separation
from core.planes.points import Points, as_points, two_classes

LOSSES: list[Loss] = ["mean_squared_error", "binary_cross_entropy"]
BLOBS, MIXED = two_classes(), two_classes(noise=1.0)

Tables = dict[str, pd.DataFrame]

ENDS = [f"{axis}_{end}" for axis in ("x", "y", "update", "loss") for end in ("low", "high")]
"""The ends of all axes, in the table ``view``."""


def made(
    points: Points = BLOBS, *, layout: Layout = TABLET, **values: Any
) -> tuple[History, Tables]:
    config = lesson.Config(**values)
    history = lesson.train(*points, config)
    found = separation(*points)
    lowest = None if found.is_separable else lowest_cross_entropy(*points)
    return history, chart.tables(points, config, history, found, lowest, layout=layout)


def parts(specification: Any) -> Iterator[dict[str, Any]]:
    if isinstance(specification, dict):
        yield specification
        specification = list(specification.values())
    if isinstance(specification, list):
        for value in specification:
            yield from parts(value)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("batch_size", [1, 10, None])
def test_each_frame_s_numbers_lead_to_the_next(loss: Loss, batch_size: int | None) -> None:
    history, tables = made(loss=loss, batch_size=batch_size, n_epochs=2, record_every=1)
    frames = tables["frames"]
    for line, name in (("line_4", "weight_1"), ("line_5", "weight_2"), ("line_6", "bias")):
        ends = [text.rpartition(" = ")[2] for text in frames[line][:-1]]
        assert ends == [number(value) for value in history.column(name)[1:]]


@pytest.mark.parametrize("loss", LOSSES)
def test_the_lines_say_the_ringed_samples_way_forward(loss: Loss) -> None:
    history, tables = made(loss=loss, batch_size=1, n_epochs=1, record_every=1)
    for row, frame in tables["frames"].iloc[:-1].iterrows():
        x = frame[["x1", "x2"]].to_numpy(float)
        i = int(history.column("next_sample")[row])
        np.testing.assert_array_equal(x, BLOBS.x[i])
        assert f"Sample {i + 1} of 100: y = {BLOBS.y[i]:g}" in frame["line_1"]
        z = float(lesson.weighted_sum(x, *history.params[row]))
        assert frame["line_2"].endswith(f" = {number(z)}")
        assert f"ŷ = σ(z) = {number(lesson.predict(x, *history.params[row]))}," in frame["line_3"]
        slope = float(lesson.slopes(z, BLOBS.y[i], loss))
        assert frame["line_3"].endswith(f" = {number(slope)}")
        assert number(slope * x[0]) in frame["line_4"]


def test_a_batch_names_its_first_sample() -> None:
    _, tables = made(batch_size=20, shuffle=False, n_epochs=1)
    assert tables["frames"]["line_1"][1] == (
        "Epoch 1, update 2, batch of 20  ·  Its first sample, 21 of 100: y = 0"
    )


def test_the_last_frame_says_what_came_of_it() -> None:
    history, tables = made(MIXED, n_epochs=3)
    last = tables["frames"].iloc[-1]
    assert last["line_1"] == "Done: 30 updates."
    assert last["line_3"] == f"binary cross-entropy = {number(history.loss[-1])}"
    above = lesson.predict(MIXED.x, *history.params[-1]) >= 0.5
    assert last["line_4"] == f"right: {(~above & (MIXED.y == 0)).sum()} of 50 of class 0"
    assert last["line_5"] == f"right: {(above & (MIXED.y == 1)).sum()} of 50 of class 1"
    assert np.isnan(last["x1"])


def test_the_frames_have_the_accuracy_and_the_longest_arrow_fits() -> None:
    history, tables = made(MIXED, n_epochs=5)
    frames = tables["frames"]
    expected = [lesson.accuracy(*MIXED, *params) for params in history.params]
    np.testing.assert_array_equal(frames["accuracy"], expected)
    length = np.hypot(frames["weight_1"], frames["weight_2"])
    np.testing.assert_allclose(frames["arrow"] / frames["arrow"].max(), length / length.max())
    assert 100 < frames["arrow"].max() < chart.HEIGHT / 2


def test_what_a_line_can_do_at_best_is_drawn_where_it_is_known() -> None:
    view = made(MIXED)[1]["view"].iloc[0]
    lowest = lowest_cross_entropy(*MIXED)
    assert (view["best_accuracy"], view["lowest_loss"]) == (0.95, lowest.loss)
    assert view["z_centre"] == pytest.approx(
        float(lesson.weighted_sum([view["centre_1"], view["centre_2"]], *lowest[:3]))
    )
    view = made(BLOBS)[1]["view"].iloc[0]
    assert view["best_accuracy"] == 1
    assert view[["lowest_loss", "across", "z_centre"]].isna().all()


def test_the_page_can_tell_whether_the_axes_are_alike() -> None:
    assert chart.has_equal_scales(made()[1])
    assert not chart.has_equal_scales(made(two_classes(stretch=20))[1])


def test_a_run_that_explodes_says_so_and_still_has_axes() -> None:
    points = as_points([[1e4, 0], [1.1e4, 1], [1.2e4, 0]], [0, 1, 0])
    _, tables = made(points, learning_rate=1e6, n_epochs=50)
    assert tables["frames"]["line_1"].iloc[-1].startswith("Diverged at update")
    assert np.isfinite(tables["view"][ENDS].to_numpy(float)).all()


@pytest.mark.parametrize("x", [[[0.0, 0.0]], [[2.0, 2.0]] * 2, [[1e50, -1e50], [-1e50, 1e50]]])
@pytest.mark.parametrize("loss", LOSSES)
def test_odd_samples_are_drawn_all_the_same(x: list[list[float]], loss: Loss) -> None:
    points = as_points(x, [0, 1][: len(x)])
    config = lesson.Config(loss=loss, n_epochs=3, start_weight_1=0, start_weight_2=0)
    history = lesson.train(*points, config)
    tables = chart.tables(points, config, history, Separation(len(x), 0, 1), None)
    assert np.isfinite(tables["view"][ENDS].to_numpy(float)).all()


def test_both_losses_start_alike_and_each_has_its_curves() -> None:
    runs = {loss: lesson.train(*BLOBS, lesson.Config(loss=loss)) for loss in LOSSES}
    tables = both_losses.tables(BLOBS, runs)
    for loss, history in runs.items():
        curve = tables["runs"][tables["runs"]["role"] == both_losses.ROLES[loss]]
        np.testing.assert_array_equal(curve["update"], history.update[1:])
        length = np.hypot(*history.params[1:, :2].T)
        np.testing.assert_allclose(curve["length"], length)
        assert curve["accuracy"].iloc[-1] == lesson.accuracy(*BLOBS, *history.params[-1])
    assert tables["view"]["length_high"][0] > tables["runs"]["length"].max()


@pytest.mark.parametrize("layout", LAYOUTS.values())
def test_the_panels_read_the_tables_and_all_of_them_and_little_is_sent(layout: Layout) -> None:
    points = two_classes("circle", 500)
    runs = {loss: lesson.train(*points, lesson.Config(loss=loss)) for loss in LOSSES}
    _, tables = made(points, layout=layout, n_epochs=100)
    for specification, sent in (
        (chart.specification(len(tables["frames"]), layout=layout), tables),
        (both_losses.specification(layout=layout), both_losses.tables(points, runs)),
    ):
        assert "datasets" not in specification
        read = {
            part["data"]["name"] for part in parts(specification) if "name" in part.get("data", {})
        }
        assert read == set(sent)
        size = sum(len(table.to_json()) for table in sent.values()) + len(json.dumps(specification))
        assert size < 300_000
    assert f"line_{n_lines(layout=layout)}" in tables["frames"]
    assert f"line_{n_lines(layout=layout) + 1}" not in tables["frames"]


def test_a_guess_of_wrong_samples_stands_among_the_accuracies() -> None:
    points, config = BLOBS, lesson.Config()
    history = lesson.train(*points, config)
    for guess, drawn in ((None, []), (25, [0.75])):
        tables = chart.tables(points, config, history, None, None, guess=guess)
        assert tables["guess"]["value"].tolist() == drawn
