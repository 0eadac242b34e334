import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import as_samples, noisy_line, step, two_steps
from core.hyperparameters import LARGEST
from core.messages import InputError


def test_plain_line_is_the_one_the_lesson_describes() -> None:
    x, y = noisy_line()
    assert x.shape == y.shape == (100,)
    assert (np.diff(x) >= 0).all()
    assert x.min() >= 0
    assert x.max() <= 1
    noise = y - 1.5 * x
    assert noise.min() >= 0
    assert noise.max() <= 0.1
    assert noise.std() > 0.02  # drawn for each sample, not once


def test_same_seed_same_samples_other_seed_others() -> None:
    assert np.array_equal(noisy_line(seed=3).x, noisy_line(seed=3).x)
    assert not np.array_equal(noisy_line(seed=3).x, noisy_line(seed=4).x)


def test_slope_and_noise_leave_the_draw_alone() -> None:
    x, y = noisy_line(slope=1.5, noise=0.1)
    other_x, other_y = noisy_line(slope=-2, noise=0.2)
    assert np.array_equal(x, other_x)
    np.testing.assert_allclose(other_y + 2 * x, 2 * (y - 1.5 * x), atol=1e-15)


def test_negated_and_reversed() -> None:
    x, y = noisy_line()
    negated, turned = noisy_line(variant="negated"), noisy_line(variant="reversed")
    assert np.array_equal(negated.x, -x)
    assert np.array_equal(negated.y, -y)
    assert np.array_equal(turned.x, x[::-1])
    assert np.array_equal(turned.y, y)
    slope, height = np.polyfit(*turned, 1)
    assert slope == pytest.approx(-1.5, abs=0.2)
    assert height == pytest.approx(1.55, abs=0.15)


def test_bad_last_sample_changes_nothing_else() -> None:
    good, bad = noisy_line(), noisy_line(bad_last_sample=True)
    assert bad.y[-1] == 2
    assert np.array_equal(good.y[:-1], bad.y[:-1])
    assert np.array_equal(good.x, bad.x)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"n_samples": 0}, "n_samples must be a whole number of at least 1, not 0."),
        ({"n_samples": math.inf}, "n_samples must be a whole number of at least 1, not inf."),
        ({"noise": -0.1}, "noise must be between 0 and 1e+50, not -0.1."),
        ({"noise": float("nan")}, "noise must be between 0 and 1e+50, not nan."),
        ({"slope": float("inf")}, "slope must be between −1e+50 and 1e+50, not inf."),
        ({"variant": "up"}, "variant must be one of plain, negated, reversed, not up."),
        ({"seed": -1}, "seed must be a whole number of at least 0, not -1."),
    ],
)
def test_bad_arguments_are_told_in_one_sentence(
    arguments: dict[str, object], sentence: str
) -> None:
    with pytest.raises(InputError) as error:
        noisy_line(**arguments)  # type: ignore[arg-type]
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([], []),
        ([1, 2], [1]),
        ([[1, 2]], [[1, 2]]),
        ([1, np.nan], [1, 2]),
        ([1, 2], [1, np.inf]),
        ([1, 2], [1, 2 * LARGEST]),
        (["one"], [1]),
        ([None], [1]),
        (1, 2),
    ],
)
def test_bad_samples_are_refused(x: object, y: object) -> None:
    with pytest.raises(InputError):
        as_samples(x, y)  # type: ignore[arg-type]


@given(st.integers(1, 300), st.floats(-10, 10), st.floats(0, 5), st.integers(0, 2**63))
def test_every_legal_line_is_finite_and_read_only(
    n_samples: int, slope: float, noise: float, seed: int
) -> None:
    x, y = noisy_line(n_samples, slope=slope, noise=noise, seed=seed)
    assert x.size == y.size == n_samples
    assert np.isfinite(y).all()
    assert not x.flags.writeable
    assert not y.flags.writeable


@pytest.mark.parametrize("n_samples", [1, 2, 5, 100])
def test_a_step_is_0_for_the_first_half_and_1_for_the_second(n_samples):
    x, y = step(n_samples, seed=3)
    assert y.tolist() == [0] * (n_samples // 2) + [1] * (n_samples - n_samples // 2)
    assert (np.diff(x) >= 0).all()
    np.testing.assert_array_equal(x, noisy_line(n_samples, seed=3).x)


def test_a_step_without_samples_is_refused():
    with pytest.raises(InputError, match="n_samples must be a whole number of at least 1"):
        step(0)


def test_two_steps_are_fifty_sorted_points_that_rise_fall_and_rise():
    x, y = two_steps()
    assert x.size == 50
    assert (np.diff(x) > 0).all()
    assert y[np.flatnonzero(np.diff(y)) + 1].tolist() == [1, 0, 1]
    assert (y[0], y[-1]) == (0, 1)
