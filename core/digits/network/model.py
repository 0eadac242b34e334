"""A trained network: its weights and its model card."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.digits.network.forward import (
    convolutional_layers,
    convolutional_logits,
    dense_layers,
    dense_logits,
)
from core.digits.network.shapes import in_words
from core.digits.network.weights import Weights

SHIFTS = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))
"""Pixels down and to the right: as it is, then a pixel to each side."""


@dataclass(frozen=True)
class Card:
    """A model card: what a network is, how it was trained and how well it reads."""

    name: str
    layer_sizes: tuple[int, ...]
    """784 pixels, the dense hidden layers, 10 scores."""
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
    least_probability: float = 0.0
    """Below it, the likeliest digit is not likely enough to be an answer."""
    least_evidence: float | None = None
    """The same for the highest raw score: below it, the drawing is unlike all that was learned."""
    averages_shifts: bool = False
    """Whether its scores are averaged over the image and its shifts: see `Model.scores`."""
    measured: dict[str, dict[str, object]] = field(default_factory=dict)
    """What the network reaches on other sets; ``python -m benchmarks.drawings`` writes it."""
    channels: tuple[int, ...] = ()
    """Of each block of convolution and pooling before the dense layers."""
    kernel_size: int = 3
    """The side of the convolutions' kernels."""

    @property
    def is_convolutional(self) -> bool:
        """Whether the first layers slide the same few weights over the picture."""
        return len(self.channels) > 0

    @property
    def n_hidden_layers(self) -> int:
        """How many layers lie between the pixels and the scores, a block counting as one."""
        return len(self.channels) + len(self.layer_sizes) - 2

    @property
    def network(self) -> str:
        """The network's layers as the field writes them: see `core.digits.network.shapes`."""
        return in_words(self.layer_sizes, self.channels, self.kernel_size)


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
        >>> from core.digits import mnist
        >>> from core.digits.network import files
        >>> image = mnist.load("train").images[:1].astype("float32") / 255
        >>> int(files.read_model(files.FOLDER / "article.safetensors").logits(image).argmax())
        5
        """
        if self.card.is_convolutional:
            return convolutional_logits(images, self.weights, self.card.activation)
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
        if self.card.is_convolutional:
            return convolutional_layers(images, self.weights, self.card.activation)
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
