import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planes import boundary as lesson
from core.planes.boundary.lowest import lowest_cross_entropy
from core.planes.boundary.separation import separation
from core.planes.points import Shape, two_classes

MIXED: list[tuple[Shape, float]] = [
    *(("blobs", 1.0), ("imbalanced", 1.0), ("slanted", 0.5)),
    *(("xor", 0.5), ("circle", 0.3)),
]


@pytest.mark.parametrize(("shape", "noise"), MIXED)
@pytest.mark.parametrize("stretch", [1.0, 0.01, 500.0])
def test_no_slope_is_left_and_no_point_around_is_lower(
    shape: Shape, noise: float, stretch: float
) -> None:
    points = two_classes(shape, noise=noise, stretch=stretch)
    assert not separation(*points).is_separable
    found = lowest_cross_entropy(*points)
    params = np.array(found[:3])
    assert found.loss == pytest.approx(lesson.loss(*points, *params), rel=1e-12)
    assert found.accuracy == lesson.accuracy(*points, *params)
    gradient = np.array(lesson.gradient(*points, *params)) / [1, stretch, 1]
    np.testing.assert_allclose(gradient, 0, atol=1e-8)
    for seed in range(20):
        step = np.random.default_rng(seed).normal(0, 0.05, 3) / [1, stretch, 1]
        assert lesson.loss(*points, *(params + step)) > found.loss


@given(st.integers(0, 1000), st.integers(8, 30))
@settings(max_examples=30)
def test_it_is_found_from_few_samples_too(seed: int, n: int) -> None:
    points = two_classes("slanted", n, noise=1.5, seed=seed)
    if separation(*points).is_separable:
        return
    found = lowest_cross_entropy(*points)
    assert np.isfinite(found).all()
    assert np.abs(lesson.gradient(*points, *found[:3])).max() < 1e-6


def test_equal_points_of_both_classes_are_answered_by_their_share() -> None:
    found = lowest_cross_entropy([[3, 3]] * 4, [0, 0, 0, 1])
    assert lesson.predict([[3, 3]], *found[:3]) == pytest.approx(0.25)
