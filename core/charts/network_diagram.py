"""A network drawn as circles and lines: a line's width is its weight's size, its colour the sign.

Where everything stands is part of the layout. The weights move with the step: each is a column of
the table ``frames``.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np

from core.charts.number_text import number_text
from core.charts.palette import colour, in_role
from core.charts.player import VIEW, Layers, from_view, now
from core.messages import Translate

NEURONS = ("second", "third", "loss", "best", "data", "ink", "now", "model")
"""The colour of each hidden neuron that is drawn; so many are drawn at most."""

POSITIVE, NEGATIVE = "model", "now"
"""The colours of weights above and below 0."""

THINNEST, WIDEST = 0.4, 7.0
"""Pixels."""

X = alt.X("x:Q", scale=alt.Scale(domain=[-0.12, 1.12]), axis=None)
Y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 1.06]), axis=None)


def diagram(sizes: Sequence[int], translate: Translate) -> Layers:
    """Return the panel of the network.

    It reads the columns `edge_names` of ``frames``, and of the table ``view`` the sizes of weights
    drawn thinnest and widest, ``size_low`` and ``size_high``.

    Parameters
    ----------
    sizes : sequence of int
        The number of circles in each layer, the input's and the output's included.
    translate : callable
        Gives each text in the reader's language.
    """
    columns = [1 - (np.arange(n) + 0.5) / n for n in sizes]
    layers = alt.layer(_edges(columns, translate), *_nodes(columns))
    return layers.properties(view=alt.ViewConfig(stroke=None))


def edge_name(above: int, neuron: int, source: int) -> str:
    """Return the column with the weight of `neuron` on `source`, so many layers below the output.

    Examples
    --------
    The output's weight on the first neuron below:

    >>> edge_name(0, 0, 0)
    'w0_1_1'
    """
    return f"w{above}_{neuron + 1}_{source + 1}"


def edge_names(sizes: Sequence[int]) -> list[str]:
    """Return the columns of all edges, layer by layer.

    Examples
    --------
    >>> edge_names((1, 2, 1))
    ['w1_1_1', 'w1_2_1', 'w0_1_1', 'w0_1_2']
    """
    last = len(sizes) - 1
    return [
        edge_name(last - layer, i, j)
        for layer in range(1, last + 1)
        for i in range(sizes[layer])
        for j in range(sizes[layer - 1])
    ]


def subscript(i: int) -> str:
    """Return a number as a subscript.

    Examples
    --------
    >>> subscript(12)
    '₁₂'
    """
    return str(i).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _edges(columns: Sequence[np.ndarray], translate: Translate) -> alt.Chart:
    last, sizes = len(columns) - 1, [column.size for column in columns]
    ends = [
        ((layer - 1) / last, start, layer / last, end)
        for layer, (starts, ends) in enumerate(pairwise(columns), start=1)
        for end in ends
        for start in starts
    ]
    names: list[Any] = [*edge_names(sizes)]
    place = {
        field: f"{json.dumps(np.round(values, 4).tolist())}[indexof({names}, datum.name)]"
        for field, values in zip(("x", "y", "x2", "y2"), zip(*ends, strict=True), strict=True)
    }
    width = from_view("size_low", "size_high", type="sqrt", range=[THINNEST, WIDEST], clamp=True)
    edges: alt.Chart = (
        now()
        .transform_fold(names, as_=["name", "weight"])
        .transform_calculate(
            **place,
            size="abs(datum.weight)",
            weight_text=number_text("datum.weight"),
            role=f"datum.weight < 0 ? '{NEGATIVE}' : '{POSITIVE}'",
        )
        .mark_rule(strokeCap="round")
        .encode(
            x=X,
            y=Y,
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            strokeWidth=alt.StrokeWidth("size:Q", scale=width, legend=None),
            color=colour(),
            tooltip=[alt.Tooltip("weight_text:N", title=translate("weight"))],
        )
    )
    return edges


def _nodes(columns: Sequence[np.ndarray]) -> list[alt.Chart]:
    """The circles, one layer of marks for each, and their names."""
    last = len(columns) - 1
    size = 420 if max(column.size for column in columns) <= 4 else 200
    marks = []
    for layer, heights in enumerate(columns):
        for i, y in enumerate(heights):
            place = alt.Chart(VIEW).transform_calculate(x=str(layer / last), y=str(y))
            role, label = _look(layer, i, last)
            marks.append(in_role(place.mark_circle(size=size, opacity=1).encode(x=X, y=Y), role))
            text = place.mark_text(fontSize=12, dy=-(size**0.5) / 2 - 8, text=label)
            if label:
                marks.append(in_role(text.encode(x=X, y=Y), "ink"))
    return marks


def _look(layer: int, i: int, last: int) -> tuple[str, str]:
    """A circle's colour and name."""
    if layer == 0:
        return "data", "x"
    if layer == last:
        return "model", "ŷ"
    return NEURONS[i], f"a{subscript(i + 1)}" if layer == last - 1 else ""
