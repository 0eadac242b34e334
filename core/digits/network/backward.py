r"""The way back: from how the loss changes with the scores to how it changes with each weight.

A layer's sums are :math:`z = w x + b`. If the loss changes with them by :math:`\delta`, then it
changes with the weights by :math:`\delta x`, with the biases by :math:`\delta`, and with what the
layer read by :math:`w \delta`, which the layer before multiplies by the slope of its activation.
In a convolution the same weights act at every place, so their gradients are added up over all
places; and pooling hands each slope to the largest of its four.
"""

import numpy as np

from core.digits.network.activation import ACTIVATION_FUNCTIONS, Floats
from core.digits.network.forward import convolve, flat, halve, patches
from core.digits.network.weights import Weights, layer_names


def backward(
    layers: list[Floats], weights: Weights, activation: str, d_z: Floats
) -> tuple[dict[str, Floats], Floats]:
    """Go back through a network's layers.

    Parameters
    ----------
    layers : list of ndarray
        What each layer gave, as `core.digits.network.model.Model.layers` returns it.
    weights : mapping
    activation : str
        A key of `core.digits.network.activation.ACTIVATION_FUNCTIONS`.
    d_z : ndarray
        (n, 10) how the loss changes with the scores of each of n images.

    Returns
    -------
    gradients : dict of str to ndarray
        How the loss changes with each weight and bias, by their names.
    d_z : ndarray
        How it changes with the sums of the first layer: (n, n_units), or (n, 28, 28, n_channels).

    Examples
    --------
    >>> picture = np.array([[0.5] * 784], np.float32)
    >>> weights = {"1.weight": np.ones((10, 784), np.float32), "1.bias": np.zeros(10, np.float32)}
    >>> d_z = np.eye(10, dtype=np.float32)[:1]
    >>> layers = [picture, picture @ weights["1.weight"].T]
    >>> gradients, first = backward(layers, weights, "relu", d_z)
    >>> gradients["1.weight"][:2, 0].tolist(), gradients["1.bias"][:2].tolist()
    ([0.5, 0.0], [1.0, 0.0])
    """
    slope = ACTIVATION_FUNCTIONS[activation].slope
    gradients: dict[str, Floats] = {}
    names = layer_names(weights)
    for layer in reversed(range(len(names))):
        weight, bias = names[layer]
        w, x = weights[weight], layers[layer]
        if w.ndim == 4:
            maps = as_maps(x)
            rows = patches(maps, w.shape[-1])
            z = rows @ w.transpose(2, 3, 1, 0).reshape(rows.shape[1], -1) + weights[bias]
            d_z = unpool(d_z, z.reshape(*maps.shape[:3], -1))
            by_place = d_z.reshape(-1, len(w))
            summed = (by_place.T @ rows).reshape(len(w), *w.shape[2:], w.shape[1])
            gradients[weight] = summed.transpose(0, 3, 1, 2)
            gradients[bias] = by_place.sum(axis=0)
        else:
            gradients[weight] = d_z.T @ flat(x)
            gradients[bias] = d_z.sum(axis=0)
        if layer > 0:
            d_z = passed_down(d_z, w)
            if x.ndim == 4:  # in images channels come last
                x = x.transpose(0, 2, 3, 1)
                if w.ndim == 2:
                    d_z = d_z.reshape(layers[layer].shape).transpose(0, 2, 3, 1)
            d_z = d_z * slope(x)
    return gradients, d_z


def passed_down(d_z: Floats, weight: Floats) -> Floats:
    """Give how the loss changes with what a layer read: a convolution turns its kernels around."""
    if weight.ndim == 2:
        return d_z @ weight
    turned = weight[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)  # from each channel out to each one in
    return convolve(d_z, turned, np.zeros(len(turned), np.float32))


def as_maps(x: Floats) -> Floats:
    """Give the images that a convolution reads: pictures (n, 784), or maps (n, channels, h, w)."""
    return x.reshape(len(x), 28, 28, 1) if x.ndim == 2 else x.transpose(0, 2, 3, 1)


def unpool(gradient: Floats, before: Floats) -> Floats:
    """Give each slope of a pooled map to the largest of the four values it was chosen from.

    Parameters
    ----------
    gradient : ndarray
        (n, h // 2, w // 2, channels).
    before : ndarray
        (n, h, w, channels), what was pooled; of equal values the first gets all.

    Returns
    -------
    ndarray
        (n, h, w, channels).

    Examples
    --------
    >>> before = np.array([[1, 4], [3, 2]], np.float32).reshape(1, 2, 2, 1)
    >>> unpool(np.full((1, 1, 1, 1), 5, np.float32), before)[0, :, :, 0].tolist()
    [[0.0, 5.0], [0.0, 0.0]]
    """
    given = np.zeros_like(before)
    height, width = 2 * gradient.shape[1], 2 * gradient.shape[2]
    largest, is_free = halve(before), np.ones(gradient.shape, bool)
    for down, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
        place = np.s_[:, down:height:2, right:width:2]
        is_it = is_free & (before[place] == largest)
        given[place] = is_it * gradient
        is_free &= ~is_it
    return given
