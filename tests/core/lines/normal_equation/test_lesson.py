import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.datasets import Variant, noisy_line
from core.lines import normal_equation as lesson
from core.lines import one_weight
from core.messages import InputError

values = st.floats(-100, 100, allow_subnormal=False)
samples = st.integers(1, 30).flatmap(
    lambda n: st.tuples(*(arrays(np.float64, n, elements=values) for _ in range(2)))
)


@pytest.mark.parametrize("variant", ["plain", "negated", "reversed"])
@pytest.mark.parametrize("bad_last_sample", [False, True])
def test_the_solution_is_that_of_least_squares(variant: Variant, bad_last_sample: bool) -> None:
    for n in (1, 2, 100, 100_000):
        x, y = noisy_line(n, variant=variant, bad_last_sample=bad_last_sample)
        expected = np.linalg.lstsq(x[:, np.newaxis], y)[0].item()
        assert lesson.solve(x, y) == pytest.approx(expected, abs=1e-12), f"{n} samples"
        assert lesson.parabola(x, y).vertex == pytest.approx(expected, abs=1e-12), f"{n} samples"


@given(samples, values)
def test_the_parabola_is_the_mean_squared_error(
    data: tuple[np.ndarray, np.ndarray], weight: float
) -> None:
    error = lesson.parabola(*data)
    rounding = 1e-12 * (error.a * weight**2 + abs(error.b * weight) + error.c) + 1e-300
    assert error(weight) == pytest.approx(one_weight.loss(*data, weight), rel=0, abs=rounding)


@given(samples, values)
def test_the_slope_is_that_of_the_displayed_loss(
    data: tuple[np.ndarray, np.ndarray], weight: float
) -> None:
    error, h = lesson.parabola(*data), 1e-2
    difference = (error(weight + h) - error(weight - h)) / (2 * h)
    assert error.slope(weight) == pytest.approx(difference, rel=1e-6, abs=1e-4)


@given(samples, values)
@example((np.array([5e-160]), np.array([1.0])), 0.0)  # the vertex squared is no float
def test_no_weight_is_better_than_the_vertex(
    data: tuple[np.ndarray, np.ndarray], weight: float
) -> None:
    error = lesson.parabola(*data)
    assert 0 <= error.lowest <= error(weight) + 1e-9 * (1 + error.c + error.a * weight**2)


def test_the_parabola_is_the_mean_of_the_samples_parabolas() -> None:
    x, y = noisy_line()
    a, b, c = lesson.sample_parabolas(x, y)
    assert a.shape == b.shape == c.shape == (100,)
    weight = 0.7
    np.testing.assert_allclose(
        a * weight**2 + b * weight + c, (y - weight * x) ** 2, rtol=0, atol=1e-14
    )
    error = lesson.parabola(x, y)
    assert (error.a, error.b, error.c) == (a.mean(), b.mean(), c.mean())


def test_a_parabola_takes_many_weights_at_once() -> None:
    error = lesson.Parabola(1.0, -4.0, 5.0)
    assert error(np.array([0.0, 2.0, 3.0])).tolist() == [5.0, 1.0, 2.0]


def test_the_bad_last_sample_hardly_moves_the_vertex() -> None:
    good, bad = noisy_line(), noisy_line(bad_last_sample=True)
    moved = abs(lesson.solve(*bad) - lesson.solve(*good))
    after_one_weight = [
        one_weight.train(*data, one_weight.Config()).column("weight")[-1] for data in (good, bad)
    ]
    assert 0 < moved < 0.02
    assert moved < 0.05 * abs(after_one_weight[1] - after_one_weight[0])


@pytest.mark.parametrize("n_samples", [1, 3])
def test_all_zero_x_has_no_unique_solution(n_samples: int) -> None:
    x, y = np.zeros(n_samples), np.ones(n_samples)
    error = lesson.parabola(x, y)
    assert error.lowest == error(-3.0) == error(7.0) == 1
    with pytest.raises(InputError, match=r"^All x are 0, .* no unique solution\.$"):
        lesson.solve(x, y)
    with pytest.raises(ValueError, match="no unique solution"):
        _ = error.vertex


def test_bad_samples_are_told_in_one_sentence() -> None:
    for function in (lesson.solve, lesson.parabola, lesson.sample_parabolas):
        with pytest.raises(InputError, match=r"^There must be at least one sample\.$"):
            function([], [])
