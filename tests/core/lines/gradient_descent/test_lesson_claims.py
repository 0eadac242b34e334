"""What Lines → Gradient descent says about its runs, asked of the runs."""

import numpy as np
import pytest

from core.datasets import noisy_line
from core.history import History
from core.lines import gradient_descent as lesson
from core.lines import normal_equation

x, y = noisy_line()
BEST, LOWEST = normal_equation.solve(x, y), normal_equation.parabola(x, y).lowest


def run(batch_size: int | None, **values: float) -> History:
    config = lesson.Config(batch_size=batch_size, record_every=1, **values)  # type: ignore[arg-type]
    return lesson.train(x, y, config)


def test_counted_in_updates_the_three_are_about_equally_fast_the_full_batch_smoothest() -> None:
    losses = [run(size).loss[:51] for size in (1, 10, None)]
    at_30 = [loss[30] / LOWEST for loss in losses]
    assert max(at_30) < 2.5 * min(at_30)
    bends = [np.abs(np.diff(np.log(loss[:31]), 2)).mean() for loss in losses]
    assert bends[0] > bends[1] > bends[2]


def test_after_the_full_batch_s_first_step_single_samples_have_arrived() -> None:
    one, ten, full = (run(size).loss / LOWEST for size in (1, 10, None))
    assert one[x.size] < 1.01 < ten[x.size // 10] < full[1]


def test_fifty_epochs_of_the_full_batch_are_hardly_enough() -> None:
    assert 1.1 < run(None).loss[-1] / LOWEST < 1.3


def test_noisy_samples_are_fast_and_never_come_to_rest() -> None:
    noisy = noisy_line(noise=0.5)
    config = lesson.Config(batch_size=1, learning_rate=0.6, n_epochs=5, record_every=1)
    weights = lesson.train(*noisy, config).column("weight")
    assert np.abs(weights[:10] - normal_equation.solve(*noisy)).min() < 0.2
    assert weights[-100:].std() > 0.1


def test_beyond_1_over_a_each_step_lands_farther_on_the_other_side() -> None:
    assert 1 / np.mean(x**2) < 3
    distances = run(None, learning_rate=3.0).column("weight") - BEST
    assert (distances[1:] * distances[:-1] < 0).all()
    assert (np.abs(distances[1:]) > np.abs(distances[:-1])).all()


def test_a_single_sample_s_slope_is_right_on_average() -> None:
    slopes = [lesson.gradient([xi], [yi], 0.7) for xi, yi in zip(x, y, strict=True)]
    assert np.mean(slopes) == pytest.approx(lesson.gradient(x, y, 0.7))
    assert np.ptp(slopes) > 1
