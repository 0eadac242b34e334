import numpy as np
import pytest

from core.digits.doubts import BLANK
from core.digits.recognise import load_recogniser
from core.digits.sketch.unprepared import classify_straight, straight_resize
from tests.core.digits.strokes import draw


def test_a_straight_resize_averages_squares():
    drawing = draw(7)
    expected = drawing.reshape(28, 10, 28, 10).mean(axis=(1, 3)) / 255
    np.testing.assert_allclose(straight_resize(drawing), expected, atol=1e-3)
    np.testing.assert_allclose(straight_resize(255 - drawing), expected, atol=1e-3)
    rgba = np.dstack([drawing] * 3 + [np.full_like(drawing, 255)])
    np.testing.assert_allclose(straight_resize(rgba), expected, atol=5e-3)
    assert straight_resize(draw(1)[:, 60:220]).shape == (28, 28)


def test_the_preparation_does_the_work():
    recogniser = load_recogniser()
    corner = draw(7, pen=20, zoom=0.35, shift=(5, 170))
    assert recogniser.classify(corner).label == 7
    straight = classify_straight(recogniser, corner)
    assert straight.label != 7
    assert straight.probabilities.sum() == pytest.approx(1)
    middle = classify_straight(recogniser, draw(7))
    assert middle.label == 7


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_drawn_is_nothing_shrunk(level):
    reading = classify_straight(load_recogniser(), np.full((280, 280), level, np.uint8))
    assert (reading.label, reading.reason) == (None, BLANK)
    assert reading.probabilities.tolist() == [0.1] * 10
