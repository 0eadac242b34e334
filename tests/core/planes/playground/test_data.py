from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import InputError
from core.planes.playground.data import REACH, TASKS, Shape, make, split
from core.planes.points import two_classes

SHAPES = get_args(Shape)
every_shape = pytest.mark.parametrize("shape", SHAPES)


@every_shape
def test_without_noise_the_points_lie_within_reach_and_have_targets_of_their_task(shape) -> None:
    x, y = make(shape, 400, noise=0.0)
    assert np.abs(x).max() <= REACH
    assert np.abs(x).max() > 0.45 * REACH
    if TASKS[shape] == "a number":
        assert np.unique(y).size > 300
    else:
        n_classes = {"three": 3, "four": 4}.get(shape, 2)
        assert np.unique(y).tolist() == [*range(n_classes)]
        assert np.bincount(y.astype(int)).tolist() == pytest.approx(
            [400 / n_classes] * n_classes, 1
        )


@every_shape
@given(st.integers(1, 30), st.integers(0, 2**32))
def test_noise_moves_the_points_and_not_their_targets(shape, n: int, seed: int) -> None:
    still, moved = (make(shape, n, noise=noise, seed=seed) for noise in (0.0, 0.5))
    assert still.y.tolist() == moved.y.tolist()
    twice = make(shape, n, noise=1.0, seed=seed)
    np.testing.assert_allclose(twice.x - still.x, 2 * (moved.x - still.x), atol=1e-9)
    assert make(shape, n, noise=0.5, seed=seed).x.tolist() == moved.x.tolist()


def test_the_noise_is_the_standard_deviation_that_it_says() -> None:
    for shape in SHAPES:
        moves = make(shape, 5000, noise=0.3).x - make(shape, 5000, noise=0.0).x
        assert moves.std() == pytest.approx(0.3, rel=0.05), shape


def test_the_shapes_of_boundary_are_the_same_one_and_a_half_times_as_large() -> None:
    for shape in ("blobs", "circle", "xor"):
        here, there = make(shape, 50, noise=0.3), two_classes(shape, 50, noise=0.2)
        np.testing.assert_allclose(here.x, 1.5 * there.x, rtol=1e-12)
        assert here.y.tolist() == there.y.tolist()


def test_the_numbers_to_tell() -> None:
    x, y = make("plane", 50, noise=0.0)
    np.testing.assert_allclose(y, (x[:, 0] + x[:, 1]) / 6)
    x, y = make("bump", 50, noise=0.0)
    np.testing.assert_allclose(y, np.exp(-(x[:, 0] ** 2 + x[:, 1] ** 2) / 2))


@given(st.integers(1, 60), st.floats(0, 0.9), st.integers(0, 99))
def test_every_sample_is_to_learn_from_or_kept_apart(n: int, share: float, seed: int) -> None:
    points = make("spiral", n)
    train, test = split(*points, share, seed)
    n_test = 0 if test is None else test.y.size
    assert n_test == min(round(share * n), n - 1)
    both = [*train.x.tolist(), *([] if test is None else test.x.tolist())]
    assert sorted(both) == sorted(points.x.tolist())


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"shape": "star"}, "shape must be one of blobs, circle"),
        ({"n_samples": 0}, "n_samples must be a whole number from 1 to 20000, not 0"),
        ({"noise": -1}, "noise must be from 0 to 100, not -1"),
        ({"seed": -1}, "seed must be a whole number of at least 0"),
    ],
)
def test_bad_data_is_told(wish: dict, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        make(**wish)
    with pytest.raises(InputError, match=r"test_share must be from 0 to 0.9, not 1"):
        split(*make(), 1)
