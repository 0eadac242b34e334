import numpy as np
import pytest

from core.digits.train.made import not_digits
from core.digits.train.made.not_digits import (
    HELD_OUT,
    KINDS,
    LEARNED,
    LETTERS,
    letter,
    side_by_side,
)
from core.digits.train.made.pen import draw, polyline


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_a_drawing_of_about_unit_size(kind):
    for seed in range(10):
        segments = KINDS[kind](np.random.default_rng(seed))
        assert segments.shape[1:] == (2, 2)
        assert np.isfinite(segments).all()
        assert np.abs(segments).max() < 1.2
        assert draw(segments * 100 + 140, 20).any()
        assert np.array_equal(segments, KINDS[kind](np.random.default_rng(seed)))


def test_letters_held_out_are_never_learned(monkeypatch):
    assert set(HELD_OUT) <= set(LETTERS)
    assert not set(HELD_OUT) & set(LEARNED)
    written = []
    monkeypatch.setattr(
        not_digits, "write_strokes", lambda strokes, *_, **__: written.append(strokes)
    )
    rng = np.random.default_rng(0)
    for _ in range(500):
        letter(rng)
    assert set(written) == {LETTERS[name] for name in LEARNED}
    written.clear()
    letter(rng, ("K",))
    assert written == [LETTERS["K"]]


def test_side_by_side_keeps_both_apart_and_alike_in_height():
    rng = np.random.default_rng(0)
    small = polyline([(0, 0), (0, 0.1)])
    large = polyline([(0, 0), (0.5, 0), (0.5, 3)])
    for _ in range(20):
        both = side_by_side(small, large, rng)
        left, right = both[:1], both[1:]
        assert left[..., 0].max() < right[..., 0].min()
        heights = np.ptp(left[..., 1]), np.ptp(right[..., 1])
        assert 0.6 < heights[0] / heights[1] < 1.6
        assert np.allclose(both.min(axis=(0, 1)), -both.max(axis=(0, 1)))
