import dataclasses
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from core.charts.curves.mlp import mlp as chart
from core.charts.network_diagram import edge_names
from core.curves import mlp as lesson
from core.curves.mlp import layers
from core.datasets import two_steps
from core.history import History
from core.number import number

CONFIG = lesson.Config(n_epochs=30)


def run(config: lesson.Config = CONFIG) -> History:
    return lesson.train(*two_steps(), config)


def made_up(params: np.ndarray, sizes: tuple[int, ...]) -> History:
    """A history of these parameters."""
    n = len(params)
    ones = np.ones(n)
    names = layers.param_names(sizes)
    extra = {"gradient_norm": ones}
    return History(np.arange(n), np.arange(n), params, ones, names, extra=extra)


def tables(config: lesson.Config = CONFIG, **values: object) -> dict[str, pd.DataFrame]:
    return chart.tables(*two_steps(), config, run(config), **values)  # type: ignore[arg-type]


def test_the_curve_of_every_frame_is_the_networks() -> None:
    made, history = tables(), run()
    rows = chart.thin(history.n_records, chart.max_frames(CONFIG))
    assert len(made["frames"]) == rows.size
    for step in (0, 5, rows.size - 1):
        curve = made["curves"].query("step == @step")
        expected = lesson.predict(curve["x"], history.params[rows[step]])
        np.testing.assert_allclose(curve["y_hat"], expected, atol=1e-6)


def test_the_hidden_outputs_add_up_to_the_weighted_sum() -> None:
    made, history = tables(), run()
    curve = made["curves"].query("step == step.max()")
    parts = curve[[f"part{j}" for j in (1, 2, 3)]].sum(axis=1)
    bias = history.column("output_bias")[-1]
    np.testing.assert_allclose(parts + bias, curve["total"], atol=1e-5)
    np.testing.assert_allclose(layers.sigmoid(curve["total"]), curve["y_hat"], atol=1e-6)
    hidden = lesson.hidden_outputs(curve["x"], history.params[-1])
    np.testing.assert_allclose(curve[["a1", "a2", "a3"]], hidden, atol=1e-6)


def test_each_edge_carries_its_weight() -> None:
    frames, history = tables()["frames"], run()
    names = edge_names(chart.drawn_sizes(CONFIG))
    expected = np.concatenate([history.params[-1][:3], history.params[-1][6:9]])
    np.testing.assert_allclose(frames[names].iloc[-1].astype(float), expected, rtol=1e-6)


def test_of_many_neurons_those_with_the_largest_output_weights_are_drawn() -> None:
    config = dataclasses.replace(CONFIG, n_hidden=20)
    made, history = tables(config), run(config)
    weights = history.params[-1][40:60]
    drawn = made["frames"][[f"w0_1_{j}" for j in range(1, 9)]].iloc[-1].to_numpy(float)
    assert set(drawn.round(4)) == set(weights[np.argsort(-abs(weights))[:8]].round(4))
    assert "k9" not in made["curves"]
    assert "+ …" in made["frames"]["line_2"].iloc[-1]


@pytest.mark.parametrize(("n_hidden", "n_hidden_layers"), [(3, 1), (8, 1), (32, 1), (32, 2)])
def test_the_payload_stays_below_300_kilobytes(n_hidden: int, n_hidden_layers: int) -> None:
    config = SimpleNamespace(n_hidden=n_hidden, n_hidden_layers=n_hidden_layers, activation="relu")
    sizes = layers.layer_sizes(config)
    params = np.random.default_rng(0).normal(size=(300, layers.count_params(sizes)))
    history = made_up(params, sizes)
    made = chart.tables(*two_steps(), config, history)
    assert sum(table.memory_usage(deep=False).sum() for table in made.values()) < 300_000
    assert len(made["frames"]) >= 50


def test_a_run_that_goes_on_always_has_as_many_frames_and_ends_with_the_newest() -> None:
    history = run()
    young = History(
        history.update[:4],
        history.epoch[:4],
        history.params[:4],
        history.loss[:4],
        history.param_names,
        extra={"gradient_norm": history.column("gradient_norm")[:4]},
    )
    frames = chart.tables(*two_steps(), CONFIG, young, n_frames=40)["frames"]
    assert frames["step"].tolist() == list(range(40))
    assert frames["update"].tolist() == [0] * 37 + history.update[1:4].tolist()
    old = chart.tables(*two_steps(), CONFIG, history, n_frames=40)["frames"]
    assert len(old) == 40
    assert old["update"].iloc[-1] == history.update[-1]


def test_the_numbers_of_the_step_are_written_out() -> None:
    frames, history = tables()["frames"], run()
    state = frames["line_1"].iloc[-1]
    assert state.startswith("Epoch 30, update 210, loss 0.")
    assert state.endswith(f"gradient {number(history.column('gradient_norm')[-1])} long")
    first = f"{number(abs(history.column('output_weight_1')[-1]))}·a₁"
    assert first in frames["line_2"].iloc[-1]
    assert frames["line_3"].iloc[-1].count("σ(") == 3


def test_a_logarithmic_axis_stays_above_0() -> None:
    view = tables(logarithmic=True)["view"].iloc[0]
    assert 0 < view["loss_low"] < view["loss_high"]
    assert tables()["view"]["loss_low"][0] < 0


def test_the_layout_asks_for_columns_that_the_tables_have() -> None:
    config = SimpleNamespace(n_hidden=2, n_hidden_layers=2, activation="tanh")
    sizes = layers.layer_sizes(config)
    history = made_up(np.zeros((2, layers.count_params(sizes))), sizes)
    made = chart.tables(*two_steps(), config, history)
    spec = chart.specification(2, chart.drawn_sizes(config))
    folds = [
        transform["fold"]
        for view in _units(spec)
        for transform in view.get("transform", [])
        if "fold" in transform
    ]
    assert len(folds) == 3
    columns = set(made["frames"]) | set(made["curves"])
    assert {name for fold in folds for name in fold} <= columns


def _units(view: dict) -> list[dict]:
    """All views of a specification without views of their own."""
    inner = [v for key in ("vconcat", "hconcat", "layer") for v in view.get(key, [])]
    return [unit for v in inner for unit in _units(v)] if inner else [view]
