"""What Lines → Weight and bias says about its runs, asked of the runs."""

import numpy as np
import pytest

from core.datasets import noisy_line
from core.history import History
from core.lines import weight_and_bias as lesson
from core.lines.rest import times_the_lowest
from core.lines.weight_and_bias import bowl, rates

x, y = noisy_line(variant="reversed")
LOWEST = bowl.bowl_of(x, y).lowest


def run(**values: object) -> tuple[lesson.Config, History]:
    config = lesson.Config(record_every=1, **values)  # type: ignore[arg-type]
    return config, lesson.train(x, y, config)


def times(config: lesson.Config, history: History) -> float | None:
    left = rates.epoch_factor(x, config) ** config.n_epochs
    return times_the_lowest(history, LOWEST, left)


def test_in_data_order_no_sample_overshoots_and_the_run_stays_away_from_the_minimum() -> None:
    config, history = run()
    assert rates.zone(x, config) == "good"
    assert config.learning_rate < 1 / (2 * (np.max(x**2) + 1))
    assert times(config, history) == pytest.approx(3.13, abs=0.01)


def test_it_ends_in_a_loop_beside_the_minimum() -> None:
    _, history = run(n_epochs=200)
    *_, before, last = history.params[1:].reshape(200, x.size, 2)
    np.testing.assert_allclose(before, last, atol=1e-9)  # the same way in every epoch
    around = last - bowl.least_squares(x, y)
    angles = np.unwrap(np.arctan2(around[:, 1], around[:, 0]))
    assert np.ptp(angles) < np.pi / 2  # not round the minimum
    assert history.loss[-x.size :].min() > 2 * LOWEST


def test_shuffled_it_comes_much_closer() -> None:
    in_order, shuffled = times(*run()), times(*run(shuffle=True))
    assert in_order is not None
    assert shuffled is not None
    assert shuffled - 1 < (in_order - 1) / 5


def test_the_full_batch_and_samples_on_a_line_end_in_the_minimum() -> None:
    assert times(*run(batch_size=None, learning_rate=0.5, n_epochs=100)) is None
    on_a_line = noisy_line(noise=0)
    history = lesson.train(*on_a_line, lesson.Config(n_epochs=200))
    assert times_the_lowest(history, bowl.bowl_of(*on_a_line).lowest, 0.0) is None
    assert history.loss[-1] < 1e-6


def test_the_full_batch_slides_to_the_bottom_of_the_valley_at_once_then_creeps_along_it() -> None:
    _, history = run(batch_size=None, learning_rate=0.5, n_epochs=100)
    losses = history.loss / LOWEST
    assert losses[1] < losses[0] / 2
    assert losses[10] > losses[1] / 5
    assert losses[-1] < 1.001


def test_standardised_the_path_goes_straight_down() -> None:
    z = bowl.standardise(x)[0]
    config = lesson.Config(batch_size=None, learning_rate=0.3, n_epochs=30, record_every=1)
    path = lesson.train(z, y, config).params
    straight, way = path[-1] - path[0], path - path[0]
    off = way @ [-straight[1], straight[0]] / np.hypot(*straight)
    assert np.abs(off).max() < 1e-9
    assert bowl.condition_number(z) == pytest.approx(1)


def test_0_7_suits_the_full_batch_and_sorted_samples_run_away() -> None:
    full, in_order = (lesson.Config(learning_rate=0.7, batch_size=size) for size in (None, 1))
    assert rates.zone(x, full) in ("good", "oscillating")
    assert rates.zone(x, in_order) == "diverging"
    assert lesson.train(x, y, in_order).diverged


def test_one_direction_is_learned_slowly_and_it_is_no_axis() -> None:
    """Along the valley a change of w is nearly cancelled by one of b."""
    _, directions = np.linalg.eigh(bowl.hessian(x))
    flat = directions[:, 0]
    assert flat[0] * flat[1] < 0
    assert min(abs(flat)) > 0.4
    _, mirrored = np.linalg.eigh(bowl.hessian(-x))
    assert mirrored[0, 0] * mirrored[1, 0] > 0


def test_at_the_same_rate_the_run_diverges_and_steps_one_after_the_other_settle() -> None:
    config, history = run(batch_size=None, learning_rate=0.9, n_epochs=200)
    assert history.diverged
    weight, bias = config.start_weight, config.start_bias
    for _ in range(config.n_epochs):
        weight -= config.learning_rate * lesson.gradient(x, y, weight, bias)[0]
        bias -= config.learning_rate * lesson.gradient(x, y, weight, bias)[1]
    np.testing.assert_allclose((weight, bias), bowl.least_squares(x, y), rtol=1e-6)
