import numpy as np
import pandas as pd
import pytest

from core.charts.layout import LAYOUTS, TABLET, Layout
from core.charts.lines import weight_and_bias as chart
from core.datasets import noisy_line
from core.lines import weight_and_bias as lesson
from core.lines.weight_and_bias import bowl
from core.number import number


def tables(
    *, standardised: bool = False, layout: Layout = TABLET, **values: object
) -> dict[str, pd.DataFrame]:
    x, y = noisy_line(variant="reversed")
    x = bowl.standardise(x)[0] if standardised else x
    config = lesson.Config(record_every=1, **values)  # type: ignore[arg-type]
    return chart.tables(x, y, config, lesson.train(x, y, config), layout=layout)


@pytest.mark.parametrize("layout", LAYOUTS.values())
def test_the_level_lines_of_standardised_x_are_circles_on_the_screen(layout: Layout) -> None:
    made = tables(standardised=True, layout=layout)
    view = made["view"].iloc[0]
    size = chart.left_plot_size(chart.BOWL_HEIGHT, chart.BOWL_SHARE, layout=layout)
    w_pixels, b_pixels = (
        size[i] / (view[f"{name}_high"] - view[f"{name}_low"]) for i, name in enumerate("wb")
    )
    for _, line in made["contours"].groupby("level"):
        across = (line["w"] - view["best_weight"]) * w_pixels
        up = (line["b"] - view["best_bias"]) * b_pixels
        radius = np.hypot(across, up)
        np.testing.assert_allclose(radius, radius.mean(), rtol=1e-9)


def test_a_valley_a_hundred_times_as_long_as_wide_keeps_units_of_its_own() -> None:
    x, y = np.linspace(1000, 1010, 20), np.linspace(0, 1, 20)
    config = lesson.Config(learning_rate=1e-7)
    view = chart.tables(x, y, config, lesson.train(x, y, config))["view"].iloc[0]
    assert view["b_high"] - view["b_low"] > 50 * (view["w_high"] - view["w_low"])


def test_each_frame_leads_to_the_next() -> None:
    frames = tables(batch_size=None, n_epochs=40)["frames"]
    for name in ("weight", "bias"):
        np.testing.assert_allclose(
            frames[name].iloc[1:], frames[f"next_{name}"].iloc[:-1], atol=1e-12
        )
    assert frames["line_4"][0].endswith(f"= {number(frames['weight'][1])}")


def test_every_level_line_has_one_loss_and_they_lie_inside_each_other() -> None:
    x, y = noisy_line(variant="reversed")
    made = tables()
    heights = []
    for _, line in made["contours"].groupby("level"):
        losses = [lesson.loss(x, y, w, b) for w, b in zip(line["w"], line["b"], strict=True)]
        assert np.ptp(losses) < 1e-9
        heights.append(losses[0])
    assert heights == sorted(heights, reverse=True)
    assert len(heights) == chart.N_CONTOURS


def test_the_exact_solution_is_shown() -> None:
    made = tables()
    x, y = noisy_line(variant="reversed")
    solution = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y)[0]
    shown = made["view"][["best_weight", "best_bias"]].to_numpy()[0]
    np.testing.assert_allclose(shown, solution, rtol=1e-9)
    assert "w = −1.487,  b = 1.691" in made["frames"]["line_3"].iloc[-1]


def test_a_diverged_run_keeps_its_axes_readable() -> None:
    made = tables(learning_rate=3.0)
    assert "Diverged at update" in made["frames"]["line_1"].iloc[-1]
    view = made["view"].iloc[0]
    assert view["w_high"] - view["w_low"] < 10
    assert view["b_high"] - view["b_low"] < 10


@pytest.mark.parametrize("x", [[0.0, 0.0], [2.0, 2.0], [1.0]])
def test_without_spread_the_valley_is_drawn_all_the_same(x: list[float]) -> None:
    y = list(range(len(x)))
    config = lesson.Config(n_epochs=2)
    made = chart.tables(x, y, config, lesson.train(x, y, config))
    assert np.isfinite(made["view"].to_numpy(float)).all()
    assert len(made["contours"]) > 0
