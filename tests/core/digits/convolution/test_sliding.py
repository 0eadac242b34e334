import numpy as np
import pytest
import torch
from torch.nn import functional

from core.digits import mnist
from core.digits.convolution.kernels import learned
from core.digits.convolution.sliding import convolve, pool, relu
from core.digits.network import files


@pytest.mark.parametrize("size", [(28, 28), (7, 10), (3, 3)])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_it_is_what_pytorch_computes(size: tuple[int, int], padding: int, stride: int) -> None:
    rng = np.random.default_rng(0)
    picture, kernel = rng.normal(size=size), rng.normal(size=(3, 3))
    ours = convolve(picture, kernel, 0.7, padding=padding, stride=stride)
    by_torch = functional.conv2d(
        torch.from_numpy(picture)[None, None],
        torch.from_numpy(kernel)[None, None],
        torch.tensor([0.7], dtype=torch.float64),
        padding=padding,
        stride=stride,
    )
    np.testing.assert_allclose(ours, by_torch[0, 0], atol=1e-12)


@pytest.mark.parametrize("size", [(28, 28), (13, 26), (3, 5)])
def test_pooling_is_what_pytorch_computes(size: tuple[int, int]) -> None:
    a = np.random.default_rng(1).normal(size=size)
    tensor = torch.from_numpy(a)[None]
    np.testing.assert_array_equal(pool(a), functional.max_pool2d(tensor, 2)[0])
    np.testing.assert_allclose(pool(a, "mean"), functional.avg_pool2d(tensor, 2)[0])


def test_a_layer_is_the_first_one_of_the_shipped_network() -> None:
    model = files.read_model(files.FOLDER / "cnn.safetensors")
    picture = mnist.load("test").pixels()[0]
    maps = [pool(relu(convolve(picture, one.kernel, one.bias))) for one in learned(model)]
    np.testing.assert_allclose(maps, model.layers(picture[None])[1][0], atol=1e-6)
