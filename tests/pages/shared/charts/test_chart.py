import json
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from core.charts.layout import TABLET
from core.charts.lines import one_weight
from pages.shared.charts.chart import chart_key, picked, show_chart, specification
from pages.shared.charts.orders import WISH
from pages.shared.charts.player import show_explorer, show_player
from pages.shared.choice import CURRENT_PAGE
from tests.pages.charts import recorded_keys
from tests.pages.conftest import Open


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return recorded_keys(monkeypatch)


DOTS = {"width": 90, "height": 90, "data": {"name": "dots"}, "mark": "point"}


@pytest.fixture
def module() -> ModuleType:
    """What a module of core.charts has, under a name that nobody should see."""
    module = ModuleType("core.charts.any_name")
    module.specification = lambda **_: dict(DOTS)
    return module


def test_a_charts_key_is_the_one_given(keys: list[str], module: ModuleType) -> None:
    show_chart(module.specification, {}, key="chart_dots", alt="", heard="")
    assert keys == ["chart_dots"]


@pytest.mark.parametrize("show", [show_player, show_explorer])
def test_a_player_is_called_by_the_name_given(
    show: Callable[..., None], keys: list[str], module: ModuleType
) -> None:
    words = {} if show is show_player else {"caption": "", "heard": ""}
    show(
        module,
        {"frames": pd.DataFrame({"update": [0]}), "view": pd.DataFrame([{}])},
        key="dots",
        alt="",
        layout=TABLET,
        **words,
    )
    steps = ["steps_dots"] if show is show_player else []
    assert keys == [*steps, "player_dots", "chart_dots"]
    assert chart_key("dots") == "chart_dots"


@pytest.mark.parametrize(
    ("locale", "heard"),
    [
        (
            "en-US",
            "At the end: Every sample learned from, 100 in all; w = 1.559 (least squares: 1.576); "
            "mean squared error = 0.00155.",
        ),
        ("zh-CN", "w = 1.559 （最小二乘解：1.576）；均方误差 = 0.00155。"),
    ],
)
def test_a_player_says_what_it_shows_now(locale: str, heard: str, open_page: Open) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py", locale)

    def is_heard() -> bool:
        return any(f"{heard}</span>" in caption.value for caption in app.caption)

    assert not is_heard()  # one is just asked to guess it
    app.button(key="guess_skip").click().run()
    assert is_heard()


MOVED = {
    "pages/start/what_is_a_model/what_is_a_model.py": {"wm_rate": 0.2},
    "pages/lines/one_weight/one_weight.py": {"ow_rate": 0.4},
    "pages/lines/normal_equation/normal_equation.py": {"slope": 1.2},
    "pages/lines/gradient_descent/gradient_descent.py": {"gd_rate": 0.2},
    "pages/lines/weight_and_bias/weight_and_bias.py": {"wb_rate": 0.11},
    "pages/curves/sigmoid_neuron/sigmoid_neuron.py": {"sn_rate": 0.2, "sn_both": -15},
    "pages/curves/mlp/mlp.py": {"mlp_rate": 0.5},
    "pages/planes/boundary/boundary.py": {"bd_rate": 0.2},
    "pages/planes/playground/playground.py": {"pg_rate": 0.1},
}
"""What a reader moves on each page that has a player."""


@pytest.mark.parametrize("path", MOVED)
def test_a_slider_changes_data_alone_and_no_chart_is_built_anew(path: str, open_page: Open) -> None:
    """Streamlit builds a chart anew where its specification or its `alt` is another one."""
    app = open_page(path)
    before = [chart.proto for chart in app.get("vega_lite_chart")]
    for name, value in MOVED[path].items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    after = [chart.proto for chart in app.get("vega_lite_chart")]
    assert [(c.spec, c.alt) for c in after] == [(c.spec, c.alt) for c in before]
    assert any(
        [d.data for d in one.datasets] != [d.data for d in other.datasets]
        for one, other in zip(before, after, strict=True)
    )


def test_a_charts_marks_are_silent_and_its_own_settings_are_kept() -> None:
    """A screen reader reads what the chart shows, and the numbers of this step, as text."""
    spec = specification(one_weight.specification, n_frames=3)
    assert spec["config"]["aria"] is False
    assert spec["config"]["mark"] == {"aria": False}
    assert {signal["name"] for signal in spec["config"]["signals"]} >= {"step", "playing"}
    *_, lines = spec["vconcat"]
    assert [layer["mark"]["aria"] for layer in lines["layer"]] == [True, True, True]


def test_where_there_is_no_time_line_what_shall_be_seen_is_brought_in_sight_once(
    open_page: Open,
) -> None:
    app = open_page("pages/curves/activations/activations.py")

    def orders() -> list[dict[str, Any]]:
        data = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
        return [one for one in data if "inSight" in one]

    assert orders() == []
    app.session_state[WISH] = app.session_state[CURRENT_PAGE], "end", "shown_run"
    app.run()
    (order,) = orders()
    assert order["inSight"] == "shown_run"
    app.run()
    assert orders() == []


@pytest.mark.parametrize(
    ("selection", "numbers"),
    [
        ({"pick": [{"unit": 3.0, "layer": 1}]}, [3]),
        ({"pick": []}, []),
        ({}, []),
        ({"pick": 7}, []),
        ({"pick": [7]}, []),
        ({"pick": [{"layer": 1}]}, []),
        ({"pick": [{"unit": "x"}]}, []),
        ({"pick": [{"unit": -1}]}, []),
        ({"pick": [{"unit": 10**30}]}, []),
        ({"pick": [{"unit": float("inf")}]}, []),
        (None, []),
    ],
)
def test_a_click_that_no_browser_sends_is_none(
    selection: object, numbers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = {"chart": SimpleNamespace(selection=selection)}
    monkeypatch.setattr(st, "session_state", state)
    assert picked("chart", "pick", "unit") == numbers
    assert picked("another", "pick", "unit") == []
