import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.curves.activations import stretch as lesson

weights, biases, places = st.floats(-30, 30), st.floats(-20, 20), st.floats(0, 1)


@given(weight=weights, bias=biases)
def test_the_step_stands_at_minus_b_over_w_and_is_steepest_there(
    weight: float, bias: float
) -> None:
    assume(abs(weight) > 0.1)
    step, h = -bias / weight, 1e-5
    left, middle, right = lesson.stretched([step - h, step, step + h], weight, bias)
    assert middle == pytest.approx(0.5, abs=1e-12)
    assert (right - left) / (2 * h) == pytest.approx(weight / 4, rel=1e-6)


@given(weight=weights, bias=biases, x=places)
def test_no_slope_is_steeper_than_a_quarter_of_the_weight(
    weight: float, bias: float, x: float
) -> None:
    h = 1e-6
    left, right = lesson.stretched([x - h, x + h], weight, bias)
    assert abs(right - left) / (2 * h) <= abs(weight) / 4 + 1e-6


@given(weight=weights, bias=biases)
def test_the_chord_joins_the_ends_and_is_straight(weight: float, bias: float) -> None:
    ends, middle = lesson.chord([0, 1], weight, bias), lesson.chord(0.5, weight, bias)
    np.testing.assert_allclose(ends, lesson.stretched([0, 1], weight, bias), atol=1e-15)
    assert middle == pytest.approx(ends.mean(), abs=1e-15)


@given(weight=weights, bias=biases)
def test_the_distance_is_found_to_three_decimals_and_below_one(weight: float, bias: float) -> None:
    x = np.linspace(0, 1, 20_001)
    gap = np.abs(lesson.stretched(x, weight, bias) - lesson.chord(x, weight, bias)).max()
    assert lesson.distance_from_line(weight, bias) == pytest.approx(gap, abs=2e-4)
    assert gap < 1


@given(weight=weights, bias=biases)
def test_turned_round_or_upside_down_it_is_as_straight(weight: float, bias: float) -> None:
    distance = lesson.distance_from_line(weight, bias)
    assert lesson.distance_from_line(-weight, weight + bias) == pytest.approx(distance, abs=1e-12)
    assert lesson.distance_from_line(-weight, -bias) == pytest.approx(distance, abs=1e-12)


def test_the_longer_the_piece_the_less_straight() -> None:
    distances = [lesson.distance_from_line(w, -w / 2) for w in (1, 2, 4, 8, 16, 30)]
    assert distances == sorted(distances)
    assert lesson.distance_from_line(0, 3) == 0
