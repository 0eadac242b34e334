"""The network that reads digits: 784 pixels, three hidden layers of 200 neurons, ten scores."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from core.digits.recipe import LAYER_SIZES, check_layer_sizes

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
        The share of hidden outputs that training sets to 0 at random; from 0 to below 1.

    Returns
    -------
    nn.Sequential
        Takes images (n, 28, 28), gives raw scores (n, 10): no softmax, the loss has it. Its linear
        modules are 1, 3, 5, …, whatever the activation and the dropout.

    Raises
    ------
    InputError
        If there are fewer than two sizes, or one is below 1.

    Examples
    --------
    >>> network = make_network()
    >>> network(torch.zeros(2, 28, 28)).shape
    torch.Size([2, 10])
    >>> count_parameters(network)
    239410
    """
    check_layer_sizes(layer_sizes)
    modules: list[nn.Module] = [nn.Flatten()]
    for n_inputs, n_outputs in itertools.pairwise(layer_sizes):
        linear = nn.Linear(n_inputs, n_outputs)
        bound = 1 / math.sqrt(n_inputs)
        nn.init.uniform_(linear.weight, -bound, bound, generator=generator)
        nn.init.uniform_(linear.bias, -bound, bound, generator=generator)
        between = ACTIVATIONS[activation]()
        modules += [linear, nn.Sequential(between, Dropout(dropout)) if dropout > 0 else between]
    return nn.Sequential(*modules[:-1])  # the scores stay raw


def make_convolutional_network(generator: torch.Generator | None = None) -> nn.Sequential:
    """Build a small convolutional network: two convolutions, each halved by pooling, two layers.

    Every weight and bias starts uniform, as in `make_network`.

    Parameters
    ----------
    generator : torch.Generator, optional
        Draws the start; torch's own by default.

    Returns
    -------
    nn.Sequential
        Takes images (n, 28, 28), gives raw scores (n, 10).

    Examples
    --------
    >>> network = make_convolutional_network()
    >>> network(torch.zeros(2, 28, 28)).shape
    torch.Size([2, 10])
    >>> count_parameters(network)
    80602
    """
    network = nn.Sequential(
        nn.Unflatten(1, (1, 28)),
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 48),
        nn.ReLU(),
        nn.Linear(48, 10),
    )
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
