import numpy as np
import torch

from core.digits import mnist
from core.digits.network.forward import convolutional_layers
from tests.core.digits.networks import as_torch, random_convolutional


def test_every_layer_is_torchs():
    model, images = random_convolutional(), mnist.load("test").pixels()[:40]
    network = as_torch(model)
    layers = convolutional_layers(images, model.weights)
    x, kept = torch.from_numpy(images), {}
    with torch.no_grad():
        for number, module in enumerate(network):
            x = kept[number] = module(x)
    for ours, number in zip(layers[1:], (3, 6, 9, 10), strict=True):
        np.testing.assert_allclose(ours, kept[number], atol=1e-5)
