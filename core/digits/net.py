"""The network that reads digits: 784 pixels, three hidden layers of 200 neurons, ten scores."""

import itertools
import math
from collections.abc import Sequence

import torch
from torch import nn

from core.digits.recipe import LAYER_SIZES, check_layer_sizes


def make_network(
    layer_sizes: Sequence[int] = LAYER_SIZES, generator: torch.Generator | None = None
) -> nn.Sequential:
    r"""Build the network: layers of neurons, with ReLU between one layer and the next.

    Every weight and bias starts uniform on :math:`\pm 1/\sqrt{n}`, with n the inputs of its neuron.

    Parameters
    ----------
    layer_sizes : sequence of int
        Numbers of inputs, of hidden neurons layer by layer, and of outputs; all at least 1.
    generator : torch.Generator, optional
        Draws the start; torch's own by default.

    Returns
    -------
    nn.Sequential
        Takes images (n, 28, 28), gives raw scores (n, 10): no softmax, the loss has it.

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
        modules += [linear, nn.ReLU()]
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
