import dataclasses

import pytest
import torch

from core.digits import mnist
from core.digits.network.files import FOLDER, read_model
from core.digits.network.model import Model
from core.digits.train.torch_network import make_network


@pytest.fixture(scope="module")
def images():
    return mnist.load("test").pixels()[:40]


@pytest.fixture(scope="module")
def dense():
    return read_model(FOLDER / "sketch.safetensors")


@pytest.fixture(scope="module")
def network():
    return make_network((784, 48, 10), torch.Generator().manual_seed(1), channels=(16, 32))


@pytest.fixture(scope="module")
def convolutional(dense, network):
    card = dataclasses.replace(dense.card, name="c", layer_sizes=(784, 48, 10), channels=(16, 32))
    return Model({name: value.numpy() for name, value in network.state_dict().items()}, card)


@pytest.fixture(params=["dense", "convolutional"])
def model(request):
    return request.getfixturevalue(request.param)
