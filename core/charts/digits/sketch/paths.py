"""The strongest paths to a winner: circles for units, lines for what they contribute."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.as_dict import as_dict
from core.charts.digits.sketch.cells import NO_PADDING
from core.charts.digits.sketch.inside import PICK
from core.charts.network_diagram import THINNEST, WIDEST
from core.charts.number_text import number_text, signed_text
from core.charts.palette import colour
from core.digits.sketch.inside import Edge
from core.messages import Translate

NODES, EDGES = alt.NamedData("nodes"), alt.NamedData("edges")


def specification(*, n_layers: int = 4, translate: Translate = str) -> dict[str, Any]:
    """Lay out the paths, without their data.

    Parameters
    ----------
    n_layers : int, default=4
        The hidden layers and the outputs; at least 2.
    """
    x = alt.X("x:Q", scale=alt.Scale(domain=[0.9, n_layers + 0.1], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[1, -0.07], nice=False), axis=None)
    width = alt.Scale(domain=[0, 1], range=[THINNEST, WIDEST], type="sqrt")
    edges = (
        alt.Chart(EDGES)
        .transform_calculate(text=signed_text("datum.contribution"))
        .mark_rule(strokeCap="round", opacity=0.6)
        .encode(
            x=x,
            y=y,
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            strokeWidth=alt.StrokeWidth("share:Q", scale=width, legend=None),
            color=colour(legend=None),
            tooltip=[
                alt.Tooltip("source:Q", title=translate("from unit")),
                alt.Tooltip("target:Q", title=translate("to unit")),
                alt.Tooltip("text:N", title=translate("contribution")),
            ],
        )
    )
    pick = alt.selection_point(name=PICK, fields=["layer", "unit"], clear=False, toggle=False)
    nodes = (
        alt.Chart(NODES)
        .transform_calculate(text=number_text("datum.activation"))
        .mark_circle(opacity=1, cursor="pointer")
        .encode(
            x=x,
            y=y,
            color=colour(legend=None),
            size=alt.Size("size:Q", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("layer:Q", title=translate("layer")),
                alt.Tooltip("unit:Q", title=translate("unit")),
                alt.Tooltip("text:N", title=translate("activation")),
            ],
        )
        .add_params(pick)
    )
    names = (
        alt.Chart(NODES)
        .transform_calculate(role="'ink'")
        .mark_text(fontSize=11, tooltip=None)
        .encode(x=x, y=y, text=alt.Text("name:N"), color=colour(legend=None))
    )
    digit = names.transform_filter(f"datum.layer == {n_layers}")
    digit = digit.mark_text(fontSize=17, fontWeight="bold", align="left", dx=14, tooltip=None)
    headings = (
        alt.Chart(NODES)
        .transform_aggregate(x="min(x)", groupby=["layer", "heading"])
        .transform_calculate(role="'ink'")
        .mark_text(fontSize=12, tooltip=None)
        .encode(x=x, y=alt.YDatum(-0.04), text=alt.Text("heading:N"), color=colour(legend=None))
    )
    first = names.transform_filter("datum.layer == 1").mark_text(
        fontSize=11, align="right", dx=-9, tooltip=None
    )
    between = names.transform_filter(f"1 < datum.layer && datum.layer < {n_layers}")
    between = between.mark_text(fontSize=11, dy=-13, tooltip=None)
    return as_dict(
        alt.layer(edges, nodes, first, between, digit, headings).properties(
            height=320, padding=NO_PADDING, view=alt.ViewConfig(stroke=None)
        )
    )


def tables(
    edges: Sequence[Edge],
    activations: Sequence[np.ndarray[Any, Any]],
    *,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of the paths.

    Parameters
    ----------
    edges : sequence of Edge
        As `core.digits.sketch.inside.strongest_paths` gives them, from the winner
        backwards; at least one.
    activations : sequence of ndarray
        What each layer gives, the picture's first.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``nodes`` and ``edges``; contributions above and below 0 differ in their role.
    """
    n_layers = len(activations) - 1
    places = _places(edges)
    largest = dict.fromkeys(range(1, n_layers + 1), 1e-12)
    for edge in edges:
        largest[edge.layer] = max(largest[edge.layer], abs(edge.contribution))
    nodes = [
        {
            "layer": layer,
            "unit": unit,
            "x": float(layer),
            "y": y,
            "activation": float(activations[layer][unit]),
            "name": str(unit),
            "size": 420.0 if layer == n_layers else 110.0,
            "role": "model" if layer == n_layers else "data",
            "heading": (
                translate("output")
                if layer == n_layers
                else translate("layer {layer}").format(layer=layer)
            ),
        }
        for (layer, unit), y in places.items()
    ]
    lines = [
        {
            "source": edge.source,
            "target": edge.target,
            "contribution": edge.contribution,
            "share": abs(edge.contribution) / largest[edge.layer],
            "x": float(edge.layer - 1),
            "y": places[edge.layer - 1, edge.source],
            "x2": float(edge.layer),
            "y2": places[edge.layer, edge.target],
            "role": "model" if edge.contribution > 0 else "now",
        }
        for edge in edges
    ]
    columns = ["source", "target", "contribution", "share", "x", "y", "x2", "y2", "role"]
    return {"nodes": pd.DataFrame(nodes), "edges": pd.DataFrame(lines, columns=columns)}


def _places(edges: Sequence[Edge]) -> dict[tuple[int, int], float]:
    """The height of each unit from 0 to 1: as high, on average, as those that it contributes to.

    So few lines cross.
    """
    places: dict[tuple[int, int], float] = {}
    places[edges[0].layer, edges[0].target] = 0.5
    for layer in range(edges[0].layer, 1, -1):
        here = [edge for edge in edges if edge.layer == layer]
        heights = {
            source: np.average(
                [places[layer, edge.target] for edge in here if edge.source == source],
                weights=[abs(edge.contribution) for edge in here if edge.source == source],
            )
            for source in dict.fromkeys(edge.source for edge in here)
        }
        ordered = sorted(heights, key=lambda source: (heights[source], source))
        for i, source in enumerate(ordered):
            places[layer - 1, source] = 0.05 + 0.93 * (i + 0.5) / len(ordered)
    return places
