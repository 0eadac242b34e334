import json
from collections.abc import Iterator
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.charts.layout import LAYOUTS, TABLET, Layout
from core.charts.lines import normal_equation as normal_equation_chart
from core.charts.lines import one_weight as chart
from core.charts.lines import weight_and_bias as weight_and_bias_chart
from core.charts.lines.gradient_descent import gradient_descent as gradient_descent_chart
from core.charts.lines.gradient_descent import race
from core.charts.palette import ROLES, in_role
from core.charts.player import SECONDS_PER_RUN, thin, updates_a_step
from core.datasets import noisy_line
from core.lines import gradient_descent, weight_and_bias
from core.lines import one_weight as lesson
from tests import ROOT


def parts(specification: Any) -> Iterator[dict[str, Any]]:
    """Every dict in a specification."""
    if isinstance(specification, dict):
        yield specification
        specification = list(specification.values())
    if isinstance(specification, list):
        for value in specification:
            yield from parts(value)


def signals(n_frames: int = 101) -> dict[str, dict[str, Any]]:
    specification = chart.specification(n_frames)
    return {signal["name"]: signal for signal in specification["config"]["signals"]}


def test_the_time_line_runs_from_the_first_to_the_last_frame() -> None:
    step = signals(101)["step"]
    assert (step["bind"]["min"], step["bind"]["max"], step["bind"]["step"]) == (0, 100, 1)
    assert step["value"] == 0


def test_arrow_keys_move_one_step_and_stay_inside() -> None:
    keys = {
        handler["events"]["filter"][0]: handler["update"]
        for handler in signals(101)["step"]["on"]
        if handler["events"].get("type") == "keydown"
    }
    assert keys == {
        "event.key == 'ArrowRight'": "min(step + 1, 100)",
        "event.key == 'ArrowLeft'": "max(step - 1, 0)",
    }


def test_beside_the_time_line_stands_the_update_and_not_the_frame() -> None:
    assert "data('frames')[step]" in signals()["at"]["update"]
    names = [signal["name"] for signal in chart.specification(101)["config"]["signals"]]
    assert names.index("at") == names.index("step") + 1


@pytest.mark.parametrize(
    ("n_samples", "each"), [(100, (1, 1)), (400, (1, 2)), (50_000, (167, 168))]
)
def test_how_many_updates_a_step_goes_over_is_told(n_samples: int, each: tuple[int, int]) -> None:
    _, tables = one_weight(*noisy_line(n_samples), layout=TABLET)
    assert updates_a_step(tables["frames"]) == each


def test_a_player_ticks_by_the_clock_and_by_no_timer_of_its_own() -> None:
    clock = (ROOT / "assets" / "player_clock.js").read_text("utf-8")
    assert signals()["tick"]["on"][0]["events"] == {"source": "window", "type": "player-tick"}
    assert 'new CustomEvent("player-tick"' in clock
    assert "timer" not in str(signals())


@pytest.mark.parametrize("n_frames", [2, 101, 300])
def test_a_run_plays_in_ten_seconds_whatever_its_length(n_frames: int) -> None:
    update = signals(n_frames)["step"]["on"][0]["update"]
    rate = n_frames / (1000 * SECONDS_PER_RUN)
    assert f"floor(tick[1] * speed * {rate}) - floor(tick[0] * speed * {rate})" in update


Floats = NDArray[np.float64]
Tables = dict[str, pd.DataFrame]


def one_weight(x: Floats, y: Floats, layout: Layout) -> tuple[dict[str, Any], Tables]:
    config = lesson.Config(record_every=1)
    tables = chart.tables(x, y, config, lesson.train(x, y, config), layout=layout)
    return chart.specification(len(tables["frames"]), layout=layout), tables


def descent(x: Floats, y: Floats, layout: Layout) -> tuple[dict[str, Any], Tables]:
    config = gradient_descent.Config(batch_size=1)
    history = gradient_descent.train(x, y, config)
    tables = gradient_descent_chart.tables(x, y, config, history, layout=layout)
    return gradient_descent_chart.specification(len(tables["frames"]), layout=layout), tables


def bowl(x: Floats, y: Floats, layout: Layout) -> tuple[dict[str, Any], Tables]:
    config = weight_and_bias.Config()
    tables = weight_and_bias_chart.tables(x, y, config, weight_and_bias.train(x, y, config))
    return weight_and_bias_chart.specification(len(tables["frames"]), layout=layout), tables


def least_squares(x: Floats, y: Floats, layout: Layout) -> tuple[dict[str, Any], Tables]:
    tables = normal_equation_chart.tables(x, y, 1.5, layout=layout)
    return normal_equation_chart.specification(layout=layout), tables


def three_at_once(x: Floats, y: Floats, layout: Layout) -> tuple[dict[str, Any], Tables]:
    tables = race.tables(x, y, gradient_descent.Config(batch_size=1))
    return race.specification(layout=layout), tables


LESSONS = {
    "one_weight": one_weight,
    "gradient_descent": descent,
    "weight_and_bias": bowl,
    "normal_equation": least_squares,
    "race": three_at_once,
}
"""For each chart of the lines pages: makes its specification and its tables."""


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("layout", LAYOUTS.values())
def test_every_table_and_field_of_the_panels_exists(name: str, layout: Layout) -> None:
    specification, tables = LESSONS[name](*noisy_line(100), layout)
    assert "datasets" not in specification
    read = {part["data"]["name"] for part in parts(specification) if "name" in part.get("data", {})}
    assert read == set(tables)
    for layer in parts(specification):
        if "encoding" not in layer or "data" not in layer:
            continue
        data = layer["data"]
        known = set(tables[data["name"]].columns) if "name" in data else {data["sequence"]["as"]}
        for step in layer.get("transform", []):
            known |= {step["as"]} if isinstance(step.get("as"), str) else set()
        fields = {c["field"] for c in layer["encoding"].values() if "field" in c}
        assert fields <= known


@pytest.mark.parametrize("name", LESSONS)
def test_what_a_page_sends_stays_small(name: str) -> None:
    specification, tables = LESSONS[name](*noisy_line(50_000), TABLET)
    data = sum(len(table.to_json()) for table in tables.values())
    assert data + len(json.dumps(specification)) < 300_000


@pytest.mark.parametrize("layout", LAYOUTS.values())
def test_the_width_fits_the_page(layout: Layout) -> None:
    body = chart.specification(101, layout=layout)["vconcat"][0]
    columns = [body] if layout.stacked else body["hconcat"]
    widths = [max(view["width"] for view in column["vconcat"]) for column in columns]
    assert sum(widths) + 46 * len(widths) <= layout.width


@given(st.integers(1, 100_000), st.integers(2, 500))
def test_thinning_keeps_first_and_last(n_rows: int, limit: int) -> None:
    rows = thin(n_rows, limit)
    assert rows[0] == 0
    assert rows[-1] == n_rows - 1
    assert rows.size == min(n_rows, limit)
    assert (np.diff(rows) > 0).all()


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="role must be one of"):
        in_role(alt.Chart(alt.NamedData("frames")).mark_point(), "red")
    assert len(ROLES) == len(set(ROLES))
