import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import noisy_line
from core.lines import one_weight as lesson

floats = st.floats(-100, 100)


def plain_python(x: np.ndarray, y: np.ndarray, weight: float, learning_rate: float) -> list[float]:
    weights = [weight]
    for xi, yi in zip(x, y, strict=True):
        weight = weight - learning_rate * (-2 * (yi - weight * xi) * xi)
        weights.append(weight)
    return weights


@pytest.mark.parametrize("learning_rate", [0.0, 0.1, 0.5, 1.0])
def test_equals_a_plain_loop_over_the_formula(learning_rate: float) -> None:
    x, y = noisy_line()
    history = lesson.train(x, y, lesson.Config(learning_rate=learning_rate, record_every=1))
    expected = plain_python(x, y, 0.5, learning_rate)
    np.testing.assert_allclose(history.column("weight"), expected, rtol=0, atol=1e-12)
    losses = [np.mean((y - w * x) ** 2) for w in expected]
    np.testing.assert_allclose(history.loss, losses, rtol=0, atol=1e-12)


def test_half_a_learning_rate_is_the_rule_error_times_input() -> None:
    x, y = noisy_line()
    weight = 0.5
    for xi, yi in zip(x, y, strict=True):
        error = yi - weight * xi
        weight += error * xi
    history = lesson.train(x, y, lesson.Config(record_every=1))
    assert history.column("weight")[-1] == pytest.approx(weight, abs=1e-12)


@given(floats, floats, floats)
def test_gradient_is_the_slope_of_the_displayed_loss(x: float, y: float, weight: float) -> None:
    w = torch.tensor(weight, dtype=torch.float64, requires_grad=True)
    loss = (y - w * x) ** 2
    loss.backward()  # type: ignore[no-untyped-call]
    gradient = lesson.gradient(x, y, weight)
    assert w.grad is not None
    assert gradient == pytest.approx(w.grad.item(), rel=1e-6, abs=1e-6)
    h = 1e-4
    difference = lesson.loss([x], [y], weight + h) - lesson.loss([x], [y], weight - h)
    assert gradient == pytest.approx(difference / (2 * h), rel=1e-6, abs=1e-3)


def test_the_last_sample_has_the_last_word() -> None:
    good = lesson.train(*noisy_line(), lesson.Config())
    bad = lesson.train(*noisy_line(bad_last_sample=True), lesson.Config())
    best = 1.576
    assert abs(good.column("weight")[-1] - best) < 0.05
    assert abs(bad.column("weight")[-1] - best) > 0.3
    assert bad.column("weight")[-2] == good.column("weight")[-2]


def test_below_the_overshoot_rate_no_step_moves_away_from_its_sample() -> None:
    x, y = noisy_line(variant="negated")
    limit = lesson.overshoot_learning_rate(x)
    history = lesson.train(x, y, lesson.Config(learning_rate=0.999 * limit, record_every=1))
    weights, targets = history.column("weight"), y / x
    assert (np.abs(weights[1:] - targets) <= np.abs(weights[:-1] - targets)).all()
    far = lesson.train(x[-1:], y[-1:], lesson.Config(learning_rate=1.01 / x[-1] ** 2))
    assert abs(far.column("weight")[1] - targets[-1]) > abs(0.5 - targets[-1])


@pytest.mark.parametrize(
    ("x", "y"),
    [([0.0, 0.0], [1.0, 2.0]), ([0.0], [0.0]), ([3.0], [6.0])],
    ids=["all x zero", "one empty sample", "one sample"],
)
def test_small_and_empty_data(x: list[float], y: list[float]) -> None:
    history = lesson.train(x, y, lesson.Config(learning_rate=0.01))
    assert history.update.tolist() == list(range(len(x) + 1))
    assert not history.diverged
    if not any(x):
        assert (history.params == 0.5).all()


def test_all_zero_x_has_no_overshoot() -> None:
    assert lesson.overshoot_learning_rate([0.0, 0.0]) == np.inf


@pytest.mark.parametrize(
    ("learning_rate", "bad", "expected"),
    [
        (0.5, False, "settled"),
        (0.5, True, "thrown off"),
        (0.0, False, "on the way"),
        (1.3, False, "overshooting"),
        (4.0, False, "diverged"),
    ],
)
def test_the_verdict_on_a_run(learning_rate: float, bad: bool, expected: str) -> None:
    x, y = noisy_line(bad_last_sample=bad)
    config = lesson.Config(learning_rate=learning_rate, record_every=1)
    best = float(x @ y / (x @ x))
    assert lesson.verdict(lesson.train(x, y, config), config, x, best) == expected
