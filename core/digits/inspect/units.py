"""The hidden units of a trained network: when each is active, and what is lost without it.

A unit is saturated on an image where its activation function is nearly flat, so that hardly any
gradient comes back through it: with ReLU where its output is 0, with leaky ReLU where it is below 0
too, with tanh and sigmoid near either end. Elsewhere it is active. A unit that is saturated on
every image, and always at the same end, is dead: it says nearly the same about all of them.

In a convolution a unit is a channel: the same kernel at every place. It gives a map, which counts
by its mean; with ReLU that is above 0 where the map is above 0 anywhere.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.digits.network.evaluation import frozen
from core.digits.network.forward import AT_A_TIME, batches
from core.digits.network.model import Model
from core.digits.network.weights import layer_names
from core.messages import N_, require

Activations = npt.NDArray[np.float32]


def hidden_layers(model: Model, images: npt.NDArray[np.float32]) -> tuple[Activations, ...]:
    """Run a network and keep what its hidden units put out.

    Parameters
    ----------
    model : Model
    images : ndarray of float32
        (n, 28, 28), from 0 (paper) to 1 (ink); at least one.

    Returns
    -------
    tuple of ndarray
        For each hidden layer (n, n_units).

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "article.safetensors")
    >>> layers = hidden_layers(model, mnist.load("test").pixels()[:5])
    >>> [layer.shape for layer in layers]
    [(5, 200), (5, 200), (5, 200)]
    """
    if model.card.is_convolutional:  # its maps are large: some images at a time
        parts = [
            [map_means(layer) for layer in model.layers(images[some])[1:-1]]
            for some in batches(len(images), AT_A_TIME)
        ]
        return tuple(np.concatenate(layer) for layer in zip(*parts, strict=True))
    return tuple(model.layers(images)[1:-1])


def map_means(layer: Activations) -> Activations:
    """Give one number a unit: a channel's map (n, n_channels, h, w) counts by its mean."""
    return layer.mean(axis=(2, 3)) if layer.ndim == 4 else layer


@dataclass(frozen=True, eq=False)
class Activity:
    """When the units of one layer are active; the arrays are read-only."""

    active_share: npt.NDArray[np.float64]
    """(n_units,) the share of the images on which a unit is not saturated."""
    strongest: npt.NDArray[np.intp]
    """(n_units, k) the images on which a unit puts out most, the strongest first."""
    is_dead: npt.NDArray[np.bool_]
    """(n_units,) whether a unit is saturated on every image, always at the same end."""

    @property
    def n_dead(self) -> int:
        """How many units are dead."""
        return int(self.is_dead.sum())

    @property
    def saturated_share(self) -> float:
        """The share of all outputs, of every unit on every image, at which it is saturated."""
        return float(1 - self.active_share.mean())


def activity(layer: Activations, activation: str = "relu", k: int = 8) -> Activity:
    """Sum up when the units of a layer are active.

    Parameters
    ----------
    layer : ndarray
        (n, n_units) of `hidden_layers`.
    activation : str
        What made them: one of `core.digits.network.activation`.
    k : int
        How many of the strongest images to keep; no more than n are.

    Examples
    --------
    >>> layer = np.array([[0, 1, 0], [0, 3, 2]], np.float32)  # two images, three units
    >>> found = activity(layer)
    >>> found.active_share.tolist(), found.n_dead, found.saturated_share
    ([0.0, 1.0, 0.5], 1, 0.5)
    >>> found.strongest[1].tolist()
    [1, 0]

    A unit that jumps from one end of tanh to the other learns nothing more, but is not dead:

    >>> found = activity(np.array([[-1, 1], [1, 1]], np.float32), "tanh")
    >>> found.active_share.tolist(), found.is_dead.tolist()
    ([0.0, 0.0], [False, True])
    """
    kind = ACTIVATION_FUNCTIONS[activation]
    active = ~kind.is_saturated(layer)
    is_high = layer > kind.middle
    always_at_one_end = is_high.all(axis=0) | ~is_high.any(axis=0)
    return Activity(
        frozen(active.mean(axis=0)),
        frozen(np.stack([largest(outputs, k) for outputs in np.ascontiguousarray(layer.T)])),
        frozen(np.asarray(~active.any(axis=0) & always_at_one_end)),
    )


def largest(values: npt.NDArray[np.floating], k: int) -> npt.NDArray[np.intp]:
    """Return where the `k` largest values are, the largest first, and of equals the first one.

    Examples
    --------
    >>> largest(np.array([3, 9, 1, 9]), k=3).tolist()
    [1, 3, 0]
    """
    k = min(k, values.size)
    at_least = np.partition(values, values.size - k)[values.size - k]
    candidates = np.flatnonzero(values >= at_least)
    return candidates[np.argsort(-values[candidates], kind="stable")][:k]


def layer_widths(model: Model) -> tuple[int, ...]:
    """Return how many units each hidden layer has.

    Examples
    --------
    >>> from core.digits.network import files
    >>> layer_widths(files.read_model(files.FOLDER / "article.safetensors"))
    (200, 200, 200)
    """
    return tuple(model.weights[bias].size for _weight, bias in layer_names(model.weights)[:-1])


def silenced(model: Model, layer: int, units: Sequence[int]) -> Model:
    """Return the network without some of its units: nobody listens to them any more.

    Parameters
    ----------
    model : Model
    layer : int
        1 is the first hidden layer.
    units : sequence of int
        From 0.

    Returns
    -------
    Model
        As `model`, but all weights of what the units send out are 0.

    Raises
    ------
    InputError
        If there is no such layer or unit.

    Examples
    --------
    >>> from core.digits.network import files
    >>> model = files.read_model(files.FOLDER / "article.safetensors")
    >>> silenced(model, layer=3, units=[7]).weights["7.weight"][:, 7].any()
    np.False_
    """
    widths = layer_widths(model)
    require(len(widths) > 0, N_("This network has no hidden layer, and so no unit to silence."))
    check("layer", layer, 1, len(widths))
    name = layer_names(model.weights)[layer][0]  # the next layer's weights
    weights = model.weights[name].copy()
    # A convolution has a kernel for each channel, a dense layer after it a weight for each place.
    columns = weights.reshape(len(weights), widths[layer - 1], -1)  # a view of `weights`
    for unit in units:
        check("unit", unit, 0, widths[layer - 1] - 1)
        columns[:, unit] = 0
    return dataclasses.replace(model, weights={**model.weights, name: frozen(weights)})


def check(name: str, value: int, least: int, most: int) -> None:
    """Raise an InputError unless `value` is from `least` to `most`."""
    require(
        least <= value <= most,
        N_("{name} must be from {least} to {most}, not {value}."),
        name=name,
        least=least,
        most=most,
        value=value,
    )


def most_active(activity: Activity, first: int, n: int) -> list[int]:
    """Return `n` units: `first`, then those that are active on most images.

    Examples
    --------
    >>> layer = np.array([[0, 1, 0], [0, 3, 2]], np.float32)
    >>> most_active(activity(layer), first=2, n=2)
    [2, 1]
    """
    order = np.argsort(-activity.active_share, kind="stable").tolist()
    return [first, *(unit for unit in order if unit != first)][:n]
