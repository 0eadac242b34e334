import numpy as np
import pytest

from core.lines import weight_and_bias as lesson
from core.lines.weight_and_bias import bowl
from core.messages import InputError
from tests.core.lines.weight_and_bias.samples import DATA


@pytest.mark.parametrize("name", DATA)
def test_least_squares_is_numpy_s(name: str) -> None:
    x, y = DATA[name]
    expected = np.linalg.lstsq(np.column_stack([x, np.ones_like(x)]), y)[0]
    assert bowl.least_squares(x, y) == pytest.approx(tuple(expected), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("x", [0.0, 0.1, -3.0])
def test_least_squares_without_spread_is_the_smallest_solution(x: float) -> None:
    y = [1.0, 2.0, 4.0]
    expected = np.linalg.lstsq(np.array([[x, 1.0]] * 3), np.array(y))[0]
    assert bowl.least_squares([x] * 3, y) == pytest.approx(tuple(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", DATA)
def test_the_hessian_is_the_change_of_the_gradient(name: str) -> None:
    x, y = DATA[name]
    at_zero = lesson.gradient(x, y, 0, 0)
    columns = [
        np.subtract(lesson.gradient(x, y, 1, 0), at_zero),
        np.subtract(lesson.gradient(x, y, 0, 1), at_zero),
    ]
    hessian = bowl.hessian(x)
    np.testing.assert_allclose(hessian, np.column_stack(columns), rtol=1e-9)
    expected = np.linalg.eigvalsh(hessian)
    assert bowl.eigenvalues(x) == pytest.approx(tuple(expected), rel=1e-9, abs=1e-11)
    assert bowl.condition_number(x) == pytest.approx(np.linalg.cond(hessian), rel=1e-5)


def test_far_from_zero_the_small_eigenvalue_keeps_its_digits() -> None:
    x = 1e6 + np.array([-1.0, 1.0])  # det H = 4·variance = 4, trace = 2·(mean² + variance + 1)
    smallest, largest = bowl.eigenvalues(x)
    assert largest == pytest.approx(2e12 + 4, rel=1e-12)
    assert smallest == pytest.approx(4 / largest, rel=1e-12)


# Standardising x, and the ellipses


@pytest.mark.parametrize("name", DATA)
def test_standardised_x_makes_a_round_bowl_and_the_same_line(name: str) -> None:
    x, y = DATA[name]
    z, mean, deviation = bowl.standardise(x)
    assert (mean, deviation) == pytest.approx((x.mean(), x.std()))
    np.testing.assert_allclose(bowl.hessian(z), 2 * np.eye(2), atol=1e-12)
    assert bowl.condition_number(z) == pytest.approx(1, abs=1e-6)
    assert bowl.condition_number(x) > 1.001
    weight, bias = bowl.least_squares(z, y)
    line = (weight / deviation, bias - weight / deviation * mean)
    assert line == pytest.approx(bowl.least_squares(x, y), rel=1e-9)


def test_x_without_spread_cannot_be_standardised() -> None:
    with pytest.raises(InputError, match=r"^All x are equal: .*\.$"):
        bowl.standardise([0.1, 0.1, 0.1])


@pytest.mark.parametrize("level", [0.0, 1e-6, 0.3, 1e4])
@pytest.mark.parametrize("name", DATA)
def test_a_contour_lies_at_its_level(name: str, level: float) -> None:
    x, y = DATA[name]
    weights, biases = bowl.contour(x, y, level, 50)
    lowest = lesson.loss(x, y, *bowl.least_squares(x, y))
    losses = [lesson.loss(x, y, w, b) for w, b in zip(weights, biases, strict=True)]
    np.testing.assert_allclose(losses, lowest + level, rtol=1e-9)
    assert weights.shape == biases.shape == (50,)
    assert (weights[-1], biases[-1]) == pytest.approx((weights[0], biases[0]), rel=1e-9)


@pytest.mark.parametrize("x", [[0.0, 0.0], [3.0, 3.0], [-0.5]])
def test_without_spread_the_contour_is_two_parallel_lines(x: list[float]) -> None:
    y = [1.0, 2.0][: len(x)]
    weights, biases = bowl.contour(x, y, 0.25, reach=4.0)
    assert np.isnan(weights).tolist() == np.isnan(biases).tolist() == [0, 0, 1, 0, 0]
    lowest = lesson.loss(x, y, *bowl.least_squares(x, y))
    for i in (0, 1, 3, 4):
        assert lesson.loss(x, y, weights[i], biases[i]) == pytest.approx(lowest + 0.25)
    assert np.hypot(weights[1] - weights[0], biases[1] - biases[0]) == pytest.approx(8)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((-1.0,), "level"), ((float("nan"),), "level"), ((1.0, 1), "n_points")],
)
def test_bad_contours_are_told_in_one_sentence(arguments: tuple[float, ...], name: str) -> None:
    with pytest.raises(InputError, match=f"^{name} must be .*\\.$"):
        bowl.contour([0, 1], [0, 1], *arguments)  # type: ignore[arg-type]
