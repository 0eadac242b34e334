"""What the network and each of its neurons give all over the plane, as shades of colours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.charts.planes.plane import Frame
from core.charts.planes.playground.film import Levels, levels, signed_levels
from core.planes.playground.network import Floats, Network, forward

AT_ONCE = 1000
"""So many places times 16 × 16 weights are a product that OpenBLAS leaves to one thread. To wake
the others takes longer than the work, on a busy machine five times as long."""

SQUASHED = ("sigmoid", "tanh")
"""Activations whose outputs lie between −1 and 1 by themselves."""


def grid(frame: Frame, shape: tuple[int, int], *, square: bool = False) -> Floats:
    """Return places spread evenly over the panel of the plane, the uppermost row first.

    Parameters
    ----------
    frame : Frame
        Where the panel lies.
    shape : tuple of int
        Rows and columns.
    square : bool, default=False
        Only the largest square in its middle.

    Returns
    -------
    ndarray of float, shape (n_rows · n_columns, 2)

    Examples
    --------
    >>> grid(Frame(0, 0, 200, 100, 50, 50), (1, 2)).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    width, height = frame.width, frame.height
    if square:
        width = height = min(width, height)
    rows, columns = shape
    across = (np.arange(columns) + 0.5) / columns - 0.5
    down = 0.5 - (np.arange(rows) + 0.5) / rows
    x1 = frame.x1 + across * width / frame.pixels_1
    x2 = frame.x2 + down * height / frame.pixels_2
    return np.column_stack([np.tile(x1, rows), np.repeat(x2, columns)])


def answer_maps(
    places: Floats, params: Floats, network: Network, *, discrete: bool, largest: float
) -> Levels:
    """Return the map of the network's answer in each frame, shape (n_frames, n_places).

    Parameters
    ----------
    places : ndarray of float, shape (n_places, 2)
        Of `grid`.
    params : ndarray of float, shape (n_frames, n_params)
    network : Network
        A configuration.
    discrete : bool
        The class alone, and not how sure the network is of it.
    largest : float
        Of a regression: the answer that has the strongest shade.
    """
    parts = np.array_split(places, -(-len(places) // AT_ONCE))
    answers = (
        np.concatenate([forward(part, row, network).outputs[-1] for part in parts])
        for row in params
    )
    return np.stack([_of_answer(one, network, discrete, largest) for one in answers])


def _of_answer(answers: Floats, network: Network, discrete: bool, largest: float) -> Levels:
    """The shades of ŷ, shape (n_places, n_outputs): of the likeliest class, or of a number."""
    if network.loss == "cross_entropy":
        n, which = network.n_classes, answers.argmax(axis=1)
        strength = (answers.max(axis=1) - 1 / n) * n / (n - 1)  # from a guess to certainty
    else:
        share = _share(answers[:, 0], network, largest)
        which, strength = (share > 0).astype(int), np.abs(share)
    return levels(np.ones(which.size) if discrete else strength, which)


def _share(answers: Floats, network: Network, largest: float) -> Floats:
    """ŷ from −1 to 1: of two classes from sure of one to sure of the other."""
    if network.loss == "binary_cross_entropy":
        return 2 * answers - 1
    return answers / largest


def neuron_maps(
    places: Floats, params: Floats, network: Network, names: Sequence[str], *, largest: float
) -> list[Levels]:
    """Return the maps of all neurons of each layer, the inputs first and the output last.

    Parameters
    ----------
    places : ndarray of float, shape (n_places, 2)
        Of `grid`, square.
    params : ndarray of float, shape (n_frames, n_params)
    network : Network
        A configuration.
    names : sequence of str
        The activation of each hidden layer.
    largest : float
        As in `answer_maps`.

    Returns
    -------
    list of ndarray of uint8, each of shape (n_frames, n_neurons, n_rows, n_rows)
        An output's shade is its size beside the largest of its layer in the whole run.
    """
    passes = [forward(places, row, network).outputs for row in params]
    layers = [np.stack([one[i] for one in passes]) for i in range(len(passes[0]))]
    inputs, *hidden, last = layers
    made = [signed_levels(inputs / np.maximum(np.abs(inputs).max(axis=(0, 1)), 1e-300))]
    for values, name in zip(hidden, names, strict=True):
        made.append(signed_levels(values / (1.0 if name in SQUASHED else _most(values))))
    if network.loss == "cross_entropy":
        made.append(levels(last, np.arange(last.shape[-1])))
    else:
        made.append(signed_levels(_share(last, network, largest)))
    n_rows = round(len(places) ** 0.5)
    return [np.moveaxis(one, -1, 1).reshape(len(params), -1, n_rows, n_rows) for one in made]


def _most(values: NDArray[np.float64]) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(max(finite.max(initial=0.0), 1e-300))
