"""A trained network: its weights, its model card, and the forward pass.

The forward pass is written with numpy: this network is four small matrices, so reading a digit
needs no torch, and a server for a whole class stays small and starts fast.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Weights = Mapping[str, npt.NDArray[np.float32]]
"""Weights and biases by the names that torch gives them in `core.digits.net`."""


@dataclass(frozen=True)
class Card:
    """A model card: what a network is, how it was trained and how well it reads."""

    name: str
    layer_sizes: tuple[int, ...]
    activation: str
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
        x = images.reshape(len(images), self.card.layer_sizes[0])
        n_layers = len(self.card.layer_sizes) - 1
        for layer in range(n_layers):
            weight, bias = parameter_names(layer)
            x = x @ self.weights[weight].T + self.weights[bias]
            if layer < n_layers - 1:
                x = np.maximum(x, 0)  # ReLU
        return x


def parameter_names(layer: int) -> tuple[str, str]:
    """Give the names of a layer's weight and bias in the network of `core.digits.net`.

    There, module 0 flattens the image, and a linear module and a ReLU take turns after it.

    Examples
    --------
    >>> parameter_names(0), parameter_names(1)
    (('1.weight', '1.bias'), ('3.weight', '3.bias'))
    """
    return f"{2 * layer + 1}.weight", f"{2 * layer + 1}.bias"
