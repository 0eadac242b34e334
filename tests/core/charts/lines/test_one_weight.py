from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.charts.layout import PHONE
from core.charts.lines import one_weight as chart
from core.charts.panels import best_weight, is_squeezed
from core.datasets import noisy_line
from core.lines import one_weight as lesson
from core.number import number


def tables(learning_rate: float = 0.5, **layout: Any) -> dict[str, pd.DataFrame]:
    x, y = noisy_line()
    config = lesson.Config(learning_rate=learning_rate, record_every=1)
    return chart.tables(x, y, config, lesson.train(x, y, config), **layout)


def scale_types(learning_rate: float) -> set[str]:
    x, y = noisy_line()
    history = lesson.train(x, y, lesson.Config(learning_rate=learning_rate))
    specification = chart.specification(101, squeezed=is_squeezed(history))
    loss = specification["vconcat"][0]["hconcat"][1]["vconcat"][0]
    return {layer["encoding"]["y"]["scale"]["type"] for layer in loss["layer"]}


def test_the_numbers_are_the_step_that_leads_to_the_next_frame() -> None:
    frames = tables()["frames"]
    for k in (0, 41, 99):
        row, following = frames.iloc[k], frames.iloc[k + 1]
        assert row["line_1"].startswith(f"Sample {k + 1} of 100:")
        assert row["line_3"].endswith(f"= {number(following['weight'])}")
        assert row["y_hat"] == row["weight"] * row["x"]


def test_the_last_frame_has_no_next_sample() -> None:
    last = tables()["frames"].iloc[-1]
    assert np.isnan(last["x"])
    assert last["line_1"] == "Every sample learned from, 100 in all."
    assert "least squares: 1.576" in last["line_2"]


def test_a_diverged_run_says_where_and_what_is_stable() -> None:
    frames = tables(learning_rate=4)["frames"]
    last = frames.iloc[-1]
    assert last["line_1"] == f"Diverged at update {len(frames) - 1}: the weight has run away."
    assert last["line_3"].endswith("(stable: every η below 1.006)")


def test_an_exploding_run_keeps_its_axes_readable() -> None:
    view = tables(learning_rate=4)["view"].iloc[0]
    assert view["w_high"] - view["w_low"] < 10  # the weight itself reached thousands
    assert view["loss_low"] > 0
    assert scale_types(4) == {"log"}
    assert scale_types(0.5) == {"linear"}


def test_the_best_weight_is_the_least_squares_solution() -> None:
    x, y = noisy_line(variant="reversed", bad_last_sample=True)
    solution = np.linalg.lstsq(x[:, np.newaxis], y)[0]
    assert best_weight(x, y) == pytest.approx(solution.item(), rel=1e-12)
    assert best_weight([0, 0], [1, 2]) == 0


def test_a_phone_gets_shorter_lines() -> None:
    wide, narrow = tables()["frames"], tables(layout=PHONE)["frames"]
    longest = narrow.filter(like="line_").map(len).to_numpy().max()
    assert longest <= 46
    assert longest < wide.filter(like="line_").map(len).to_numpy().max()
    assert "line_5" in narrow


def test_the_texts_are_translated() -> None:
    chinese = {"error = y − w·x": "误差 = y − w·x"}
    frames = tables(translate=lambda message: chinese.get(message, message))["frames"]
    assert frames["line_2"].iloc[0].startswith("误差 = y − w·x = ")


@pytest.mark.parametrize("n_samples", [1, 2])
def test_one_or_two_samples_draw_finite_axes(n_samples: int) -> None:
    x, y = noisy_line(n_samples)
    config = lesson.Config(record_every=1)
    made = chart.tables(x, y, config, lesson.train(x, y, config), true_weight=1.5)
    view = made["view"].iloc[0]
    assert np.isfinite(view).all()
    for name in ("x", "y", "w", "loss", "update"):
        assert view[f"{name}_low"] < view[f"{name}_high"]
    assert len(made["frames"]) == n_samples + 1
