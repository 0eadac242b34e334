"""The numbers that a network learns, layer by layer: dense and convolutional side by side."""

from typing import NamedTuple

from core.digits.network.model import Model
from core.digits.network.weights import layer_names


class Layer(NamedTuple):
    """One layer of a network, counted."""

    is_convolution: bool
    n_inputs: int
    """Of a unit: the weights that it has."""
    n_units: int
    """Or channels."""
    n_places: int
    """At so many places of the picture each weight is used; 1 in a dense layer."""

    @property
    def n_parameters(self) -> int:
        """All weights and biases."""
        return (self.n_inputs + 1) * self.n_units

    @property
    def n_products(self) -> int:
        """Multiplications for one picture."""
        return self.n_inputs * self.n_units * self.n_places


def layers(model: Model) -> list[Layer]:
    """Count each layer of a network.

    Parameters
    ----------
    model : Model

    Examples
    --------
    >>> from core.digits.network import files
    >>> first = {name: layers(files.read_model(files.FOLDER / f"{name}.safetensors"))[0]
    ...          for name in ("sketch", "cnn")}
    >>> first["sketch"].n_parameters, first["cnn"].n_parameters
    (157000, 160)
    >>> first["sketch"].n_products, first["cnn"].n_products
    (156800, 112896)
    """
    counted, side = [], 28
    for weight, _bias in layer_names(model.weights):
        shape = model.weights[weight].shape
        n_inputs = model.weights[weight][0].size
        is_convolution = len(shape) == 4
        counted.append(Layer(is_convolution, n_inputs, shape[0], side**2 if is_convolution else 1))
        if is_convolution:
            side //= 2  # pooling follows
    return counted
