"""How much room a chart will take, told before the browser has drawn it, so that nothing jumps."""

from collections.abc import Iterator
from math import ceil
from typing import Any

PADDING = 25
"""Pixels around the whole, above and below together."""

AXIS, BARE_AXIS = 44, 4
"""Pixels of an axis with numbers and title, and of one without."""

Y_AXIS = 52
"""Pixels of a y axis with numbers and title, or of what stands in its place."""

LEGEND, LEGEND_ROW = 44, 19
"""Pixels of a legend of one row, and of each further row."""


def height(specification: dict[str, Any]) -> float:
    """Return about how high a chart is in pixels, before the browser scales it.

    Parameters
    ----------
    specification : dict
        A Vega-Lite specification whose views have sizes, as `core.charts.player.compose` makes it.

    Examples
    --------
    >>> plot = {"height": 100, "encoding": {"x": {"field": "x"}}}
    >>> height({"vconcat": [plot, plot], "spacing": 8})
    321.0
    """
    return PADDING + _height(specification)


def width(view: dict[str, Any]) -> float:
    """Return about how wide a chart is in pixels, before the browser scales it."""
    if "hconcat" in view:
        between: float = view.get("spacing", 0) * (len(view["hconcat"]) - 1)
        return sum(map(width, view["hconcat"]), between)
    if "vconcat" in view:
        return max(map(width, view["vconcat"]))
    axes = [e["y"].get("axis") or {} for e in _encodings(view) if "y" in e]
    beside: float = max([Y_AXIS, *(axis.get("minExtent", 0) for axis in axes)])
    return beside + float(view["width"])


def _height(view: dict[str, Any]) -> float:
    if "hconcat" in view:
        return max(map(_height, view["hconcat"]))
    if "vconcat" in view:
        views = view["vconcat"]
        between: float = view.get("spacing", 0) * (len(views) - 1)
        return sum(map(_height, views), between)
    encodings = list(_encodings(view))
    axes = [e["x"].get("axis", {}) for e in encodings if "field" in e.get("x", {})]
    shown = [
        BARE_AXIS if axis.get("labels") is False else AXIS for axis in axes if axis is not None
    ]
    legends = [e["color"]["legend"] for e in encodings if (e.get("color") or {}).get("legend")]
    rows = [ceil(len(one["values"]) / one["columns"]) for one in legends]
    legend = LEGEND + LEGEND_ROW * (max(rows) - 1) if rows else 0
    return float(view["height"]) + legend + max(shown, default=0)


def _encodings(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "encoding" in view:
        yield view["encoding"]
    for layer in view.get("layer", []):
        yield from _encodings(layer)
