import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planes.boundary.separation import fewest_cut, separation
from core.planes.points import Shape, two_classes

optimize = pytest.importorskip("scipy.optimize", reason="scikit-learn brings it")


def can_be_parted(x: np.ndarray, y: np.ndarray) -> bool:
    """By a linear program: are there w and b with (2y − 1)·(w·x + b) ≥ 1 for all?"""
    rows = -(2 * y - 1)[:, np.newaxis] * np.column_stack([x, np.ones(len(y))])
    found = optimize.linprog(np.zeros(3), rows, -np.ones(len(y)), bounds=(None, None))
    return found.status == 0


def fewest_by_trying(x: np.ndarray, y: np.ndarray) -> int:
    """The fewest samples whose class must be turned round before a line parts them."""
    for n_turned in range(len(y) + 1):
        for turned in itertools.combinations(range(len(y)), n_turned):
            other = y.copy()
            other[list(turned)] = 1 - other[list(turned)]
            if can_be_parted(x, other):
                return n_turned
    raise AssertionError("one class alone can be parted from nothing")


# A small grid: many points lie on one line, and some on each other.
places = st.tuples(st.integers(-2, 2), st.integers(-2, 2))


@given(st.lists(st.tuples(places, st.integers(0, 1)), min_size=1, max_size=7))
@settings(max_examples=60)
def test_it_is_what_trying_with_a_linear_program_finds(samples: list) -> None:
    x = np.array([place for place, _ in samples], float)
    y = np.array([label for _, label in samples], float)
    found = separation(x, y)
    assert found.n_mistakes == fewest_by_trying(x, y)
    assert found.is_separable == can_be_parted(x, y)
    assert found.n_frequent == max(y.sum(), (1 - y).sum())
    assert found.n_samples == len(y)
    assert found.best_accuracy == 1 - found.n_mistakes / len(y)


@pytest.mark.parametrize("shape", ["blobs", "imbalanced", "slanted", "xor", "circle"])
def test_of_the_pages_data_it_says_what_a_linear_program_says(shape: Shape) -> None:
    for noise, seed in itertools.product((0.1, 0.5, 0.7), range(4)):
        points = two_classes(shape, 40, noise=noise, seed=seed)
        assert separation(*points).is_separable == can_be_parted(*points)


def test_samples_on_one_line_are_cut_between_places_only() -> None:
    along = np.array([0.0, 1.0, 1.0, 2.0, 3.0])
    assert fewest_cut(along, np.array([False, False, False, True, True])) == 0
    assert fewest_cut(along, np.array([True, True, True, False, False])) == 0
    assert fewest_cut(along, np.array([False, False, True, True, True])) == 1
    assert fewest_cut(along, np.array([False, True, True, False, False])) == 1
    assert fewest_cut(along, np.array([True, False, False, True, False])) == 1
