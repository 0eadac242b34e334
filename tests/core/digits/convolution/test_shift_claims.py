import numpy as np
import pytest
import torch
from torch import nn

from core.digits import mnist
from core.digits.convolution.shift import moved
from core.digits.train.torch_network import make_network

N_EPOCHS = 2


def trained_on_mnist(network: nn.Module) -> nn.Module:
    """Train a network on MNIST's images as they are."""
    digits = mnist.load("train")
    images = torch.from_numpy(digits.pixels())
    labels = torch.from_numpy(digits.labels.astype(np.int64))
    adam = torch.optim.Adam(network.parameters(), 0.001)
    rng = np.random.default_rng(0)
    for _epoch in range(N_EPOCHS):
        for batch in np.array_split(rng.permutation(len(labels)), len(labels) // 128):
            adam.zero_grad()
            nn.functional.cross_entropy(network(images[batch]), labels[batch]).backward()
            adam.step()
    return network


def share_read(network: nn.Module, right: int) -> float:
    """The share of 2,000 test images that it reads, moved by pixels to the right."""
    test = mnist.load("test")
    images = np.stack([moved(one, right) for one in test.pixels()[:2000]])
    with torch.inference_mode():
        answers = network(torch.from_numpy(images)).argmax(dim=1).numpy()
    return float((answers == test.labels[:2000]).mean())


@pytest.mark.proof
def test_trained_alike_the_convolutional_network_bears_a_shift_better() -> None:
    """What Convolution says of both kinds, trained on MNIST as it is."""
    torch.manual_seed(0)
    shares = {
        name: [share_read(trained_on_mnist(network), right) for right in (0, 2, 4)]
        for name, network in (
            ("dense", make_network(generator=torch.Generator().manual_seed(0))),
            (
                "convolutional",
                make_network((784, 48, 10), torch.Generator().manual_seed(0), channels=(16, 32)),
            ),
        )
    }
    for name, claimed in (("dense", [0.96, 0.77, 0.33]), ("convolutional", [0.98, 0.93, 0.57])):
        np.testing.assert_allclose(shares[name], claimed, atol=0.04)
