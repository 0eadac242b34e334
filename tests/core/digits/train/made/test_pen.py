import numpy as np
import pytest

from core.digits.train.made.pen import CANVAS, draw, join, place, polyline, scatter, spline


def test_a_spline_goes_through_its_control_points():
    points = np.array([(0, 0), (10, 5), (3, 30), (20, 20)], float)
    ends = spline(points).reshape(-1, 2)
    for point in points:
        assert np.abs(ends - point).sum(axis=1).min() < 1e-9


def test_a_spline_is_one_stroke():
    segments = spline([(0, 0), (10, 5), (3, 30)])
    assert np.array_equal(segments[1:, 0], segments[:-1, 1])


def test_without_a_corner_the_slope_is_smooth_and_with_one_it_is_not():
    def sharpest(points):
        steps = np.diff(spline(points), axis=1)[:, 0]
        steps = steps[np.hypot(*steps.T) > 0.1]
        angles = np.unwrap(np.arctan2(*steps.T))
        return np.abs(np.diff(angles)).max()

    assert sharpest([(0, 0), (50, 0), (50, 50)]) < 0.6
    assert sharpest([(0, 0), (50, 0), (50, 0), (50, 50)]) > 1


def test_a_corner_adds_no_segments_of_its_own():
    assert len(spline([(0, 0), (9, 0), (9, 0), (9, 9)])) == len(spline([(0, 0), (9, 0), (9, 9)]))


@pytest.mark.parametrize("width", [2, 8, 20, 40])
def test_the_pen_is_round_and_as_wide_as_asked(width):
    dot = draw(spline([(140, 140)]), width) / 255
    assert dot.sum() == pytest.approx(np.pi * width**2 / 4, rel=0.05, abs=0.3)
    assert np.array_equal(dot, dot.T)
    assert np.array_equal(dot, dot[::-1, ::-1])


def test_a_line_covers_its_length_and_two_half_dots():
    line = draw(polyline([(60, 100), (160, 180)]), 20) / 255
    length = np.hypot(100, 80)
    assert line.sum() == pytest.approx(20 * length + np.pi * 100, rel=0.01)


def test_edges_are_smooth_and_the_middle_is_full():
    line = draw(polyline([(60, 100.3), (160, 100.3)]), 20)
    assert set(np.unique(line)) > {0, 255}
    assert (line[95:105, 60:160] == 255).all()


def test_crossing_strokes_do_not_add_up():
    cross = draw(join(polyline([(50, 50), (90, 90)]), polyline([(90, 50), (50, 90)])), 12)
    assert cross.dtype == np.uint8
    assert cross[70, 70] == 255


@pytest.mark.parametrize(("shift", "seen"), [(-1000, 0), (-145, 5), (0, 20), (142, 8), (1000, 0)])
def test_what_lies_outside_is_cut_off(shift, seen):
    line = draw(polyline([(140 + shift, 100), (140 + shift, 180)]), 20)
    assert line.shape == (CANVAS, CANVAS)
    assert np.sum(line[140] > 127) == seen


def test_scatter_is_random_but_mild():
    line = polyline([(0, -0.5), (0, 0), (0, 0.5)])
    rng = np.random.default_rng(0)
    many = np.array([scatter(line, rng, slant=0.2, turn=0.1, stretch=0.2) for _ in range(300)])
    across, along = np.moveaxis(many[:, -1, 1] - many[:, 0, 0], -1, 0)
    assert np.median(along) == pytest.approx(1, abs=0.05)
    assert 0.1 < across.std() < 0.35
    assert len(np.unique(along)) == 300


@pytest.mark.parametrize("height", [1, 50, 200, 900])
@pytest.mark.parametrize("width", [2, 20, 40])
def test_a_placed_drawing_is_inside_the_canvas(height, width):
    rng = np.random.default_rng(height)
    for _ in range(20):
        segments = rng.normal(size=(5, 2, 2))
        placed = place(segments, height, rng, width)
        assert placed.min() >= width / 2
        assert placed.max() <= CANVAS - width / 2
        assert np.ptp(placed, axis=(0, 1)).max() == pytest.approx(min(height, CANVAS - width - 2))
        canvas = draw(placed, width)
        assert not canvas[0].any()
        assert not canvas[:, -1].any()


def test_a_dot_can_be_placed():
    placed = place(np.zeros((1, 2, 2)), 100, np.random.default_rng(0), 20)
    assert np.ptp(placed, axis=1).max() == 0
    assert draw(placed, 20).any()
