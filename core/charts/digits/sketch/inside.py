"""What happens inside a network that reads a digit: every unit as a tile.

All tiles are marks of one view: so the chart is as wide as its place, and quickly drawn again after
each stroke.
"""

import functools
import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from core.charts.as_dict import as_dict
from core.charts.digits.sketch.cells import NO_PADDING
from core.charts.number_text import number_text
from core.charts.palette import colour, in_role
from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.messages import Translate

TILES, BLOCKS, PICKED = (alt.NamedData(name) for name in ("tiles", "blocks", "picked"))

PICK = "pick"
"""The selection: the ``layer`` and ``unit`` of the tile that was clicked."""

WIDTH, HEIGHT, GAP = 20.0, 10.0, 2.0
"""Of a layer's block of tiles, and the room between two, in units of the drawing."""

HEADING = 2.4
"""Room above a block for its name."""

TILE = 0.86
"""The share of its place that a tile fills."""

NARROWEST = 36.0
"""A drawing beside each other is at least so wide, in its own units: a single layer is no giant."""


LOWEST = 130
"""Pixels: in a lower drawing the names of the ten outputs would overlap."""


def specification(
    *, n_hidden: int = 3, stacked: bool = False, translate: Translate = str
) -> dict[str, Any]:
    """Lay out the tiles, without their data.

    Parameters
    ----------
    n_hidden : int, default=3
        How many hidden layers there are; the outputs of a network without any are `stacked`.
    stacked : bool, default=False
        One layer above the other, for a phone.
    """
    stacked = stacked or n_hidden == 0
    across, down = extent(n_hidden, stacked)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, across], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[down, 0], nice=False), axis=None)
    pick = alt.selection_point(name=PICK, fields=["layer", "unit"], clear=False, toggle=False)
    tiles = (
        alt.Chart(TILES)
        .transform_calculate(text=number_text("datum.activation"))
        .mark_rect(cornerRadius=1.5, cursor="pointer")
        .encode(
            x=x,
            y=y,
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            color=colour(legend=None),
            fillOpacity=alt.FillOpacity(
                "strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.14, 1]), legend=None
            ),
            tooltip=[
                alt.Tooltip("layer:Q", title=translate("layer")),
                alt.Tooltip("unit:Q", title=translate("unit")),
                alt.Tooltip("text:N", title=translate("activation")),
            ],
        )
        .add_params(pick)
    )
    picked = (
        alt.Chart(PICKED)
        .mark_rect(cornerRadius=2, filled=False, strokeWidth=2.5, tooltip=None)
        .encode(x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))
    )
    headings = alt.Chart(BLOCKS).mark_text(align="left", baseline="bottom", fontSize=12, dy=-4)
    headings = headings.encode(x=x, y=y, text=alt.Text("text:N"))
    digits = (
        alt.Chart(TILES)
        .transform_filter("datum.digit != ''")
        .transform_calculate(
            xm="(datum.x + datum.x2) / 2" if stacked else "datum.x2",
            ym="datum.y2" if stacked else "(datum.y + datum.y2) / 2",
        )
        .mark_text(
            align="center" if stacked else "left",
            baseline="top" if stacked else "middle",
            dx=0 if stacked else 4,
            dy=3 if stacked else 0,
            fontSize=12 if stacked else 11,
        )
        .encode(x=alt.X("xm:Q", axis=None), y=alt.Y("ym:Q", axis=None), text=alt.Text("digit:N"))
    )
    layers = [tiles, in_role(picked, "now"), in_role(headings, "ink"), in_role(digits, "ink")]
    return as_dict(
        alt.layer(*layers).properties(
            height=round(10.88 * down) if stacked else max(round(724 * down / across), LOWEST),
            padding=NO_PADDING,
            view=alt.ViewConfig(stroke=None),
        )
    )


def extent(n_hidden: int, stacked: bool) -> tuple[float, float]:
    """Return the width and height of the whole drawing, in its own units."""
    if stacked:
        return WIDTH, n_hidden * (HEADING + HEIGHT) + HEADING + 4.5
    return max(n_hidden * (WIDTH + GAP) + 3, NARROWEST), HEADING + HEIGHT


def n_columns(n_units: int) -> int:
    """Return how many tiles of a layer stand beside each other: two for each above the other.

    Examples
    --------
    >>> n_columns(200), n_columns(48)
    (20, 10)
    """
    return math.ceil(math.sqrt(2 * n_units))


def arranged(values: ArrayLike) -> np.ndarray[Any, Any]:
    """Return a layer's numbers as its tiles stand, row by row, NaN where no tile is.

    Examples
    --------
    >>> arranged([1, 2, 3])
    array([[1., 2., 3.]])
    >>> arranged(range(48)).shape
    (5, 10)
    """
    values = np.asarray(values, np.float64)
    columns = n_columns(values.size)
    rows = -(-values.size // columns)
    filled = np.full(rows * columns, np.nan)
    filled[: values.size] = values
    return filled.reshape(rows, columns)


def tables(
    hidden: Sequence[ArrayLike],
    scores: ArrayLike,
    probabilities: ArrayLike,
    picked: tuple[int, int],
    *,
    activation: str = "relu",
    stacked: bool = False,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the tiles.

    Parameters
    ----------
    hidden : sequence of array_like, each (n_units,)
        The activations of the hidden layers.
    scores, probabilities : array_like of float, shape (10,)
        The outputs, and what the answer makes of them.
    picked : tuple of int
        Layer and unit of the tile with a frame; layer 1 is the first hidden one, the last the
        outputs.
    activation : str, default="relu"
        What the hidden units do: one of `core.digits.network.activation`.
    stacked : bool, default=False
        As in `specification`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``tiles``, ``blocks`` and ``picked``. The tiles of activations above and below 0 differ in
        their role.
    """
    scores, probabilities = np.asarray(scores), np.asarray(probabilities)
    layers = [np.asarray(values, np.float32) for values in hidden]
    stacked = stacked or not layers
    outputs = np.where(np.arange(scores.size) == probabilities.argmax(), "model", "data")
    strength = [np.abs(v) / max(float(np.abs(v).max(initial=0)), 1e-12) for v in layers]
    signs = [np.select([v > 0, v < 0], ["model", "now"], "data") for v in layers]
    tiles = places(tuple(values.size for values in layers), stacked).assign(
        activation=np.concatenate([*layers, scores]).astype(np.float32),
        strength=np.concatenate([*strength, probabilities]).astype(np.float32),
        role=np.concatenate([*signs, outputs]),
    )
    middle = ACTIVATION_FUNCTIONS[activation].middle
    texts = [
        heading(activation, translate).format(
            layer=layer, n=int(np.sum(values > middle)), of=values.size
        )
        for layer, values in enumerate(layers, start=1)
    ]
    texts.append(translate("outputs") if stacked else translate("out"))
    corners = [_corner(layer, stacked) for layer in range(1, len(texts) + 1)]
    blocks = [(*corner, text) for corner, text in zip(corners, texts, strict=True)]
    layer, unit = picked
    frame = tiles[(tiles["layer"] == layer) & (tiles["unit"] == unit)]
    return {
        "tiles": tiles,
        "blocks": pd.DataFrame(blocks, columns=["x", "y", "text"]),
        "picked": frame[["x", "y", "x2", "y2"]].reset_index(drop=True),
    }


def heading(activation: str, translate: Translate = str) -> str:
    """Return the name of a layer's block, with places for its number and for the units counted.

    Examples
    --------
    >>> heading("sigmoid")
    'layer {layer}: {n} of {of} above ½'
    """
    if activation == "relu":
        return translate("layer {layer}: {n} of {of} active")
    if activation == "sigmoid":
        return translate("layer {layer}: {n} of {of} above ½")
    return translate("layer {layer}: {n} of {of} above 0")


@functools.lru_cache(maxsize=16)  # shapes of networks
def places(sizes: tuple[int, ...], stacked: bool) -> pd.DataFrame:
    """Return where each tile stands: of hidden layers of these sizes, and of ten outputs.

    Returns
    -------
    pandas.DataFrame
        layer, unit, the corners x, y, x2, y2 and, for the outputs, digit; not to be changed.

    Examples
    --------
    >>> places((200, 200, 200), stacked=False).iloc[[0, 20, 600], :4]
         layer  unit     x     y
    0        1     0   0.0   2.4
    20       1    20   0.0   3.4
    600      4     0  66.0   2.4
    """
    parts = []
    for layer, size in enumerate(sizes, start=1):
        left, top = _corner(layer, stacked)
        units, columns = np.arange(size), n_columns(size)
        side = WIDTH / columns  # all layers are equally wide
        x, y = left + side * (units % columns), top + side * (units // columns)
        parts.append(_rows(layer, x, y, TILE * side, TILE * side))
    left, top = _corner(len(sizes) + 1, stacked)
    digits = np.arange(10)
    if stacked:
        outputs = _rows(len(sizes) + 1, left + 2.0 * digits, top + 0.0 * digits, 2 * TILE, 1.8)
    else:
        outputs = _rows(len(sizes) + 1, left + 0.0 * digits, top + 1.0 * digits, TILE, TILE)
    parts.append(outputs.assign(digit=digits.astype(str)))
    return pd.concat(parts, ignore_index=True)


def _corner(layer: int, stacked: bool) -> tuple[float, float]:
    """The left and upper edge of a layer's block."""
    if stacked:
        return 0.0, HEADING + (layer - 1) * (HEADING + HEIGHT)
    return (layer - 1) * (WIDTH + GAP), HEADING


def _rows(
    layer: int,
    x: np.ndarray[Any, Any],
    y: np.ndarray[Any, Any],
    width: float,
    height: float,
) -> pd.DataFrame:
    corners = {"x": x, "y": y, "x2": x + width, "y2": y + height}
    return pd.DataFrame(
        {
            "layer": np.full(x.size, layer, np.int8),
            "unit": np.arange(x.size, dtype=np.int16),
            **{name: values.astype(np.float32) for name, values in corners.items()},
            "digit": "",
        }
    )
