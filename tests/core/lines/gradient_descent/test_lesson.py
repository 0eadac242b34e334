from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import Variant, noisy_line
from core.history import DIVERGED_AT
from core.hyperparameters import size_of_batch
from core.lines import gradient_descent as lesson
from core.lines.normal_equation import parabola, solve
from core.messages import InputError

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
@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("learning_rate", [0.0, 0.1, 0.9])
def test_equals_a_plain_loop_over_the_formulas(
    batch_size: int | None, shuffle: bool, learning_rate: float
) -> None:
    x, y = noisy_line(variant="reversed")
    config = lesson.Config(
        learning_rate=learning_rate,
        n_epochs=5,
        batch_size=batch_size,
        shuffle=shuffle,
        seed=3,
        record_every=1,
    )
    history = lesson.train(x, y, config)
    weights, batches = plain_python(x, y, config)
    np.testing.assert_allclose(history.column("weight"), weights, rtol=0, atol=1e-12)
    losses = [lesson.loss(x, y, weight) for weight in weights]
    np.testing.assert_allclose(history.loss, losses, rtol=0, atol=1e-12)
    coefficients = np.column_stack([history.column(f"batch_{name}") for name in "abc"])
    expected = [parabola(x[batch], y[batch]) for batch in batches]
    np.testing.assert_allclose(
        coefficients[:-1], [(e.a, e.b, e.c) for e in expected], rtol=0, atol=1e-12
    )
    assert np.isnan(coefficients[-1]).all()
    assert np.array_equal(history.epoch, history.update // (len(batches) // 5))


@pytest.mark.parametrize("variant", ["plain", "negated", "reversed"])
@pytest.mark.parametrize("bad_last_sample", [False, True])
def test_the_full_batch_reaches_least_squares(variant: Variant, bad_last_sample: bool) -> None:
    x, y = noisy_line(variant=variant, bad_last_sample=bad_last_sample)
    history = lesson.train(x, y, lesson.Config(batch_size=None, n_epochs=1000))
    expected = np.linalg.lstsq(x[:, np.newaxis], y)[0].item()
    assert history.column("weight")[-1] == pytest.approx(expected, abs=1e-9)
    assert (np.diff(history.loss) <= 1e-15).all()


@batch_sizes
def test_each_recorded_step_replays_exactly(batch_size: int | None) -> None:
    x, y = noisy_line(bad_last_sample=True)
    config = lesson.Config(learning_rate=0.7, n_epochs=3, batch_size=batch_size, record_every=1)
    history = lesson.train(x, y, config)
    weights, a, b = (history.column(name) for name in ("weight", "batch_a", "batch_b"))
    gradients = 2 * a * weights + b
    assert np.array_equal(weights[1:], (weights - config.learning_rate * gradients)[:-1])


def test_single_samples_replay_with_the_gradient_exactly() -> None:
    x, y = noisy_line()
    config = lesson.Config(batch_size=1, n_epochs=2, record_every=1)
    weights = lesson.train(x, y, config).column("weight")
    _, batches = plain_python(x, y, config)
    for i, batch in enumerate(batches):
        gradient = lesson.gradient(x[batch], y[batch], weights[i])
        assert weights[i + 1] == weights[i] - config.learning_rate * gradient


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


@batch_sizes
def test_the_same_seed_gives_the_same_history_and_another_does_not(batch_size: int | None) -> None:
    x, y = noisy_line()
    runs = [
        lesson.train(x, y, lesson.Config(batch_size=batch_size, seed=seed)) for seed in (1, 1, 2)
    ]
    assert np.array_equal(runs[0].params, runs[1].params)
    has_an_order = batch_size is not None and batch_size < 100
    assert np.array_equal(runs[0].params, runs[2].params) == (not has_an_order)


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


def test_a_batch_size_over_n_is_the_full_batch() -> None:
    x, y = noisy_line()
    full, larger = (
        lesson.train(x, y, lesson.Config(batch_size=size, record_every=1)) for size in (None, 101)
    )
    assert np.array_equal(full.params, larger.params)
    assert full.update[-1] == larger.update[-1] == 50


@pytest.mark.parametrize("record_every", [1, 3, 7, 100, 1000])
def test_thinning_keeps_the_states_of_the_full_record(record_every: int) -> None:
    x, y = noisy_line(95)
    full, thin = (
        lesson.train(x, y, lesson.Config(n_epochs=7, record_every=every))
        for every in (1, record_every)
    )
    assert thin.update[0] == 0
    assert thin.update[-1] == 70
    assert np.array_equal(thin.params, full.params[thin.update])
    assert np.array_equal(thin.epoch, thin.update // 10)
    for name in ("batch_a", "batch_b", "batch_c"):
        np.testing.assert_array_equal(thin.column(name), full.column(name)[thin.update])


def test_100_000_samples_keep_a_few_hundred_records() -> None:
    x, y = noisy_line(100_000)
    history = lesson.train(x, y, lesson.Config(batch_size=1, n_epochs=2))
    assert 250 <= history.n_records <= 300
    assert history.update[-1] == 200_000
    assert history.epoch[-1] == 2
    assert history.column("weight")[-1] == pytest.approx(solve(x, y), abs=0.05)


@pytest.mark.parametrize("record_every", [1, 4, None])
@batch_sizes
def test_divergence_stops_the_run_where_the_loss_passes_the_bound(
    batch_size: int | None, record_every: int | None
) -> None:
    x, y = noisy_line()
    config = lesson.Config(learning_rate=9.0, batch_size=batch_size, record_every=record_every)
    history = lesson.train(x, y, config)
    bound = DIVERGED_AT * max(history.loss[0], 1)
    assert history.diverged
    assert history.loss[-1] > bound
    assert (history.loss[:-1] <= bound).all()
    assert np.isnan(history.column("batch_a")[-1])


@batch_sizes
def test_learning_rate_0_never_moves(batch_size: int | None) -> None:
    config = lesson.Config(learning_rate=0, batch_size=batch_size)
    history = lesson.train(*noisy_line(), config)
    assert (history.params == 0.1).all()
    assert not history.diverged


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


@pytest.mark.parametrize(
    "values",
    [
        {"learning_rate": -1.0},
        {"learning_rate": float("nan")},
        {"learning_rate": float("inf")},
        {"start_weight": float("nan")},
        {"start_weight": -1e51},
        {"n_epochs": 0},
        {"batch_size": 0},
        {"batch_size": -5},
        {"seed": -1},
        {"record_every": 0},
    ],
)
def test_bad_configurations_are_told_in_one_sentence(values: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"^{next(iter(values))} must be .*\\.$"):
        lesson.Config(**values)


@settings(deadline=None)  # the first call compiles
@given(
    arrays(np.float64, st.integers(1, 20), elements=st.floats(-1e50, 1e50)),
    st.floats(-1e50, 1e50),
    st.floats(0, 1e300),
    st.none() | st.integers(1, 30),
    st.booleans(),
    st.integers(0, 2**32),
)
def test_any_run_is_finite_or_honestly_diverged(
    x: np.ndarray,
    start: float,
    learning_rate: float,
    batch_size: int | None,
    shuffle: bool,
    seed: int,
) -> None:
    y = np.random.default_rng(seed).uniform(-1e50, 1e50, x.size)
    config = lesson.Config(
        start_weight=start,
        learning_rate=learning_rate,
        n_epochs=3,
        batch_size=batch_size,
        shuffle=shuffle,
        seed=seed,
        record_every=1,
    )
    history = lesson.train(x, y, config)
    assert history.update[0] == 0
    assert np.isfinite(history.params).all()
    assert np.isfinite(history.loss).all()
    n_batches = -(-x.size // size_of_batch(config.batch_size, x.size))
    assert history.diverged or history.update[-1] == 3 * n_batches
