"""The network that reads digits, in PyTorch: blocks of convolution, if any, then dense layers."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from core.digits.network.shapes import (
    LAYER_SIZES,
    check_channels,
    check_layer_sizes,
    n_inputs,
)

ACTIVATIONS: dict[str, type[nn.Module]] = {
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,  # 0.01 x below 0
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
}


class Dropout(nn.Module):
    """While training, set each input to 0 with a probability, and scale up the others.

    Unlike torch's own, it draws from a generator that is handed to it before each update, and so a
    training that stopped can go on with the same draws.

    Parameters
    ----------
    probability : float
        From 0 to below 1.

    Examples
    --------
    >>> dropout = Dropout(0.5)
    >>> dropout.rng = np.random.default_rng(0)
    >>> dropout(torch.ones(6))
    tensor([2., 2., 2., 0., 0., 0.])
    """

    def __init__(self, probability: float) -> None:
        super().__init__()
        self.probability = probability
        self.rng = np.random.default_rng()

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        kept = self.rng.random(x.shape, np.float32) >= self.probability
        return x * torch.from_numpy(kept).to(x.device) / (1 - self.probability)


def make_network(
    layer_sizes: Sequence[int] = LAYER_SIZES,
    generator: torch.Generator | None = None,
    *,
    activation: str = "relu",
    dropout: float = 0.0,
    channels: Sequence[int] = (),
    kernel_size: int = 3,
) -> nn.Sequential:
    r"""Build the network: layers of neurons, with an activation between one and the next.

    Every weight and bias starts uniform on :math:`\pm 1/\sqrt{n_\text{in}}`, with the number of
    its neuron's inputs.

    Parameters
    ----------
    layer_sizes : sequence of int
        Numbers of inputs, of hidden neurons layer by layer, and of outputs; all at least 1.
    generator : torch.Generator, optional
        Draws the start; torch's own by default.
    activation : str
        A key of `ACTIVATIONS`.
    dropout : float
        The share of what a dense layer reads, pixels excepted, that training sets to 0 at random;
        from 0 to below 1.
    channels : sequence of int
        Of each block of a convolution and a pooling that halves each side. Where there are any, the
        first dense layer reads the last maps.
    kernel_size : int
        The side of the convolutions' kernels, odd.

    Returns
    -------
    nn.Sequential
        Takes images (n, 28, 28), gives raw scores (n, 10): no softmax, the loss has it. Its
        modules with weights have the numbers that `core.digits.network.shapes` says, whatever the
        activation and the dropout.

    Raises
    ------
    InputError
        If there are fewer than two sizes, or one is below 1; or if the convolutions are not
        allowed.

    Examples
    --------
    >>> network = make_network()
    >>> network(torch.zeros(2, 28, 28)).shape
    torch.Size([2, 10])
    >>> count_parameters(network)
    239410
    >>> count_parameters(make_network((784, 48, 10), channels=(16, 32)))
    80602
    """
    check_layer_sizes(layer_sizes)
    check_channels(channels, kernel_size)

    def dropped(module: nn.Module) -> nn.Module:
        return nn.Sequential(module, Dropout(dropout)) if dropout > 0 else module

    modules: list[nn.Module] = [nn.Flatten()]
    if channels:
        modules = [nn.Unflatten(1, (1, 28))]  # pictures of one channel
        for n_in, n_out in itertools.pairwise((1, *channels)):
            convolution = nn.Conv2d(n_in, n_out, kernel_size, padding=kernel_size // 2)
            modules += [convolution, ACTIVATIONS[activation](), nn.MaxPool2d(2)]
        modules.append(dropped(nn.Flatten()))
    sizes = (n_inputs(layer_sizes, channels), *layer_sizes[1:])
    for n_in, n_out in itertools.pairwise(sizes):
        modules += [nn.Linear(n_in, n_out), dropped(ACTIVATIONS[activation]())]
    network = nn.Sequential(*modules[:-1])  # the scores stay raw

    for module in network:
        if isinstance(module, nn.Conv2d | nn.Linear):
            bound = 1 / math.sqrt(module.weight[0].numel())
            nn.init.uniform_(module.weight, -bound, bound, generator=generator)
            assert module.bias is not None
            nn.init.uniform_(module.bias, -bound, bound, generator=generator)
    return network


def count_parameters(network: nn.Module) -> int:
    """Count the numbers that training changes: all weights and biases.

    Parameters
    ----------
    network : nn.Module

    Returns
    -------
    int

    Examples
    --------
    >>> count_parameters(make_network((2, 3, 1)))  # 2 · 3 + 3, then 3 · 1 + 1
    13
    """
    return sum(parameter.numel() for parameter in network.parameters())
