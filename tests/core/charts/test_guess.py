"""A guess is data: the layout is the same with and without one, and both are seen whole."""

import numpy as np
import pytest

from core.charts.curves.mlp import mlp as mlp_player
from core.charts.guess import curve_table
from core.charts.lines import one_weight as weight_player
from core.charts.lines import weight_and_bias as line_player
from core.charts.lines.gradient_descent import gradient_descent as curve_player
from core.curves import mlp
from core.datasets import noisy_line, step
from core.lines import gradient_descent, one_weight, weight_and_bias

LINE, STEP = noisy_line(20), step(20)
HEIGHTS, LOSSES = ("y", "y_low", "y_high"), ("loss", "loss_low", "loss_high")
RUNS = {
    "value": (weight_player, LINE, one_weight, {}, -2.5, ("value", "w_low", "w_high")),
    "line": (line_player, LINE, weight_and_bias, {"n_epochs": 2}, [0.5, 1.0], HEIGHTS),
    "curve": (curve_player, LINE, gradient_descent, {"n_epochs": 2}, [1.0, 9.0], LOSSES),
    "curve of the MLP": (mlp_player, STEP, mlp, {"n_epochs": 5}, [0.5, 7.0], LOSSES),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_guess_is_drawn_where_it_can_be_seen(name: str) -> None:
    player, samples, lesson, wishes, guess, (field, low, high) = RUNS[name]
    config = lesson.Config(**wishes)
    history = lesson.train(*samples, config)
    without = player.tables(*samples, config, history)
    assert len(without["guess"]) == 0
    assert without["guess"].dtypes.eq(np.float64).all()  # typed, so that Vega knows the columns
    made = player.tables(*samples, config, history, guess=guess)
    assert list(made["guess"].columns) == list(without["guess"].columns)
    seen, view = made["guess"][field], made["view"].iloc[0]
    assert len(seen) == np.size(guess)
    assert view[low] <= seen.min()
    assert seen.max() <= view[high]
    assert made["frames"].equals(without["frames"])


def test_a_guessed_loss_of_zero_has_a_place_on_a_logarithmic_axis() -> None:
    assert (curve_table(10, [1.0, 0.0])["loss"] > 0).all()
