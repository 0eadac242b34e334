"""What every neuron gives all over the plane, as small maps: one byte a square."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.history import History
from core.planes.playground import network as net
from core.planes.playground.network import Network

Bytes = NDArray[np.uint8]

ZERO, STEPS = 128, 127
"""The byte of a value of 0, and how many bytes away the largest is."""

FRAMES = 30
"""So many moments of a run the picture shows."""


@dataclass(frozen=True, eq=False)
class Maps:
    """Maps of one layer's neurons at several moments; a value is ``(byte − 128) / 127 · scale``."""

    values: Bytes
    """Shape (n_frames, n_neurons, n_rows, n_columns): the first row has the highest x₂."""
    scale: NDArray[np.float64]
    """Shape (n_frames, n_neurons): the largest size of a value in the map, at least 1e-12."""

    def decoded(self) -> NDArray[np.float64]:
        """Return the values, as exactly as the bytes have them."""
        scale = self.scale[:, :, np.newaxis, np.newaxis]
        return (self.values.astype(np.float64) - ZERO) / STEPS * scale


def frames(history: History, n_frames: int = FRAMES) -> NDArray[np.intp]:
    """Return the rows of a history that a picture shows: evenly, the first and the last always.

    Examples
    --------
    >>> frames(History(range(5), range(5), np.zeros((5, 1)), np.zeros(5), ("weight",)), 3)
    array([0, 2, 4])
    """
    n = min(n_frames, history.n_records)
    return np.unique(np.round(np.linspace(0, history.n_records - 1, n)).astype(np.intp))


def squares(low: float, high: float, n: int) -> NDArray[np.float64]:
    """Return the middles of n × n squares between `low` and `high`, shape (n, n, 2).

    Examples
    --------
    >>> squares(0, 2, 2)[0]  # the upper row
    array([[0.5, 1.5],
           [1.5, 1.5]])
    """
    middles = low + (np.arange(n) + 0.5) * (high - low) / n
    return np.stack(np.meshgrid(middles, middles[::-1]), axis=-1)


def input_maps(network: Network, low: float, high: float, n: int) -> Maps:
    """Return the map of each input; inputs do not learn, so there is one frame."""
    values = net.features(squares(low, high, n), network.inputs)
    return quantised(np.moveaxis(values, -1, 0)[np.newaxis])


def neuron_maps(params: ArrayLike, network: Network, low: float, high: float, n: int) -> list[Maps]:
    """Return the maps of the neurons of each layer, hidden ones and output.

    Parameters
    ----------
    params : array_like of float, shape (n_frames, n_params)
        A row for each moment, such as ``history.params[frames(history)]``.
    network : Network
        A configuration.
    low, high : float
        Where the maps begin and end, in both directions.
    n : int
        Squares in each direction.

    Returns
    -------
    list of Maps
        Of the output: probabilities, or numbers.
    """
    x = squares(low, high, n).reshape(-1, 2)
    moments = [net.forward(x, row, network).outputs[1:] for row in np.asarray(params)]
    return [
        quantised(np.stack([outputs.T.reshape(-1, n, n) for outputs in layer]))
        for layer in zip(*moments, strict=True)
    ]


def quantised(values: NDArray[np.float64]) -> Maps:
    """Write values of shape (n_frames, n_neurons, n_rows, n_columns) as bytes."""
    scale = np.maximum(np.abs(values).max(axis=(2, 3)), 1e-12)
    shares = values / scale[:, :, np.newaxis, np.newaxis]
    return Maps(np.round(ZERO + STEPS * shares).astype(np.uint8), scale)


def size_in_bytes(maps: Sequence[Maps]) -> int:
    """Return how many bytes the maps take."""
    return sum(one.values.nbytes + one.scale.nbytes for one in maps)
