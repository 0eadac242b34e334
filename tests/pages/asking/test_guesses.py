import numpy as np
import pytest

from core.learning.exercises import Outcome, Prediction, Text
from pages.asking.guesses import N_POINTS, Curve, Line, Outcomes, Value, checked

TEXT = Text({"en": "."})
X = np.array([0.0, 1.0, 2.0])


def prediction(kind: str) -> Prediction:
    choices = (Outcome("settled", Text({"en": "it settles"})), Outcome("ran", TEXT))
    return Prediction("p", TEXT, kind, TEXT, TEXT, fact="end", choices=choices)  # type: ignore[arg-type]


def test_each_kind_says_how_far_off_a_guess_is_and_calls_both_by_name() -> None:
    outcome = prediction("choice")
    assert Outcomes().gap(outcome, "settled", {"end": "settled"}).is_near
    assert Outcomes().words(outcome, "settled", {"end": "lost"}) == {
        "guess": "it settles",
        "truth": "lost",
    }
    value = Value("w", -2.0, 2.0, 0.0)
    gap = value.gap(prediction("value"), 1.0, {"end": 0.0})
    assert (gap.size, gap.share) == (1.0, 0.25)
    count = Value("wrong", 0, 100, 50, 1)
    assert count.words(prediction("value"), 7, {"end": 12}) == {"guess": "7", "truth": "12"}
    line = Line(X, X, weight=1.0)
    assert line.gap(prediction("line"), [0.0, 2.0], {}).size == pytest.approx(0)
    assert line.gap(prediction("line"), [1.0, 3.0], {}).size == pytest.approx(1)
    assert line.words(prediction("line"), [1.0, 3.0], {})["guess"] == "y = 1.000·x +1.000"
    curve = Curve(np.array([0, 10, 20]), np.array([2.0, 1.0, 100.0]))
    flat = [2.0] * N_POINTS
    assert curve.gap(prediction("curve"), flat, {}).share < 0.5  # what ran away ends at the axis
    assert curve.words(prediction("curve"), flat, {}) == {"guess": "2.000", "truth": "100.0"}


@pytest.mark.parametrize("told", [None, "line", [1], [1, float("nan")], [[1, 2]], {"a": 1}])
def test_what_a_pad_cannot_have_sent_is_no_guess(told: object) -> None:
    assert checked(Line(X, X, 1.0), told) is None  # type: ignore[arg-type]
    assert checked(Line(X, X, 1.0), [1, 2]) == [1.0, 2.0]


def test_samples_at_one_x_still_have_a_line_to_place() -> None:
    left, right = Line(np.zeros(3), np.zeros(3), 0.0).ends
    low, high = Line(np.zeros(3), np.zeros(3), 0.0).heights
    assert left < right
    assert low < high
