import json

import numpy as np
import pandas as pd
import pytest

from core.charts.curves.activations import activations as chart
from core.charts.curves.activations.sliders import slider
from core.charts.palette import ROLES
from core.curves.activations.functions import ACTIVATIONS


def views(specification: dict) -> list[dict]:
    """Every layer of the chart."""
    found = []
    for name in ("vconcat", "hconcat", "layer"):
        for inner in specification.get(name, []):
            found += views(inner)
    return found or [specification]


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_the_table_holds_the_lessons_own_numbers(key: str) -> None:
    curves = chart.tables([key])["curves"]
    np.testing.assert_array_equal(curves["value"], ACTIVATIONS[key].function(curves["z"]))
    np.testing.assert_array_equal(curves["slope"], ACTIVATIONS[key].derivative(curves["z"]))


def test_every_position_of_the_slider_has_exactly_one_row_of_each() -> None:
    bind = chart.specification()["config"]["signals"][1]["bind"]
    n_positions = round((bind["max"] - bind["min"]) / bind["step"]) + 1
    positions = bind["min"] + bind["step"] * np.arange(n_positions)
    for _, rows in chart.tables(list(ACTIVATIONS))["curves"].groupby("row"):
        distances = np.abs(rows["z"].to_numpy()[:, None] - positions)
        assert ((distances < chart.STEP / 2).sum(axis=0) == 1).all()


def test_each_activation_has_a_colour_and_the_table_of_numbers_a_row_of_its_own() -> None:
    assert list(chart.ROLES) == list(ACTIVATIONS)
    assert len(set(chart.ROLES.values())) == len(ACTIVATIONS)
    assert set(chart.ROLES.values()) <= set(ROLES) - {"now", "ink"}
    curves = chart.tables(["gelu", "relu"])["curves"]
    assert curves.groupby("row")["name"].first().tolist() == ["GELU", "ReLU"]
    assert len(ACTIVATIONS) + 1 <= chart.TABLE_HEIGHT / chart.TABLE_ROW


def test_the_numbers_at_t_are_written_out() -> None:
    curves = chart.tables(["sigmoid", "relu"])["curves"]
    at_zero = curves[curves["z"].abs() < 1e-9].set_index("name")
    texts = at_zero[["value_text", "slope_text", "left_text"]]
    assert texts.loc["sigmoid"].tolist() == ["0.500", "0.250", "9.54·10⁻⁷"]
    assert texts.loc["ReLU"].tolist() == ["0", "0", "0"]
    assert curves[["value_text", "slope_text"]].map(len).to_numpy().max() <= 10


@pytest.mark.parametrize("chosen", [["sigmoid"], ["tanh", "relu"], list(ACTIVATIONS)])
def test_the_ranges_hold_all_that_is_drawn(chosen: list[str]) -> None:
    tables = chart.tables(chosen)
    curves, view = tables["curves"], tables["view"].iloc[0]
    assert view["f_low"] < curves["value"].min() < curves["value"].max() < view["f_high"]
    assert view["slope_low"] < min(0, curves["slope"].min())
    assert view["slope_high"] > max(1, curves["slope"].max())


def test_a_button_says_where_the_slider_goes_and_that_it_was_pressed() -> None:
    view = chart.tables(["relu"], z=-2.0, pressed=3)["view"].iloc[0]
    assert (view["z"], view["pressed"]) == (-2.0, 3)
    pressed, z = chart.specification()["config"]["signals"]
    assert pressed["update"] == "data('view')[0].pressed"
    assert z == slider("z", chart.START_Z, chart.LARGEST_Z, chart.STEP)
    assert z["on"] == [
        {"events": {"signal": "pressed"}, "update": "data('view')[0].z", "force": True}
    ]


@pytest.mark.parametrize("stacked", [False, True])
def test_every_panel_reads_only_named_tables_and_says_what_it_shows(stacked: bool) -> None:
    specification = chart.specification(stacked=stacked, translate=str.upper)
    names = {view["data"]["name"] for view in views(specification) if "data" in view}
    assert names <= set(chart.tables(["relu"]))
    text = json.dumps(specification)
    assert "LEFT OF THE GRADIENT" in text
    assert "LAYERS" in text


def test_all_of_them_together_stay_small() -> None:
    tables = chart.tables(list(ACTIVATIONS))
    size = sum(len(table.to_csv()) for table in tables.values())
    assert size + len(json.dumps(chart.specification())) < 300_000
    assert all(isinstance(table, pd.DataFrame) for table in tables.values())
