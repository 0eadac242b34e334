r"""One sample on its way through the network and back: every neuron's numbers.

Forward each neuron adds up and bends, :math:`z_j = \sum_k w_{jk} a_k + b_j` and
:math:`a_j = f(z_j)`; backward each gets its :math:`\delta_j = \partial L / \partial z_j`. Its bias
has this slope, and its weight on :math:`a_k` the slope :math:`\delta_j a_k`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.number import factor, number
from core.planes.playground import network as net
from core.planes.playground.lesson import Config, errors_of, gradient
from core.planes.playground.network import Floats

MOST_TERMS = 4
"""A sum is written with so many products at most."""


class LayerPass(NamedTuple):
    """What one layer did with a sample: each array is of shape (n_neurons,), but for the first."""

    inputs: Floats
    """What it was given, shape (n_inputs,)."""
    layer: net.Layer
    """Its weights and biases."""
    z: Floats
    a: Floats
    """Its outputs; of the last layer ŷ."""
    slope: Floats | None
    """f′(z), 0 where a neuron is silenced; None of the last layer."""
    delta: Floats
    """∂L/∂z."""


class SamplePass(NamedTuple):
    """What the whole network did with a sample."""

    layers: list[LayerPass]
    loss: float
    gradient: Floats
    """∂L of each weight and bias, for this sample alone, shape (n_params,)."""


def one_sample(x: ArrayLike, y: float, params: ArrayLike, config: Config) -> SamplePass:
    """Send one sample through the network and its error back, without dropout.

    Parameters
    ----------
    x : array_like of float, shape (2,)
        Both coordinates of the point.
    y : float
        Its class, or its number.
    params : array_like of float, shape (n_params,)
        The network.
    config : Config
        How it is built, and its loss.

    Examples
    --------
    One neuron, z = 1·1 + 2·1 − 3 = 0, so ŷ = ½ and δ = ½ − 1.

    >>> made = one_sample([1, 1], 1, [1, 2, -3], Config(hidden_sizes=()))
    >>> made.layers[0].z, made.layers[0].a, made.layers[0].delta, round(made.loss, 6)
    (array([0.]), array([0.5]), array([-0.5]), 0.693147)
    """
    xs, ys = np.asarray([x], dtype=np.float64), np.asarray([y], dtype=np.float64)
    sums, outputs = net.forward(xs, params, config)
    back = gradient(xs, ys, params, config)
    layers = net.layers_of(params, config)
    bends: list[Floats | None] = [
        net.slope(z[0], name) * mask
        for z, name, mask in zip(sums, net.activations(config), net.keep(config), strict=False)
    ]
    return SamplePass(
        [
            LayerPass(given[0], layer, z[0], a[0], slope, of_layer.biases)
            for given, layer, z, a, slope, of_layer in zip(
                outputs,
                layers,
                sums,
                outputs[1:],
                [*bends, None],
                net.layers_of(back, config),
                strict=False,
            )
        ],
        float(errors_of(sums[-1], ys, config.loss)[0]),
        back,
    )


def sum_text(inputs: Floats, weights: Floats, bias: float) -> str:
    """Write out what a neuron adds up; of many products only the first ones.

    Examples
    --------
    >>> sum_text(np.array([2.0, -1.0]), np.array([0.5, -0.25]), -1.0)
    '0.500·2.000 − 0.250·(−1.000) − 1.000'
    >>> sum_text(np.ones(9), np.ones(9), 0.0)
    '1.000·1.000 + 1.000·1.000 + 1.000·1.000 + … + 0'
    """
    n_shown = inputs.size if inputs.size <= MOST_TERMS else MOST_TERMS - 1
    products = [
        f"{_added(weight)}·{factor(value)}"
        for weight, value in zip(weights[:n_shown].tolist(), inputs[:n_shown].tolist(), strict=True)
    ]
    rest = ["+ …"] if n_shown < inputs.size else []
    text = " ".join([*products, *rest, _added(bias)])
    return "−" + text[2:] if text[0] == "−" else text[2:]


def _added(value: float) -> str:
    return f"− {number(-value)}" if value < 0 else f"+ {number(value)}"
