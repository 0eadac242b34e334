import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.charts.curves.sigmoid_neuron import chain_boxes, saturation
from core.charts.curves.sigmoid_neuron import sigmoid_neuron as chart
from core.charts.player import STACKED_WIDTH, WIDTH
from core.curves import sigmoid_neuron as lesson
from core.curves.sigmoid_neuron import Loss
from core.datasets import step
from core.history import History
from core.number import number

LOSSES: list[Loss] = ["mean_squared_error", "binary_cross_entropy"]

Tables = dict[str, pd.DataFrame]


def made(n_samples: int = 100, **values: Any) -> tuple[History, Tables]:
    x, y = step(n_samples)
    config = lesson.Config(**values)
    history = lesson.train(x, y, config)
    return history, chart.tables(x, y, config, history)


def shown(text: str) -> float:
    """The number in a text of `core.number.number`."""
    digits, _, power = text.replace("−", "-").partition("·10")
    return float(f"{digits}e{power.translate(str.maketrans('⁻⁰¹²³⁴⁵⁶⁷⁸⁹', '-0123456789')) or 0}")


def parts(specification: Any) -> Iterator[dict[str, Any]]:
    if isinstance(specification, dict):
        yield specification
        specification = list(specification.values())
    if isinstance(specification, list):
        for value in specification:
            yield from parts(value)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("batch_size", [1, None])
def test_each_frame_leads_to_the_next(loss: Loss, batch_size: int | None) -> None:
    _, tables = made(10, loss=loss, batch_size=batch_size, n_epochs=20, record_every=1)
    frames = tables["frames"]
    for name in ("weight", "bias"):
        np.testing.assert_allclose(
            frames[name].iloc[1:], frames[f"next_{name}"].iloc[:-1], atol=1e-12
        )
    assert frames["line_2"][0].endswith(f"= {number(frames['weight'][1])}")
    assert frames["line_3"][0].endswith(f"= {number(frames['bias'][1])}")
    assert np.isnan(frames["next_weight"].iloc[-1])


@pytest.mark.parametrize("loss", LOSSES)
def test_the_boxes_hold_one_sample_s_chain_and_multiply(loss: Loss) -> None:
    _, tables = made(loss=loss, n_epochs=5, record_every=2)
    for _, frame in tables["frames"].iterrows():
        box = {name: shown(frame[f"text_{name}"]) for name in chain_boxes.boxes()["box"]}
        z = frame["weight"] * frame["x"] + frame["bias"]
        assert box["x"] == box["dz_dw"] == pytest.approx(frame["x"], abs=5e-4)
        assert box["z"] == pytest.approx(z, rel=1e-3, abs=5e-4)
        assert box["y_hat"] == pytest.approx(1 / (1 + np.exp(-z)), abs=5e-4)
        assert box["d_y_hat"] * box["dy_hat_dz"] * box["dz_dw"] == pytest.approx(
            box["d_w"], abs=2e-3
        )


def test_the_boxes_of_a_batch_hold_its_first_sample_and_the_line_its_mean() -> None:
    history, tables = made(batch_size=20, n_epochs=2, record_every=1)
    frames, x = tables["frames"], step().x
    assert frames["x"][:5].tolist() == x[[0, 20, 40, 60, 80]].tolist()
    assert frames["which"][1] == "Its first sample, 21 of 100: y = 0"
    mean = f"∂L/∂w = {number(history.column('gradient_weight')[1])}"
    assert mean in frames["line_1"][1]


@pytest.mark.parametrize("loss", LOSSES)
def test_the_last_frame_shows_the_sample_that_fits_worst(loss: Loss) -> None:
    history, tables = made(loss=loss)
    last = tables["frames"].iloc[-1]
    x, y = step()
    worst = lesson.chain(x, y, *history.params[-1], loss).loss.argmax()
    assert last["x"] == x[worst]
    assert f"{worst + 1} of 100" in last["which"]
    assert last["when"] == "Done: 100000 updates."
    assert "99.0 %" in last["line_3"]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("start_weight", [0.1, -20.0])
def test_every_level_line_has_about_one_loss_and_the_path_lies_in_sight(
    loss: Loss, start_weight: float
) -> None:
    history, tables = made(loss=loss, start_weight=start_weight, batch_size=None)
    contours, view = tables["contours"], tables["view"].iloc[0]
    heights = []
    for _, line in contours.groupby("line"):
        losses = lesson.losses(*step(), line[["w", "b"]].to_numpy(), loss)
        assert np.ptp(np.log(losses)) < 0.2
        heights.append(float(np.median(losses)))
    assert max(heights) > 2 * min(heights)
    for name, letter in (("weight", "w"), ("bias", "b")):
        path = history.column(name)
        assert view[f"{letter}_low"] < min(path.min(), 0)
        assert view[f"{letter}_high"] > max(path.max(), 0)


def test_a_run_that_explodes_says_so_and_still_has_axes() -> None:
    config = lesson.Config(loss="binary_cross_entropy", learning_rate=50.0, n_epochs=50)
    x, y = [1e4, 1.1e4], [0, 1]
    tables = chart.tables(x, y, config, lesson.train(x, y, config))
    assert tables["frames"]["when"].iloc[-1].startswith("Diverged at update")
    assert np.isfinite(tables["view"].to_numpy(float)).all()
    assert np.isfinite(tables["contours"].to_numpy(float)).all()


@pytest.mark.parametrize(
    ("x", "y"), [([0.0], [0.5]), ([2.0, 2.0], [0.0, 1.0]), ([1e50, -1e50], [0.0, 1.0])]
)
@pytest.mark.parametrize("loss", LOSSES)
def test_odd_samples_are_drawn_all_the_same(x: list[float], y: list[float], loss: Loss) -> None:
    config = lesson.Config(loss=loss, n_epochs=3)
    tables = chart.tables(x, y, config, lesson.train(x, y, config))
    assert np.isfinite(tables["view"].to_numpy(float)).all()
    assert np.isfinite(tables["contours"].to_numpy(float)).all()


def charts(*, stacked: bool, n_samples: int = 100) -> list[tuple[dict[str, Any], Tables]]:
    _, tables = made(n_samples, n_epochs=3)
    x, y = step(n_samples)
    runs = {loss: lesson.train(x, y, lesson.Config(loss=loss, n_epochs=3)) for loss in LOSSES}
    return [
        (chart.specification(len(tables["frames"]), stacked=stacked), tables),
        (saturation.specification(stacked=stacked), saturation.tables(x, y, runs)),
    ]


@pytest.mark.parametrize("stacked", [False, True])
def test_the_panels_read_the_tables_and_all_of_them(stacked: bool) -> None:
    for specification, tables in charts(stacked=stacked):
        assert "datasets" not in specification
        read = {
            part["data"]["name"] for part in parts(specification) if "name" in part.get("data", {})
        }
        assert read == set(tables)


def test_what_the_page_sends_stays_small() -> None:
    sizes = [
        sum(len(table.to_json()) for table in tables.values()) + len(json.dumps(specification))
        for specification, tables in charts(stacked=True, n_samples=20_000)
    ]
    assert max(sizes) < 300_000


@pytest.mark.parametrize("stacked", [False, True])
def test_the_boxes_fit_beside_a_sidebar_and_on_a_phone(stacked: bool) -> None:
    boxes = chart.specification(10, stacked=stacked)["vconcat"][1]
    shift = 46  # what the panels above leave for their axes
    assert boxes["width"] + shift == (STACKED_WIDTH if stacked else WIDTH)
    rectangles = [layer for layer in boxes["layer"] if layer["mark"]["type"] == "rect"]
    assert len(rectangles) == 3
    for layer in rectangles:
        formulas = {part["as"]: part["calculate"] for part in parts(layer) if "calculate" in part}
        first, distance = map(float, formulas["left"].split(" + datum.column * "))
        width = float(formulas["right"].removeprefix("datum.left + "))
        assert first == (-shift if stacked else 0)
        assert distance > width
        assert first + 3 * distance + width <= boxes["width"]


def test_both_losses_are_judged_by_the_same_measure() -> None:
    x, y = step()
    runs = {loss: lesson.train(x, y, lesson.Config(loss=loss, start_weight=-20)) for loss in LOSSES}
    tables = saturation.tables(x, y, runs)
    ends = tables["runs"].groupby("role")["error"].last()
    assert ends[saturation.ROLES["mean_squared_error"]] > 0.49
    assert ends[saturation.ROLES["binary_cross_entropy"]] < 0.02
    for loss, history in runs.items():
        curve = tables["curves"][tables["curves"]["role"] == saturation.ROLES[loss]]
        np.testing.assert_allclose(curve["y_hat"], lesson.predict(curve["x"], *history.params[-1]))
