import numpy as np
import pytest

from core.charts.lines import normal_equation as chart
from core.charts.player import control
from core.datasets import noisy_line


def view(stacked: bool = False) -> dict[str, float]:
    x, y = noisy_line()
    return dict(chart.tables(x, y, 1.559, stacked=stacked)["view"].iloc[0])


def test_the_button_puts_the_slider_on_the_vertex() -> None:
    shown = view()
    position = (shown["best"] - shown["w_low"]) / (shown["w_high"] - shown["w_low"])
    assert round(position * chart.POSITIONS, 9) == chart.AT_VERTEX
    signals = chart.specification()["config"]["signals"]
    slider = next(s for s in signals if s["name"] == "position")
    move = {"events": {"signal": "vertex"}, "update": str(chart.AT_VERTEX), "force": True}
    assert slider["on"] == [move]
    assert slider["value"] != chart.AT_VERTEX
    assert signals[1] == control("vertex", False, signals[1]["bind"])


@pytest.mark.parametrize("stacked", [False, True])
def test_a_squared_error_is_a_square_on_the_screen(stacked: bool) -> None:
    shown, (width, height) = (
        view(stacked),
        chart.left_plot_size(chart.FIT_HEIGHT, chart.FIT_SHARE, stacked=stacked),
    )
    pixels_per_x = width / (shown["x_high"] - shown["x_low"])
    pixels_per_y = height / (shown["y_high"] - shown["y_low"])
    assert shown["x_per_y"] * pixels_per_x == pytest.approx(pixels_per_y)


def test_the_parabolas_coefficients_and_the_vertex_are_written_out() -> None:
    shown = view()
    assert shown["line_1"] == "a = Σx²/N = 0.392,  b = −2·Σxy/N = −1.237,  c = Σy²/N = 0.977"
    assert shown["line_2"].startswith("vertex: w* = −b/2a = Σxy/Σx² = 1.576")
    assert shown["line_3"].startswith("One weight, a single pass: w = 1.559")


def test_single_parabolas_average_to_the_mean() -> None:
    x, y = noisy_line(30)
    tables = chart.tables(x, y, 1.5)
    shown = tables["view"].iloc[0]
    means = tables["parabolas"][["a", "b", "c"]].mean()
    np.testing.assert_allclose(means, shown[["a", "b", "c"]].astype(float), rtol=1e-12)


@pytest.mark.parametrize("ended", [1e9, -20.0])
def test_a_run_that_ended_far_away_leaves_the_range_alone(ended: float) -> None:
    x, y = noisy_line()
    near, far = (chart.tables(x, y, w)["view"].iloc[0] for w in (1.5, ended))
    assert (near[["w_low", "w_high"]] == far[["w_low", "w_high"]]).all()
