"""The network as a drawing: every neuron's own map, the weights between them, and the biases.

Where everything stands is part of the layout. The maps are a film; the weights, the biases and the
slopes move with the step: of each frame they are a text with a number for each.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from core.charts.network_diagram import THINNEST, WIDEST, subscript
from core.charts.number_text import number_text
from core.charts.palette import colour, in_role
from core.charts.planes.playground.film import CLASSES, shown_film
from core.charts.player import VIEW, Layers, from_view, now
from core.messages import Translate

Floats = NDArray[np.float64]

PIXEL = 2
"""So many pixels of the panel are one of the film."""

LARGEST, SMALLEST = 34, 8
"""The side of a neuron's map in pixels."""

HEAD = 18
"""Pixels above the maps, for the names of the columns."""

WIDE = 58
"""Pixels between two columns from which on their names have room."""

MANY = 400
"""Of more weights, only what is drawn is under the pointer: a line as thin as it is."""


@dataclass(frozen=True)
class Places:
    """Where the neurons of each layer stand in a panel.

    Parameters
    ----------
    sizes : tuple of int
        How many neurons each layer has, the inputs first and the output last.
    width, height : float
        Of the panel's plot, in pixels.
    """

    sizes: tuple[int, ...]
    width: float
    height: float

    @property
    def between(self) -> float:
        """Pixels from a column of neurons to the next."""
        return (self.width - LARGEST) / (len(self.sizes) - 1)

    @property
    def side(self) -> int:
        """Of a neuron's map, in pixels."""
        room = min((self.height - HEAD) / max(self.sizes) - 4, self.between / 2, LARGEST)
        return int(max(room, SMALLEST)) // (2 * PIXEL) * 2 * PIXEL

    def centres(self, layer: int) -> Floats:
        """Return the middle of each neuron's map in a layer, shape (n_neurons, 2), in pixels."""
        n = self.sizes[layer]
        pitch = min((self.height - HEAD) / n, 1.6 * LARGEST)
        middle = HEAD + (self.height - HEAD) / 2
        down = middle + (np.arange(n) - (n - 1) / 2) * pitch
        across = np.full(n, LARGEST / 2 + layer * self.between)
        return np.asarray(np.round(np.column_stack([across, down]) / PIXEL) * PIXEL)

    def all_centres(self) -> Floats:
        """Return the middles of all maps, layer by layer."""
        return np.concatenate([self.centres(layer) for layer in range(len(self.sizes))])

    def encoding(self) -> dict[str, Any]:
        """Return the channels x and y of marks with the fields x and y, in pixels."""
        across = alt.Scale(domain=[0, self.width], nice=False, zero=False)
        down = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        return {
            "x": alt.X("x:Q", scale=across, axis=None),
            "y": alt.Y("y:Q", scale=down, axis=None),
        }

    @property
    def film_shape(self) -> tuple[int, int]:
        """Rows and columns of the film."""
        return int(self.height) // PIXEL, int(self.width) // PIXEL


def weights_in(sizes: Sequence[int]) -> NDArray[np.bool_]:
    """Tell of each parameter whether it is a weight, and no bias.

    Examples
    --------
    >>> weights_in((2, 1)).tolist()
    [True, True, False]
    """
    parts = [np.repeat([True, False], [below * size, size]) for below, size in pairwise(sizes)]
    return np.concatenate(parts)


def lay_tiles(maps: Sequence[NDArray[np.uint8]], places: Places) -> NDArray[np.uint8]:
    """Return the frames of the drawing's film.

    Parameters
    ----------
    maps : sequence of ndarray of uint8, shape (n_frames, n_neurons, n_rows, n_rows)
        Each layer's maps, of `film.levels`; n_rows is ``places.side // PIXEL``.
    places : Places
    """
    n_frames, side = maps[0].shape[0], places.side // PIXEL
    frames = np.zeros((n_frames, *places.film_shape), np.uint8)
    for layer, of_layer in enumerate(maps):
        corners = (places.centres(layer) / PIXEL - side / 2).astype(int)
        for neuron, (left, top) in enumerate(corners.tolist()):
            frames[:, top : top + side, left : left + side] = of_layer[:, neuron]
    return frames


def drawing(
    places: Places,
    n_frames: int,
    input_names: Sequence[str],
    heads: Sequence[str],
    translate: Translate,
) -> Layers:
    """Return the panel of the network.

    It reads the columns ``weights``, ``biases``, ``weight_slopes`` and ``bias_slopes`` of
    ``frames``, the film ``network``, and of ``view`` ``size_low`` and ``size_high``.

    Parameters
    ----------
    places : Places
    n_frames : int
        Of the film.
    input_names : sequence of str
        Of the first layer's neurons.
    heads : sequence of str
        What stands above the column of each layer.
    translate : callable
        Gives each text in the reader's language.
    """
    names = neuron_names(places.sizes, input_names)
    tiles = shown_film("network", n_frames, places.film_shape[0], (places.width, places.height))
    layers = alt.layer(
        *_edges(places, names, translate),
        tiles,
        _borders(places),
        _biases(places, names, translate),
        *_texts(places, input_names, heads),
    )
    return layers.properties(view=alt.ViewConfig(stroke=None))


def neuron_names(sizes: Sequence[int], input_names: Sequence[str]) -> list[list[str]]:
    """Return what each layer's neurons are called: a² is an output of the second hidden layer.

    Examples
    --------
    >>> neuron_names((1, 2, 1), ["x₁"]), neuron_names((1, 1, 3, 1), ["x₁"])[2]
    ([['x₁'], ['a₁', 'a₂'], ['ŷ']], ['a₁ (2)', 'a₂ (2)', 'a₃ (2)'])
    """
    n_hidden = len(sizes) - 2
    names = [list(input_names)]
    for layer, size in enumerate(sizes[1:-1], start=1):
        where = f" ({layer})" if n_hidden > 1 else ""
        names.append([f"a{subscript(i + 1)}{where}" for i in range(size)])
    outputs = [f"ŷ{subscript(i + 1)}" for i in range(sizes[-1])]
    return [*names, outputs if len(outputs) > 1 else ["ŷ"]]


def _unfolded(texts: Sequence[str], values: Mapping[str, Sequence[Any]]) -> alt.Chart:
    """A row for each number in the texts of the current frame, with constant values beside it."""
    split = {name: f"split(datum.{name}, ' ')" for name in texts}
    constants = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    rows: alt.Chart = (
        now()
        .transform_calculate(**split, **constants)
        .transform_flatten([*split, *constants])
        .transform_calculate(**{name: f"toNumber(datum.{name})" for name in texts})
    )
    return rows


def _edges(places: Places, names: Sequence[Sequence[str]], translate: Translate) -> list[alt.Chart]:
    """The weights as lines, and what is under the pointer."""
    ends, labels = [], []
    half = places.side / 2
    for layer, (below, above) in enumerate(pairwise(places.sizes), start=1):
        starts, targets = places.centres(layer - 1), places.centres(layer)
        for j in range(above):
            for k in range(below):
                ends.append(
                    (starts[k, 0] + half, starts[k, 1], targets[j, 0] - half, targets[j, 1])
                )
                labels.append(f"{names[layer - 1][k]} → {names[layer][j]}")
    columns = dict(zip(("x", "y", "x2", "y2"), map(list, zip(*ends, strict=True)), strict=True))
    rows = _unfolded(["weights", "weight_slopes"], columns | {"label": labels})
    rows = rows.transform_calculate(
        size="abs(datum.weights)",
        role=f"datum.weights < 0 ? '{CLASSES[0]}' : '{CLASSES[1]}'",
        weight_text=number_text("datum.weights"),
        slope_text=number_text("datum.weight_slopes"),
    )
    place = places.encoding() | {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}
    most = widest(places.sizes)
    width = from_view("size_low", "size_high", type="sqrt", range=[THINNEST, most], clamp=True)
    drawn = rows.mark_rule(strokeCap="round").encode(
        **place, color=colour(), strokeWidth=alt.StrokeWidth("size:Q", scale=width, legend=None)
    )
    tooltip = [
        alt.Tooltip("label:N", title=translate("from → to")),
        alt.Tooltip("weight_text:N", title=translate("weight w")),
        alt.Tooltip("slope_text:N", title="∂L/∂w"),
    ]
    if len(ends) > MANY:
        return [drawn.encode(tooltip=tooltip)]
    pointed = rows.mark_rule(strokeWidth=10, strokeOpacity=0).encode(**place, tooltip=tooltip)
    return [drawn, pointed]


def widest(sizes: Sequence[int]) -> float:
    """Return how many pixels the largest weight is wide: fewer where there are many.

    Examples
    --------
    >>> widest((2, 4, 1)), widest((7, 16, 16, 1))
    (7.0, 1.75)
    """
    crowd = max(below * above for below, above in pairwise(sizes))
    return float(min(WIDEST, 4 * WIDEST / np.sqrt(crowd)))


def _borders(places: Places) -> alt.Chart:
    """A frame around every map."""
    half = places.side / 2
    across, down = places.all_centres().T
    corners = {
        "x": across - half,
        "y": down - half,
        "x2": across + half,
        "y2": down + half,
    }
    made = {name: json.dumps(values.tolist()) for name, values in corners.items()}
    rows = alt.Chart(VIEW).transform_calculate(**made).transform_flatten([*made])
    frames = rows.mark_rect(filled=False, strokeWidth=1).encode(
        **places.encoding(), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")
    )
    return in_role(frames, "data")


def _biases(places: Places, names: Sequence[Sequence[str]], translate: Translate) -> alt.Chart:
    """Each bias as a dot at its neuron's corner."""
    half = places.side / 2
    centres = np.concatenate([places.centres(i) for i in range(1, len(places.sizes))])
    rows = _unfolded(
        ["biases", "bias_slopes"],
        {
            "x": (centres[:, 0] - half).tolist(),
            "y": (centres[:, 1] + half).tolist(),
            "label": [name for layer in names[1:] for name in layer],
        },
    ).transform_calculate(
        size="abs(datum.biases)",
        role=f"datum.biases < 0 ? '{CLASSES[0]}' : '{CLASSES[1]}'",
        bias_text=number_text("datum.biases"),
        slope_text=number_text("datum.bias_slopes"),
    )
    room = from_view("size_low", "size_high", range=[12, 110], clamp=True)
    dots: alt.Chart = rows.mark_circle(opacity=1, stroke="white", strokeWidth=0.5).encode(
        **places.encoding(),
        color=colour(),
        size=alt.Size("size:Q", scale=room, legend=None),
        tooltip=[
            alt.Tooltip("label:N", title=translate("neuron")),
            alt.Tooltip("bias_text:N", title=translate("bias b")),
            alt.Tooltip("slope_text:N", title="∂L/∂b"),
        ],
    )
    return dots


def _texts(places: Places, input_names: Sequence[str], heads: Sequence[str]) -> list[alt.Chart]:
    """The names of the inputs, beside their maps, and those of the columns."""
    first = places.centres(0)
    written: list[tuple[float, float, str, Literal["right", "center"]]] = [
        (x - places.side / 2 - 5, y, name, "right")
        for (x, y), name in zip(first.tolist(), input_names, strict=True)
    ]
    if places.between >= WIDE:
        written += [
            (float(places.centres(layer)[0, 0]), HEAD / 2 - 3, head, "center")
            for layer, head in enumerate(heads)
        ]
    marks = []
    for x, y, text, align in written:
        mark = alt.Chart(VIEW).mark_text(text=text, align=align, baseline="middle", fontSize=12)
        marks.append(in_role(mark.encode(x=alt.XValue(x), y=alt.YValue(y)), "ink"))
    return marks


def param_labels(names: Sequence[Sequence[str]]) -> list[str]:
    """Return what each parameter is called, in the order in which they lie in a row.

    Examples
    --------
    >>> param_labels([["x₁", "x₂"], ["ŷ"]])
    ['w (x₁ → ŷ)', 'w (x₂ → ŷ)', 'b (ŷ)']
    """
    labels = []
    for below, above in pairwise(names):
        labels += [f"w ({source} → {target})" for target in above for source in below]
        labels += [f"b ({target})" for target in above]
    return labels


def texts(params: Floats, slopes: Floats, sizes: Sequence[int]) -> dict[str, list[str]]:
    """Return the columns of ``frames`` that the drawing reads.

    Parameters
    ----------
    params, slopes : ndarray of float, shape (n_frames, n_params)
    sizes : sequence of int
        How many neurons each layer has.

    Examples
    --------
    >>> texts(np.array([[0.5, -2.0, 1.0]]), np.zeros((1, 3)), (2, 1))
    {'weights': ['0.5 -2'], 'biases': ['1'], 'weight_slopes': ['0 0'], 'bias_slopes': ['0']}
    """
    is_weight = weights_in(sizes)
    digits = 3 if is_weight.size <= MANY else 2
    return {
        name: [as_text(row, n_digits) for row in values[:, which]]
        for name, values, which, n_digits in (
            ("weights", params, is_weight, 3),
            ("biases", params, ~is_weight, 3),
            ("weight_slopes", slopes, is_weight, digits),
            ("bias_slopes", slopes, ~is_weight, digits),
        )
    }


def as_text(values: Floats, digits: int = 3) -> str:
    """Return numbers as a text, to so many digits: no more are shown."""
    return " ".join([f"{value:.{digits}g}" for value in values.tolist()])
