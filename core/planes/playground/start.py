"""Where a run of the Playground begins: drawn, or taken over from a network built otherwise."""

import math
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from core.planes.playground import network as net
from core.planes.playground.network import Floats, Initialisation, Network


class Drawn(Network, Protocol):
    """A configuration that says how the start is drawn, too."""

    @property
    def initialisation(self) -> Initialisation: ...


def draw_start(rng: np.random.Generator, network: Drawn) -> Floats:
    r"""Draw the parameters before the first update from `rng`.

    Of a layer with n inputs and m neurons, every number is uniform on ± a bound. *xavier*:
    :math:`\sqrt{6 / (n + m)}` for weights, 0 for biases. *he*: :math:`\sqrt{6 / n}` and 0.
    *uniform*: :math:`1 / \sqrt n` for both, as PyTorch has it. *zero*: 0.

    Returns
    -------
    ndarray of float, shape (n_params,)

    References
    ----------
    .. [1] X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
       neural networks", AISTATS 2010: *xavier*.
    .. [2] K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015: *he*.
    """
    params = rng.uniform(-1, 1, net.count_params(network))
    for weights, biases in net.layers_of(params, network):
        m, n = weights.shape
        bound = {
            "xavier": math.sqrt(6 / (n + m)),
            "he": math.sqrt(6 / n),
            "uniform": 1 / math.sqrt(n),
            "zero": 0.0,
        }[network.initialisation]
        weights *= bound
        biases *= bound if network.initialisation == "uniform" else 0.0
    return params + 0.0  # no −0


def carry(params: ArrayLike, before: Network, network: Network, drawn: Floats) -> Floats:
    """Take a network's parameters over into a network that may be built differently.

    Layer by layer from the inputs on, a neuron keeps its bias and its weights on what there was
    before. What is new: a neuron's own weights are drawn, while the next layer's weights on it,
    and all weights on a new input, begin at 0, so that the answer stays as it was. Where the number
    of hidden layers changes, those that both have are kept, and all behind them are drawn; so is
    the output layer where the loss or the number of classes changes.

    Parameters
    ----------
    params : array_like of float, shape (n_params of `before`,)
        What there is.
    before, network : Network
        The network as it was, and as it is to be.
    drawn : ndarray of float, shape (n_params of `network`,)
        A start of the new network.

    Returns
    -------
    ndarray of float, shape (n_params of `network`,)
    """
    result = drawn.copy()
    old, new = net.layers_of(params, before), net.layers_of(result, network)
    n_kept = min(len(before.hidden_sizes), len(network.hidden_sizes))
    if (
        len(old) == len(new)
        and before.loss == network.loss
        and old[-1].biases.size == (new[-1].biases.size)
    ):
        n_kept += 1
    for i in range(n_kept):
        m = min(old[i].biases.size, new[i].biases.size)
        if i == 0:
            sources = [
                (k, before.inputs.index(name))
                for k, name in enumerate(network.inputs)
                if name in before.inputs
            ]
        else:
            n = min(before.hidden_sizes[i - 1], network.hidden_sizes[i - 1])
            sources = [(k, k) for k in range(n)]
        new[i].weights[:m] = 0.0
        for k, source in sources:
            new[i].weights[:m, k] = old[i].weights[:m, source]
        new[i].biases[:m] = old[i].biases[:m]
    return result
