"""A trained network: its weights, its model card, and the forward pass.

The forward pass is written with numpy: these networks are a few small matrices, so reading a digit
needs no torch, and a server for a whole class stays small and starts fast.
"""

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.digits.network.activation import ACTIVATION_FUNCTIONS

Weights = Mapping[str, npt.NDArray[np.float32]]
"""Weights and biases by the names that torch gives them in `core.digits.train.torch_network`."""


@dataclass(frozen=True)
class Card:
    """A model card: what a network is, how it was trained and how well it reads."""

    name: str
    layer_sizes: tuple[int, ...]
    activation: str
    """One of `core.digits.network.activation`."""
    n_parameters: int
    temperature: float
    """Softmax of the network's outputs over this temperature gives probabilities."""
    recipe: dict[str, object]
    seed: int
    epochs_done: int
    epoch_kept: int
    held_out: str
    """Which images chose the epoch and the temperature."""
    validation_accuracy: float
    test_accuracy: float
    test_accuracy_per_digit: tuple[float, ...]
    data_md5: dict[str, str]
    data_licence: str
    versions: dict[str, str]
    created: str
    """ISO 8601, UTC."""
    network: str = "dense"
    """"dense", or "convolutional": see `core.digits.train.torch_network`."""
    least_probability: float = 0.0
    """Below it, the likeliest digit is not likely enough to be an answer."""
    least_evidence: float | None = None
    """The same for the highest raw score: below it, the drawing is unlike all that was learned."""
    averages_shifts: bool = False
    """Whether its scores are averaged over the image and its shifts: see `Model.scores`."""
    measured: dict[str, dict[str, object]] = field(default_factory=dict)
    """What the network reaches on other sets; ``python -m benchmarks.drawings`` writes it."""


@dataclass(frozen=True)
class Model:
    """A trained network: its weights (read-only) and its card."""

    weights: Weights
    card: Card

    def logits(self, images: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Run the network.

        Parameters
        ----------
        images : ndarray of float32
            (n, 28, 28), from 0 (paper) to 1 (ink).

        Returns
        -------
        ndarray of float32
            (n, 10) raw scores.

        Examples
        --------
        >>> from core.digits import mnist, models
        >>> image = mnist.load("train").images[:1].astype("float32") / 255
        >>> int(models.read_model(models.FOLDER / "article.safetensors").logits(image).argmax())
        5
        """
        if self.card.network == "convolutional":
            return convolutional_logits(images, self.weights)
        return dense_logits(images, self.weights, self.card.activation)

    def layers(self, images: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
        """Run the network and keep what every layer gives.

        Parameters
        ----------
        images : ndarray of float32
            (n, 28, 28), from 0 (paper) to 1 (ink).

        Returns
        -------
        list of ndarray
            The pictures (n, 784), the hidden layers and the raw scores (n, 10). A dense layer gives
            (n, n_units), a convolution maps (n, n_channels, h, w).
        """
        if self.card.network == "convolutional":
            return convolutional_layers(images, self.weights)
        return dense_layers(images, self.weights, self.card.activation)

    @cached_property
    def identity(self) -> str:
        """Tells networks apart, whatever they are called: for the key of a cache."""
        digest = hashlib.sha256(repr(self.card).encode())
        for name in sorted(self.weights):
            digest.update(name.encode() + np.ascontiguousarray(self.weights[name]).data)
        return digest.hexdigest()

    def scores(self, images: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Run the network on each image as it is and shifted by a pixel, and average.

        Parameters
        ----------
        images : ndarray of float32
            (n, 28, 28), from 0 (paper) to 1 (ink); their border is empty.

        Returns
        -------
        ndarray of float32
            (n, 10) raw scores: of one view, or if the card says so, the mean of five.
        """
        shifts = SHIFTS if self.card.averages_shifts else SHIFTS[:1]
        views = [self.logits(np.roll(images, shift, axis=(1, 2))) for shift in shifts]
        return np.asarray(np.mean(views, axis=0), np.float32)


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
    images: npt.NDArray[np.float32], weights: Weights
) -> list[npt.NDArray[np.float32]]:
    """Run the convolutional network on images (n, 28, 28) and keep what every layer gives.

    Returns
    -------
    list of ndarray
        The pictures (n, 784), two layers of maps (n, n_channels, h, w), the hidden layer (n, 48)
        and the scores (n, 10).
    """
    layers = [images.reshape(len(images), 28 * 28)]
    x = images[:, :, :, None]
    for name in CONVOLUTIONS:
        x = convolve(x, weights[f"{name}.weight"], weights[f"{name}.bias"])
        x = np.maximum(halve(x), 0)
        layers.append(x.transpose(0, 3, 1, 2))  # torch flattens channel by channel
    flat = layers[-1].reshape(len(images), -1)
    layers.append(np.maximum(flat @ weights["8.weight"].T + weights["8.bias"], 0))
    layers.append(layers[-1] @ weights["10.weight"].T + weights["10.bias"])
    return layers


def dense_logits(
    images: npt.NDArray[np.float32], weights: Weights, activation: str = "relu"
) -> npt.NDArray[np.float32]:
    """Run a network of fully connected layers on images (n, 28, 28); (n, 10) raw scores."""
    scores = np.empty((len(images), 10), np.float32)
    for some in batches(len(images), DENSE_AT_A_TIME):
        scores[some] = dense_layers(images[some], weights, activation)[-1]
    return scores


def convolutional_logits(
    images: npt.NDArray[np.float32], weights: Weights
) -> npt.NDArray[np.float32]:
    """Run the convolutional network on images (n, 28, 28); (n, 10) raw scores."""
    scores = np.empty((len(images), 10), np.float32)
    for some in batches(len(images), AT_A_TIME):
        scores[some] = convolutional_layers(images[some], weights)[-1]
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
    """Convolve images with kernels of 3×3, zeros around the border.

    Parameters
    ----------
    x : ndarray
        (n, h, w, channels in).
    kernels : ndarray
        (channels out, channels in, 3, 3).
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
    n, height, width, channels = x.shape
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    patches = np.empty((n, height, width, 9, channels), x.dtype)
    for place in range(9):  # nine copies of the whole images are quicker than a copy a pixel
        down, right = divmod(place, 3)
        patches[:, :, :, place] = padded[:, down : down + height, right : right + width]
    rows = patches.reshape(n * height * width, -1)  # the kernel's rows, columns, then channels in
    out = rows @ kernels.transpose(2, 3, 1, 0).reshape(9 * channels, -1) + bias
    return np.asarray(out.reshape(n, height, width, -1))


def halve(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Keep the largest of each 2×2 pixels of images (n, h, w, channels).

    Examples
    --------
    >>> halve(np.arange(16, dtype=np.float32).reshape(1, 4, 4, 1)).ravel().tolist()
    [5.0, 7.0, 13.0, 15.0]
    """
    rows = np.maximum(x[:, ::2], x[:, 1::2])
    return np.asarray(np.maximum(rows[:, :, ::2], rows[:, :, 1::2]))


SHIFTS = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))
"""Pixels down and to the right: as it is, then a pixel to each side."""
CONVOLUTIONS = ("1", "4")
"""The convolutions' names in `core.digits.train.torch_network`."""
AT_A_TIME, DENSE_AT_A_TIME = 32, 1000
"""Images that go through a convolutional and a dense network together."""


def parameter_shapes(card: Card) -> dict[str, tuple[int, ...]]:
    """Give the shape of each of a network's weights and biases.

    Examples
    --------
    >>> from core.digits import models
    >>> card = models.read_model(models.FOLDER / "article.safetensors").card
    >>> parameter_shapes(card)["1.weight"]
    (200, 784)
    """
    if card.network == "convolutional":
        return dict(CONVOLUTIONAL_SHAPES)
    shapes: dict[str, tuple[int, ...]] = {}
    for layer, (n_inputs, n_outputs) in enumerate(itertools.pairwise(card.layer_sizes)):
        weight, bias = parameter_names(layer)
        shapes |= {weight: (n_outputs, n_inputs), bias: (n_outputs,)}
    return shapes


CONVOLUTIONAL_SHAPES: dict[str, tuple[int, ...]] = {
    "1.weight": (16, 1, 3, 3),
    "1.bias": (16,),
    "4.weight": (32, 16, 3, 3),
    "4.bias": (32,),
    "8.weight": (48, 32 * 7 * 7),
    "8.bias": (48,),
    "10.weight": (10, 48),
    "10.bias": (10,),
}


def parameter_names(layer: int) -> tuple[str, str]:
    """Give the names of a layer's weight and bias in `core.digits.train.torch_network`.

    There, module 0 flattens the image, and a linear module and an activation function take turns
    after it.

    Examples
    --------
    >>> parameter_names(0), parameter_names(1)
    (('1.weight', '1.bias'), ('3.weight', '3.bias'))
    """
    return f"{2 * layer + 1}.weight", f"{2 * layer + 1}.bias"
