"""The fold in which a run is taken away: what it offers is the run on the screen."""

import io
import json
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.charts import animation, standalone
from core.link.kinds import Table
from pages.taking.take_away import FOLD
from tests.core.charts.test_standalone import specification_in
from tests.pages.charts import table
from tests.pages.conftest import Open

OWN = Table(2).write(((0.0, 0.0), (0.5, 1.0), (1.0, 0.25)))[0]

PAGES: dict[str, dict[str, str]] = {
    "start/what_is_a_model": {"wm_x": "1", "wm_rate": "0.3"},
    "lines/one_weight": {"slope": "0.7", "noise": "0.3", "bad": "true", "seed": "5"},
    "lines/normal_equation": {"data": "reversed"},
    "lines/gradient_descent": {"data": "negated", "centred": "true", "gd_epochs": "3"},
    "lines/weight_and_bias": {"wb_epochs": "3", "wb_std": "true", "wb_bias": "1"},
    "curves/sigmoid_neuron": {"sn_epochs": "5", "sn_loss": "binary_cross_entropy", "seed": "2"},
    "curves/mlp": {"mlp_epochs": "10", "mlp_h": "2", "src": "own", "xy": OWN},
    "planes/boundary": {"pl_shape": "xor", "bd_epochs": "5", "pl_stretch": "2"},
    "planes/playground": {
        "pg_n": "30",
        "pg_epochs": "2",
        "pg_past": "epochs=1&opt=adam;",
        "pg_opt": "adam",
        "pg_from": "output_bias_1:0.5",
    },
}
"""The lessons, each set up otherwise than usual."""


def offered(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Open the fold; return the content of each file it offers, by the file's name."""
    files: dict[str, Any] = {}

    def take(label: str, content: Any, *, file_name: str, **_options: Any) -> None:
        assert label
        files[file_name] = content

    monkeypatch.setattr(st, "download_button", take)
    monkeypatch.setattr(standalone, "runtime", lambda: "")  # which takes seconds to make
    app.session_state[FOLD] = True
    app.run()
    assert not app.exception
    return {name: made() if callable(made) else made for name, made in files.items()}


def run(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run a program, quickly: nothing is compiled or drawn."""
    names: dict[str, Any] = {}
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "numba", None)
        patch.setitem(sys.modules, "matplotlib", None)
        before = np.geterr()
        exec(text, names)
        np.seterr(**before)
    return names


@pytest.mark.parametrize("page", PAGES)
def test_what_is_taken_away_is_the_run_on_the_screen(
    page: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = page.split("/")[1]
    app = open_page(f"pages/{page}/{name}.py", n="20", **PAGES[page])
    assert not app.get("download_button")  # nothing is offered before the fold is opened
    files = offered(app, monkeypatch)
    (code,) = app.code
    assert files[f"{name}.py"].rstrip() == code.value
    program = run(files[f"{name}.py"], monkeypatch)
    data = pd.read_csv(io.StringIO(files[f"{name}_data.csv"]))
    if page == "planes/playground":  # with what was kept apart
        apart = data.pop("is_test")
        assert np.allclose(data["y"][apart], program["test_y"], rtol=1e-12)
        data = data[~apart]
    assert np.allclose(data["y"], program["y"], rtol=1e-12)
    if page != "lines/normal_equation":
        shown = table(app, "frames")["loss"].iloc[-1]
        assert np.isclose(program["losses"][-1], shown, rtol=1e-9)
        told = pd.read_csv(io.StringIO(files[f"{name}.csv"]))
        stored = pd.read_parquet(io.BytesIO(files[f"{name}.parquet"]))
        assert np.isclose(told["loss"].iloc[-1], shown)
        pd.testing.assert_frame_equal(told, stored, check_dtype=False)
        frames = specification_in(files[f"{name}.html"])["datasets"]["frames"]
        assert np.isclose(frames[-1]["loss"], shown)
    for kind in ("", "_exercise", "_solution"):
        cells = json.loads(files[f"{name}{kind}.ipynb"])["cells"]
        assert app.title[0].value in "".join(cells[0]["source"])


def test_a_notebook_speaks_the_readers_language(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py", locale="zh-CN")
    text = offered(app, monkeypatch)["one_weight_exercise.ipynb"]
    for said in ("轮到你了", "只有一个数的网络", "记住", "误差"):
        assert said in text


def test_pytorchs_run_is_taken_away_with_ones_own_samples(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("pages/curves/mlp/mlp.py", engine="torch", src="own", xy=OWN)
    files = offered(app, monkeypatch)
    assert "0.0, 1.0, 0.25" in files["mlp_in_pytorch.py"]
    assert "mlp_in_pytorch.csv" not in files  # it has not been trained
    assert "mlp_in_pytorch_data.csv" in files


def test_an_animation_is_made_once_it_is_asked_for_and_is_that_runs(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def as_gif(_chart: Any, tables: dict[str, Any], letters: str) -> bytes:
        made.append(len(tables["frames"]))
        assert letters == "中文"
        return b"GIF89a"

    monkeypatch.setattr(animation, "as_gif", as_gif)
    app = open_page("pages/lines/one_weight/one_weight.py", locale="zh-CN")
    app.session_state[FOLD] = True
    app.run()
    assert made == []
    app.button(key="animation_make").click().run()
    assert not app.exception
    assert len(made) == 1
    assert "动画（GIF）" in [one.label for one in app.get("download_button")]
    app.slider(key="ow_rate").set_value(0.25).run()
    assert "动画（GIF）" not in [one.label for one in app.get("download_button")]
