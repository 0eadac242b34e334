import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.hyperparameters import LARGEST
from core.messages import InputError
from core.planes.points import REACH, Shape, as_points, two_classes

SHAPES: list[Shape] = ["blobs", "imbalanced", "slanted", "xor", "circle"]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_seed_moves_the_same_points_whatever_the_noise(shape: Shape) -> None:
    still, little, much = (two_classes(shape, noise=noise, seed=3) for noise in (0, 0.1, 1))
    np.testing.assert_allclose(much.x - still.x, 10 * (little.x - still.x), atol=1e-12)
    for points in (little, much):
        np.testing.assert_array_equal(points.y, still.y)
    assert np.array_equal(two_classes(shape, seed=3).x, two_classes(shape, seed=3).x)
    assert not np.array_equal(two_classes(shape, seed=4).x, two_classes(shape, seed=3).x)


def test_where_the_points_lie_before_they_are_moved() -> None:
    x, y = two_classes("blobs", noise=0, distance=5)
    assert np.linalg.norm(x[0] - x[1]) == pytest.approx(5)
    assert len(np.unique(x, axis=0)) == 2
    x, y = two_classes("xor", noise=0)
    np.testing.assert_array_equal(y, x[:, 0] * x[:, 1] < 0)
    assert np.unique(x, axis=0).tolist() == [[-1.5, -1.5], [-1.5, 1.5], [1.5, -1.5], [1.5, 1.5]]
    x, y = two_classes("circle", 500, noise=0)
    radius = np.hypot(*x.T)
    assert radius[y == 1].max() <= 0.9
    assert radius[y == 0].min() >= 1.4
    x, y = two_classes("slanted", 500, noise=0)
    assert np.abs(x).max() <= REACH
    np.testing.assert_array_equal(y, x[:, 1] > 0.5 - 0.7 * x[:, 0])


def test_the_classes_take_turns_and_an_imbalanced_one_has_a_tenth() -> None:
    for shape in ("blobs", "xor", "circle"):
        assert two_classes(shape, 60).y.tolist() == [0, 1] * 30
    assert two_classes("imbalanced", 60).y.tolist() == ([0] * 9 + [1]) * 6


def test_stretching_multiplies_x2_alone() -> None:
    plain, stretched = two_classes(), two_classes(stretch=20)
    np.testing.assert_array_equal(stretched.x[:, 0], plain.x[:, 0])
    np.testing.assert_allclose(stretched.x[:, 1], 20 * plain.x[:, 1])


@given(st.sampled_from(SHAPES), st.integers(1, 60), st.floats(0, 100), st.integers(0, 2**63))
def test_all_points_are_finite_read_only_and_of_two_classes(
    shape: Shape, n: int, noise: float, seed: int
) -> None:
    points = two_classes(shape, n, noise=noise, seed=seed)
    assert points.x.shape == (n, 2)
    assert np.isfinite(points.x).all()
    assert set(points.y) <= {0, 1}
    assert not points.x.flags.writeable
    assert not points.y.flags.writeable


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"shape": "spiral"}, r"shape must be one of blobs, .*, not spiral\."),
        ({"n_samples": 0}, "n_samples must be a whole number of at least 1, not 0."),
        ({"distance": -1}, "distance must be from 0 to 100, not -1."),
        ({"noise": float("nan")}, "noise must be from 0 to 100, not nan."),
        ({"stretch": 0}, "stretch must be from 0.001 to 1000, not 0."),
        ({"seed": -1}, "seed must be a whole number of at least 0, not -1."),
    ],
)
def test_bad_arguments_are_told_in_one_sentence(arguments: dict, sentence: str) -> None:
    with pytest.raises(InputError, match=f"^{sentence}$"):
        two_classes(**arguments)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([], []),
        ([1, 2], [0, 1]),
        ([[1, 2]], [0, 1]),
        ([[1, 2, 3]], [0]),
        ([[1, 2]], [[0]]),
        ([[1, np.nan]], [0]),
        ([[1, 2 * LARGEST]], [0]),
        ([[1, 2]], [np.inf]),
        ([["a", 2]], [0]),
        ([[1, 2], [3]], [0, 1]),
    ],
)
def test_bad_points_are_refused(x: object, y: object) -> None:
    with pytest.raises(InputError):
        as_points(x, y)  # type: ignore[arg-type]
