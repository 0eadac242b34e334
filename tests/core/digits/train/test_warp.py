import numpy as np
import pytest

from core.digits import mnist
from core.digits.train.warp import smooth_weights, warp

STILL = {"affine": 0, "elastic": 0, "thickness": 0}


@pytest.fixture(scope="module")
def images():
    return mnist.load("test").images[:200]


def centres(pixels):
    places = np.arange(28)
    mass = pixels.sum(axis=(1, 2))
    return np.stack([pixels.sum(axis=axis) @ places / mass for axis in (1, 2)], axis=1)


def test_without_distortion_nothing_changes(images):
    same = warp(images, np.random.default_rng(0), **STILL)
    assert same.dtype == np.float32
    np.testing.assert_allclose(same, images / 255, atol=1e-5)


def test_the_seed_decides(images):
    same, again, other = (warp(images, np.random.default_rng(s)) for s in (1, 1, 2))
    assert np.array_equal(same, again)
    assert not np.array_equal(same, other)


def test_a_warped_digit_stays_a_picture_of_the_digit(images):
    warped = warp(images, np.random.default_rng(0))
    assert 0 <= warped.min() <= warped.max() <= 1
    pairs = zip(warped, images, strict=True)
    similar = [np.corrcoef(w.ravel(), i.ravel())[0, 1] for w, i in pairs]
    assert np.median(similar) > 0.55
    assert np.std(similar) > 0.05


def test_shifts_are_small(images):
    moved = warp(images, np.random.default_rng(0), affine=0.1, elastic=0, thickness=0)
    moves = centres(moved) - centres(images / 255)
    assert np.abs(moves.mean(axis=0)).max() < 0.3
    assert 0.4 < moves.std() < 1.4


def test_the_elastic_part_bends(images):
    bent = warp(images, np.random.default_rng(0), affine=0, elastic=1.0, thickness=0)
    assert (np.abs(bent - images / 255).mean(axis=(1, 2)) > 0.005).mean() > 0.95


@pytest.mark.parametrize("seed", range(5))
def test_thickness_widens_or_thins(seed, images):
    changed = warp(images, np.random.default_rng(seed), affine=0, elastic=0, thickness=0.3)
    ink = changed.sum(axis=(1, 2)) / (images / 255).sum(axis=(1, 2))
    assert ink.min() > 0.3
    assert ink.max() < 2.5
    assert 0.3 < (ink > 1).mean() < 0.7


def test_each_pixel_gets_weights_that_sum_to_one():
    weights = smooth_weights()
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-6)
    assert weights.min() >= 0
    assert weights[0].argmax() == 0
    assert weights[-1].argmax() == weights.shape[1] - 1
