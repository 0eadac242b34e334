import numpy as np
import pytest
import torch
from torch import nn

from core.digits import mnist
from core.digits.network.forward import convolutional_layers
from tests.core.digits.networks import WITH_CONVOLUTIONS, as_torch, random_convolutional

LAST_OF_LAYERS = (nn.MaxPool2d, nn.ReLU, nn.LeakyReLU, nn.Tanh, nn.Sigmoid)


@pytest.mark.parametrize("changes", WITH_CONVOLUTIONS, ids=str)
def test_every_layer_is_torchs(changes):
    """Torch bends first and pools then; as each activation rises, that is the same."""
    model, images = random_convolutional(**changes), mnist.load("test").pixels()[:20]
    network = as_torch(model)
    layers = convolutional_layers(images, model.weights, model.card.activation)
    x, kept = torch.from_numpy(images), []
    with torch.no_grad():
        for module, after in zip(network, [*network[1:], None], strict=True):
            x = module(x)
            if after is None or (
                isinstance(module, LAST_OF_LAYERS) and not isinstance(after, nn.MaxPool2d)
            ):
                kept.append(x)
    assert len(layers) - 1 == model.card.n_hidden_layers + 1
    for ours, theirs in zip(layers[1:], kept, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)
