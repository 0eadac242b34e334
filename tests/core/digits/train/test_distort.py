import numpy as np
import pytest
import torch
from torch.nn.functional import affine_grid, grid_sample

from core.digits import mnist
from core.digits.train.distort import distort


@pytest.fixture(scope="module")
def images():
    return mnist.load("test").images[:300]


class Known:
    """A generator whose numbers are known."""

    def __init__(self, numbers):
        self.numbers = numbers

    def random(self, shape, dtype):
        assert (shape, dtype) == (self.numbers.shape, self.numbers.dtype)
        return self.numbers


@pytest.mark.parametrize("strength", [0, 0.1, 0.5])
def test_it_is_what_torch_calls_grid_sample(strength, images):
    numbers = np.random.default_rng(3).random((300, 2, 3), np.float32)
    maps = torch.eye(2, 3) + torch.from_numpy(numbers * 2 - 1) * strength
    grid = affine_grid(maps, [300, 1, 28, 28], align_corners=False)
    pixels = torch.from_numpy(images / np.float32(255))[:, None]
    expected = grid_sample(pixels, grid, align_corners=False, padding_mode="zeros")[:, 0]
    np.testing.assert_allclose(distort(images, strength, Known(numbers)), expected, atol=2e-5)


@pytest.mark.parametrize("corner", [0, 1])
def test_far_outside_is_paper(corner):
    ink = np.full((2, 28, 28), 255, np.uint8)
    numbers = np.full((2, 2, 3), 0.5, np.float32)  # no noise
    numbers[:, :, 2] = corner
    moved = distort(ink, 4, Known(numbers))  # a shift by two images
    assert not moved.any()


def test_it_is_mild_and_random():
    images = np.zeros((200, 28, 28), np.uint8)
    images[:, 10:18, 10:18] = 255
    moved = distort(images, 0.1, np.random.default_rng(0))
    assert moved.dtype == np.float32
    assert 0 <= moved.min() <= moved.max() <= 1
    assert (moved != images / 255).any(axis=(1, 2)).all()
    columns = (moved.sum(axis=1) @ np.arange(28)) / moved.sum(axis=(1, 2))
    assert columns.mean() == pytest.approx(13.5, abs=0.2)
    assert 0.5 < columns.std() < 1.5


def test_the_seed_decides(images):
    same, again, other = (distort(images, 0.1, np.random.default_rng(s)) for s in (1, 1, 2))
    assert np.array_equal(same, again)
    assert not np.array_equal(same, other)
