"""The forward pass: from images through the layers to the ten scores.

It is written with numpy: these networks are a few small matrices, so reading a digit needs no
torch, and a server for a whole class stays small and starts fast.
"""

import math

import numpy as np
import numpy.typing as npt

from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.digits.network.weights import Weights, layer_names, parameter_names


def dense_layers(
    images: npt.NDArray[np.float32], weights: Weights, activation: str = "relu"
) -> list[npt.NDArray[np.float32]]:
    """Run a dense network on images (n, 28, 28) and keep what every layer gives, (n, n_units)."""
    bend = ACTIVATION_FUNCTIONS[activation].function
    layers = [images.reshape(len(images), 28 * 28)]
    n_layers = len(weights) // 2
    for layer in range(n_layers):
        weight, bias = parameter_names(layer)
        x = layers[-1] @ weights[weight].T + weights[bias]
        layers.append(bend(x) if layer < n_layers - 1 else x)  # the scores stay raw
    return layers


def convolutional_layers(
    images: npt.NDArray[np.float32], weights: Weights, activation: str = "relu"
) -> list[npt.NDArray[np.float32]]:
    """Run a convolutional network on images (n, 28, 28) and keep what every layer gives.

    Returns
    -------
    list of ndarray
        The pictures (n, 784), of each block its maps (n, n_channels, h, w), of each dense layer
        (n, n_units), the scores (n, 10) last.
    """
    bend = ACTIVATION_FUNCTIONS[activation].function
    layers = [images.reshape(len(images), 28 * 28)]
    x = images[:, :, :, None]
    *hidden, last = layer_names(weights)
    for weight, bias in hidden:
        if weights[weight].ndim == 4:
            x = bend(halve(convolve(x, weights[weight], weights[bias])))
            layers.append(x.transpose(0, 3, 1, 2))  # torch flattens channel by channel
        else:
            layers.append(bend(flat(layers[-1]) @ weights[weight].T + weights[bias]))
    weight, bias = last
    layers.append(flat(layers[-1]) @ weights[weight].T + weights[bias])
    return layers


def flat(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Give what a layer gave for n images as (n, n_numbers)."""
    return x.reshape(len(x), math.prod(x.shape[1:]))


AT_A_TIME, DENSE_AT_A_TIME = 32, 1000
"""Images that go through a convolutional and a dense network together."""


def dense_logits(
    images: npt.NDArray[np.float32], weights: Weights, activation: str = "relu"
) -> npt.NDArray[np.float32]:
    """Run a network of fully connected layers on images (n, 28, 28); (n, 10) raw scores."""
    scores = np.empty((len(images), 10), np.float32)
    for some in batches(len(images), DENSE_AT_A_TIME):
        scores[some] = dense_layers(images[some], weights, activation)[-1]
    return scores


def convolutional_logits(
    images: npt.NDArray[np.float32], weights: Weights, activation: str = "relu"
) -> npt.NDArray[np.float32]:
    """Run a convolutional network on images (n, 28, 28); (n, 10) raw scores."""
    scores = np.empty((len(images), 10), np.float32)
    for some in batches(len(images), AT_A_TIME):
        scores[some] = convolutional_layers(images[some], weights, activation)[-1]
    return scores


def batches(n: int, at_a_time: int) -> list[slice]:
    """Split n images into batches: what the layers compute should stay in the processor's cache.

    Examples
    --------
    >>> batches(5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 6, None)]
    """
    return [slice(start, start + at_a_time) for start in range(0, n, at_a_time)]


def convolve(
    x: npt.NDArray[np.float32],
    kernels: npt.NDArray[np.float32],
    bias: npt.NDArray[np.float32],
) -> npt.NDArray[np.float32]:
    """Convolve images with square kernels, zeros around the border.

    Parameters
    ----------
    x : ndarray
        (n, h, w, channels in).
    kernels : ndarray
        (channels out, channels in, k, k), of an odd side k.
    bias : ndarray
        (channels out,)

    Returns
    -------
    ndarray
        (n, h, w, channels out).

    Examples
    --------
    >>> identity = np.zeros((1, 1, 3, 3), np.float32)
    >>> identity[0, 0, 1, 1] = 1
    >>> x = np.arange(4, dtype=np.float32).reshape(1, 2, 2, 1)
    >>> convolve(x, identity, np.ones(1, np.float32)).ravel().tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    n, height, width, _channels = x.shape
    rows = patches(x, kernels.shape[-1])
    out = rows @ kernels.transpose(2, 3, 1, 0).reshape(rows.shape[1], -1) + bias
    return np.asarray(out.reshape(n, height, width, len(kernels)))


def patches(x: npt.NDArray[np.float32], side: int) -> npt.NDArray[np.float32]:
    """Give what lies under a kernel of so many rows and columns at each place of images.

    Parameters
    ----------
    x : ndarray
        (n, h, w, channels); zeros are put around.
    side : int
        Odd.

    Returns
    -------
    ndarray
        (n · h · w, side² · channels): a row for each place, in it the kernel's rows, its columns,
        then the channels.

    Examples
    --------
    >>> patches(np.ones((1, 2, 2, 1), np.float32), 3)[0].tolist()
    [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0]
    """
    n, height, width, channels = x.shape
    around = side // 2
    padded = np.pad(x, ((0, 0), (around, around), (around, around), (0, 0)))
    under = np.empty((n, height, width, side**2, channels), x.dtype)
    for place in range(side**2):  # some copies of the whole images are quicker than a copy a pixel
        down, right = divmod(place, side)
        under[:, :, :, place] = padded[:, down : down + height, right : right + width]
    return under.reshape(n * height * width, side**2 * channels)


def halve(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Keep the largest of each 2×2 pixels of images (n, h, w, channels).

    A last row or column that is left over is dropped.

    Examples
    --------
    >>> halve(np.arange(16, dtype=np.float32).reshape(1, 4, 4, 1)).ravel().tolist()
    [5.0, 7.0, 13.0, 15.0]
    """
    height, width = x.shape[1] // 2 * 2, x.shape[2] // 2 * 2
    rows = np.maximum(x[:, :height:2], x[:, 1:height:2])
    return np.asarray(np.maximum(rows[:, :, :width:2], rows[:, :, 1:width:2]))
