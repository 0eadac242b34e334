from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import Variant, noisy_line
from core.lines import gradient_descent as lesson
from core.lines.normal_equation import parabola, solve

batch_sizes = pytest.mark.parametrize("batch_size", [1, 7, 10, 100, 1000, None])


def plain_python(
    x: np.ndarray, y: np.ndarray, config: lesson.Config
) -> tuple[list[float], list[np.ndarray]]:
    """The weights, and the samples of each batch, of the formulas written as a loop."""
    rng = np.random.default_rng(config.seed)
    weight, n = config.start_weight, x.size
    size = min(config.batch_size or n, n)
    weights, batches = [weight], []
    for _ in range(config.n_epochs):
        order = rng.permutation(n) if config.shuffle else np.arange(n)
        for first in range(0, n, size):
            batch = order[first : first + size]
            a, b = np.mean(x[batch] ** 2), -2 * np.mean(x[batch] * y[batch])
            weight = weight - config.learning_rate * (2 * a * weight + b)
            weights.append(float(weight))
            batches.append(batch)
    return weights, batches


@batch_sizes
def test_equals_a_plain_loop_over_the_formulas(batch_size: int | None) -> None:
    x, y = noisy_line(variant="reversed")
    for shuffle, learning_rate in product([True, False], [0.0, 0.1, 0.9]):
        config = lesson.Config(
            learning_rate=learning_rate,
            n_epochs=5,
            batch_size=batch_size,
            shuffle=shuffle,
            seed=3,
            record_every=1,
        )
        history, (weights, batches) = lesson.train(x, y, config), plain_python(x, y, config)
        np.testing.assert_allclose(history.params[:, 0], weights, 0, 1e-12, err_msg=str(config))
        losses = [lesson.loss(x, y, weight) for weight in weights]
        np.testing.assert_allclose(history.loss, losses, 0, 1e-12, err_msg=str(config))
        coefficients = np.column_stack([history.column(f"batch_{name}") for name in "abc"])
        expected = [(e.a, e.b, e.c) for e in (parabola(x[batch], y[batch]) for batch in batches)]
        np.testing.assert_allclose(coefficients[:-1], expected, 0, 1e-12, err_msg=str(config))
        assert np.isnan(coefficients[-1]).all(), config


@pytest.mark.parametrize("variant", ["plain", "negated", "reversed"])
@pytest.mark.parametrize("bad_last_sample", [False, True])
def test_the_full_batch_reaches_least_squares(variant: Variant, bad_last_sample: bool) -> None:
    x, y = noisy_line(variant=variant, bad_last_sample=bad_last_sample)
    history = lesson.train(x, y, lesson.Config(batch_size=None, n_epochs=1000))
    expected = np.linalg.lstsq(x[:, np.newaxis], y)[0].item()
    assert history.column("weight")[-1] == pytest.approx(expected, abs=1e-9)
    assert (np.diff(history.loss) <= 1e-15).all()


@batch_sizes
def test_each_step_is_against_the_slope_of_the_recorded_parabola(batch_size: int | None) -> None:
    x, y = noisy_line(bad_last_sample=True)
    config = lesson.Config(learning_rate=0.7, n_epochs=3, batch_size=batch_size, record_every=1)
    history = lesson.train(x, y, config)
    weights, a, b = (history.column(name) for name in ("weight", "batch_a", "batch_b"))
    gradients = 2 * a * weights + b
    assert np.array_equal(weights[1:], (weights - config.learning_rate * gradients)[:-1])


def test_no_batch_comes_after_divergence() -> None:
    history = lesson.train(*noisy_line(), lesson.Config(learning_rate=9.0))
    assert history.diverged
    assert np.isnan(history.column("batch_a")[-1])


floats = st.floats(-100, 100, allow_subnormal=False)


@given(
    st.integers(1, 10).flatmap(
        lambda n: st.tuples(*(arrays(np.float64, n, elements=floats) for _ in range(2)))
    ),
    floats,
)
def test_gradient_is_the_slope_of_the_displayed_loss(
    data: tuple[np.ndarray, np.ndarray], weight: float
) -> None:
    x, y = data
    w = torch.tensor(weight, dtype=torch.float64, requires_grad=True)
    loss = ((torch.from_numpy(y) - w * torch.from_numpy(x)) ** 2).mean()
    loss.backward()  # type: ignore[no-untyped-call]
    gradient = lesson.gradient(x, y, weight)
    assert w.grad is not None
    assert gradient == pytest.approx(w.grad.item(), rel=1e-6, abs=1e-6)
    h = 1e-3
    difference = lesson.loss(x, y, weight + h) - lesson.loss(x, y, weight - h)
    assert gradient == pytest.approx(difference / (2 * h), rel=1e-6, abs=1e-3)


def test_the_weight_grows_left_of_the_minimum_and_shrinks_right_of_it() -> None:
    x, y = noisy_line()
    best = solve(x, y)
    config = lesson.Config(batch_size=None, n_epochs=1)
    for start, sign in ((best - 1, 1), (best + 1, -1)):
        weights = lesson.train(x, y, config, start=[start]).column("weight")
        assert np.sign(weights[1] - weights[0]) == sign
        assert np.sign(lesson.gradient(x, y, start)) == -sign


def test_without_shuffling_samples_come_in_data_order() -> None:
    x, y = noisy_line()
    config = lesson.Config(batch_size=1, n_epochs=2, shuffle=False, record_every=1)
    history = lesson.train(x, y, config)
    assert np.array_equal(history.column("batch_a")[:-1], np.tile(x * x, 2))
    assert np.array_equal(history.column("batch_c")[:-1], np.tile(y * y, 2))


def test_the_last_batch_averages_over_the_samples_it_has() -> None:
    config = lesson.Config(batch_size=2, n_epochs=1, shuffle=False, record_every=1)
    history = lesson.train([1, 2, 3], [0, 0, 1], config)
    assert history.column("batch_a")[:-1].tolist() == [2.5, 9.0]
    assert history.column("batch_b")[:-1].tolist() == [0.0, -6.0]
    assert history.update.tolist() == [0, 1, 2]
    assert history.epoch.tolist() == [0, 0, 1]


def test_two_passes_over_100_000_samples_find_the_minimum() -> None:
    x, y = noisy_line(100_000)
    history = lesson.train(x, y, lesson.Config(batch_size=1, n_epochs=2))
    assert history.update[-1] == 200_000
    assert history.column("weight")[-1] == pytest.approx(solve(x, y), abs=0.05)


def test_a_start_at_the_minimum_stays_there_with_the_full_batch() -> None:
    x, y = noisy_line()
    best = solve(x, y)
    full = lesson.train(x, y, lesson.Config(batch_size=None), start=[best])
    np.testing.assert_allclose(full.column("weight"), best, rtol=0, atol=1e-14)
    # The samples pull in different directions: that is the noise of small batches.
    single = lesson.train(x, y, lesson.Config(batch_size=1, n_epochs=1), start=[best])
    assert 0 < np.ptp(single.column("weight")) < 0.1


@batch_sizes
def test_all_zero_x_leaves_the_weight_alone(batch_size: int | None) -> None:
    config = lesson.Config(batch_size=batch_size, learning_rate=1e300)
    history = lesson.train([0.0, 0.0], [1.0, 2.0], config)
    assert (history.params == 0.1).all()
    assert (history.loss == 2.5).all()
    assert not history.diverged


@batch_sizes
def test_one_sample_is_walked_to_its_own_weight(batch_size: int | None) -> None:
    history = lesson.train([2.0], [6.0], lesson.Config(batch_size=batch_size))
    assert history.update[-1] == history.epoch[-1] == 50
    assert history.column("weight")[-1] == pytest.approx(3.0, abs=1e-9)
