import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.inspect.projection import balanced_sample, principal_components
from core.messages import InputError


@given(st.integers(2, 40), st.integers(2, 8), st.integers(0, 10_000))
def test_it_is_the_singular_value_decomposition(n, d, seed):
    cloud = np.random.default_rng(seed).normal(size=(n, d)) * np.arange(1, d + 1)
    points, shares = principal_components(cloud)
    left, sizes, _ = np.linalg.svd(cloud - cloud.mean(axis=0), full_matrices=False)
    k = min(2, sizes.size)
    np.testing.assert_allclose(np.abs(points[:, :k]), np.abs(left * sizes)[:, :k], atol=1e-6)
    np.testing.assert_allclose(shares[:k], (sizes**2 / (sizes**2).sum())[:k], atol=1e-9)


def test_all_components_keep_all_distances():
    cloud = np.random.default_rng(0).normal(size=(20, 4))
    points, shares = principal_components(cloud, n_components=4)
    ours, theirs = (np.linalg.norm(p[:, None] - p, axis=2) for p in (points, cloud))
    np.testing.assert_allclose(ours, theirs, atol=1e-9)
    assert shares.sum() == pytest.approx(1)
    assert (np.diff(shares) <= 0).all()


def test_the_view_does_not_depend_on_the_signs_of_eigenvectors():
    cloud = np.random.default_rng(3).normal(size=(30, 5)) * [3, 1, 1, 1, 1]
    points = principal_components(cloud).points
    assert np.corrcoef(points[:, 0], cloud[:, 0])[0, 1] > 0.9


def test_coinciding_points_stay_together():
    points, shares = principal_components(np.ones((5, 3), np.float32))
    assert not points.any()
    assert shares.tolist() == [0, 0]


def test_no_point_or_too_many_components_get_a_sentence():
    with pytest.raises(InputError, match="at least one point"):
        principal_components(np.zeros((0, 3)))
    with pytest.raises(InputError, match="n_components must be from 1 to 3, not 4"):
        principal_components(np.zeros((2, 3)), 4)


def test_a_sample_has_the_first_of_each_label():
    labels = np.random.default_rng(0).integers(0, 10, 500)
    rows = balanced_sample(labels, 7)
    assert np.bincount(labels[rows]).tolist() == [7] * 10
    for digit in range(10):
        assert set(np.flatnonzero(labels == digit)[:7]) <= set(rows)
