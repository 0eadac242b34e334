import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.hyperparameters import LARGEST
from core.start import what_is_a_model as lesson
from core.start.what_is_a_model import Params

small = st.floats(-3, 3)
samples = st.tuples(small, small)
parameters = st.builds(Params, *[small] * 7)


@given(samples, parameters)
def test_the_gradient_is_the_slope_of_the_loss(sample: tuple[float, float], params: Params) -> None:
    h = 1e-6
    for name, slope in lesson.gradient(*sample, params)._asdict().items():
        value = getattr(params, name)
        higher, lower = (params._replace(**{name: value + d}) for d in (h, -h))
        rise = lesson.loss(*sample, higher) - lesson.loss(*sample, lower)
        assert slope == pytest.approx(rise / (2 * h), rel=1e-6, abs=1e-6)


@given(samples, parameters)
def test_the_gradient_is_autograds(sample: tuple[float, float], params: Params) -> None:
    x, y = sample
    leaves = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in params]
    w1, w2, b1, b2, v1, v2, c = leaves
    y_hat = v1 * torch.sigmoid(w1 * x + b1) + v2 * torch.sigmoid(w2 * x + b2) + c
    loss = (y - y_hat) ** 2
    loss.backward()  # type: ignore[no-untyped-call]
    expected = [float(leaf.grad) for leaf in leaves if leaf.grad is not None]
    np.testing.assert_allclose(lesson.gradient(x, y, params), expected, rtol=1e-9, atol=1e-12)
    assert lesson.predict(x, params) == pytest.approx(float(y_hat.detach()), rel=1e-12, abs=1e-12)
    assert lesson.loss(x, y, params) == pytest.approx(float(loss.detach()), rel=1e-9, abs=1e-12)


@given(samples, parameters, st.floats(0, 1), st.integers(1, 8))
def test_each_update_steps_against_the_gradient_of_the_old_values(
    sample: tuple[float, float], params: Params, learning_rate: float, n_updates: int
) -> None:
    config = lesson.Config(learning_rate=learning_rate, n_updates=n_updates)
    history = lesson.train(*sample, config, start=params)
    for i, now in enumerate(history.params):
        gradient = lesson.gradient(*sample, Params(*now))
        np.testing.assert_allclose(
            [history.column(f"d_{name}")[i] for name in Params._fields], gradient, atol=1e-300
        )
        assert history.loss[i] == lesson.loss(*sample, Params(*now))
        assert history.column("y_hat")[i] == lesson.predict(sample[0], Params(*now))
        if i + 1 < history.n_records:
            replayed = now - learning_rate * np.array(gradient)
            np.testing.assert_array_equal(history.params[i + 1], replayed)


@pytest.mark.parametrize("size", [LARGEST, -LARGEST])
def test_the_largest_numbers_overflow_nothing(size: float) -> None:
    history = lesson.train(size, -size, lesson.Config(), start=[size] * 7)
    assert np.isfinite(history.loss).all()


def test_a_start_has_two_decimals_and_stays_inside_its_bounds() -> None:
    starts = np.array([lesson.draw_start(np.random.default_rng(seed)) for seed in range(500)])
    np.testing.assert_array_equal(starts, starts.round(2))
    assert np.abs(starts[:, :4]).max() <= 1
    assert np.abs(starts[:, 4:]).max() <= 0.71
    assert np.abs(starts.mean(axis=0)).max() < 0.1


def test_the_default_run_learns_its_sample() -> None:
    history = lesson.train(0.5, 1.0, lesson.Config())
    assert (np.diff(history.loss) < 0).all()
    assert history.loss[-1] < 0.01 * history.loss[0]


def test_without_input_the_weights_of_the_input_learn_nothing() -> None:
    history = lesson.train(0.0, 1.0, lesson.Config())
    for name in ("w1", "w2"):
        assert np.ptp(history.column(name)) == 0
    assert history.loss[-1] < 0.01
