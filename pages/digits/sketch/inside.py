"""Inside the network: every unit's activation, one unit's weights, the strongest paths."""

from typing import Any

import numpy as np
import streamlit as st

from core.charts.digits.sketch import inside as tiles
from core.digits.network.activation import Floats
from core.digits.network.model import Card, Model
from core.digits.recognise import Recogniser, Recognition
from core.digits.sketch.inside import (
    activations,
    incoming_weights,
    unit_activations,
    weighted_sum,
)
from core.messages import N_
from core.number import signed
from pages.digits.sketch.paths import show_paths
from pages.digits.sketch.signed_numbers import show_cells
from pages.shared.charts.chart import picked, show_chart
from pages.shared.charts.room import room
from pages.shared.choice import choice
from pages.shared.control import number_field
from pages.shared.i18n import _, translator

LAYER, UNIT = "in_layer", "in_unit"
"""The keys of the controls that pick a unit."""

MAPS_IN_A_ROW = 8

TILES, PATHS = "chart_tiles", "chart_paths"
"""The keys of the charts whose tiles and circles pick a unit."""


def inside(recogniser: Recogniser, reading: Recognition) -> None:
    """Show what happens inside the network when it reads a picture."""
    model = recogniser.model
    layers = activations(model, reading.pixels)
    units = unit_activations(layers)
    n_hidden = len(layers) - 2
    stacked = room().stacked
    chart = st.container()
    left, right = st.columns([1, 1.2], gap="medium")
    with left:
        st.markdown("**" + _("One unit and its weights") + "**")
        layer, unit = _pick(units)
        _unit(model, layers, layer, unit)
    with chart:
        data = tiles.tables(
            units[1:-1],
            units[-1],
            reading.probabilities,
            (layer, unit),
            activation=model.card.activation,
            stacked=stacked,
            translate=translator(),
        )
        show_chart(
            tiles.specification,
            data,
            key=TILES,
            alt=_("The activations of the hidden layers and the ten outputs, as tiles"),
            heard=_of_layers(units),
            on_select=_pick_tile,
            n_hidden=n_hidden,
            stacked=stacked,
        )
        st.caption(_how_to_read(recogniser))
    with right:
        st.markdown("**" + _("The strongest paths") + "**")
        winner = int(reading.probabilities.argmax())
        show_paths(model, layers, winner, key=PATHS, on_select=_pick_circle)


def _of_layers(units: list[Floats]) -> str:
    """Say how many units are above 0 in each layer, for those who cannot see the tiles."""
    layers = [
        _("layer {layer}: {n} of {of}").format(layer=i, n=int((layer > 0).sum()), of=layer.size)
        for i, layer in enumerate(units[1:-1], start=1)
    ]
    told = _("Units above 0: {layers}.").format(layers=_("; ").join(layers)) if layers else ""
    highest = _("The highest output is that of {digit}.").format(digit=int(units[-1].argmax()))
    return f"{told} {highest}".strip()


def _how_to_read(recogniser: Recogniser) -> str:
    parts = [_what_tiles_are(recogniser), _what_colours_are(recogniser.card)]
    if recogniser.card.averages_shifts:
        parts.append(
            _("The answer averages five views of the picture; this is the first, as it is.")
        )
    return " ".join(parts)


def _what_tiles_are(recogniser: Recogniser) -> str:
    if recogniser.model.card.is_convolutional:
        return _(
            "In a convolution a tile is a channel: the same kernel all over the picture, at its "
            "strongest."
        )
    if recogniser.card.n_hidden_layers == 0:
        return _("This network has no hidden layer: each output weighs the pixels themselves.")
    return _("Each tile is a unit.")


def _what_colours_are(card: Card) -> str:
    if card.n_hidden_layers == 0:
        return _("The stronger the colour, the likelier the digit. Click one.")
    if card.activation in ("leaky_relu", "tanh"):
        return _(
            "Blue is above 0, red below; the stronger the colour, the farther from 0. Click one."
        )
    if card.activation == "sigmoid":
        return _("The stronger the colour, the larger the activation. Click one.")
    return _("The stronger the colour, the larger the activation; grey is silent. Click one.")


def _pick(units: list[Floats]) -> tuple[int, int]:
    """Show the controls that pick a unit; return its layer and its number."""
    outputs = len(units) - 1
    names = {str(layer): _("layer {layer}").format(layer=layer) for layer in range(1, outputs)}
    names[str(outputs)] = _("outputs")
    columns = st.columns(2)
    with columns[0]:
        layer = int(choice(_("Layer"), names, key=LAYER, help=_("Or click a tile.")))
    with columns[1]:
        unit = number_field(
            _("Unit"),
            UNIT,
            high=units[layer].size - 1,
            help=_("Its number in the layer, from 0, row by row."),
        )
    return layer, unit


def _pick_tile() -> None:
    _take(TILES)


def _pick_circle() -> None:
    _take(PATHS)


def _take(chart: str) -> None:
    """Set the controls to what was clicked."""
    if found := picked(chart, tiles.PICK, "layer", "unit"):
        layer, unit = found
        st.session_state[LAYER] = str(layer)
        st.session_state[UNIT] = unit


def _unit(model: Model, layers: list[Floats], layer: int, unit: int) -> None:
    """Show a unit's weights as a picture, and how it comes to its activation."""
    if layers[layer].ndim == 3:
        show_cells(layers[layer][unit], N_("activation"), "unit", _("Where the channel is active"))
        st.caption(
            _("Where channel {unit} of layer {layer} finds what its kernel looks for.").format(
                unit=unit, layer=layer
            )
        )
        return
    show_cells(
        _as_picture(incoming_weights(model, layer, unit), layer, layers[layer - 1]),
        N_("weight"),
        "unit",
        _("The unit's weights: blue above 0, red below 0"),
    )
    st.caption(_sentence(model, layers, layer, unit))


def _as_picture(weights: Floats, layer: int, inputs: Floats) -> np.ndarray[Any, Any]:
    """Arrange weights as what they weigh stands above: the picture, the tiles or the channels."""
    if layer == 1:
        return weights.reshape(28, 28)
    if inputs.ndim == 3:  # the maps beside each other, in rows of eight
        n_maps, height, width = inputs.shape
        n_rows, n_columns = -(-n_maps // MAPS_IN_A_ROW), min(n_maps, MAPS_IN_A_ROW)
        maps = np.full((n_rows * n_columns, height, width), np.nan, weights.dtype)
        maps[:n_maps] = weights.reshape(inputs.shape)
        maps = maps.reshape(n_rows, n_columns, height, width)
        return maps.transpose(0, 2, 1, 3).reshape(n_rows * height, n_columns * width)
    return tiles.arranged(weights)


def _sentence(model: Model, layers: list[Floats], layer: int, unit: int) -> str:
    """Say in numbers how a unit comes to its activation."""
    total = weighted_sum(model, layers, layer, unit)
    numbers = {
        "inputs": signed(total.inputs),
        "bias": signed(total.bias),
        "sum": signed(total.inputs + total.bias),
        "activation": signed(total.activation),
        "unit": unit,
        "layer": layer,
    }
    if layer == len(layers) - 1:
        text = _("Output {unit}: inputs × weights {inputs}, bias {bias}: the score is {sum}.")
    else:
        text = " ".join(
            [
                _(
                    "Unit {unit} of layer {layer}: inputs × weights {inputs}, bias {bias}, "
                    "together {sum}."
                ),
                _passed_on(model.card.activation, total.activation),
            ]
        )
    if layer == 1:
        picture = _("The picture: its weight for each pixel, blue above 0, red below 0.")
    elif layers[layer - 1].ndim == 3:
        picture = _("The picture: its weights for all maps before, side by side.")
    else:
        picture = _("The picture: its weight for each unit before, blue above 0, red below 0.")
    return text.format(**numbers) + " " + picture


def _passed_on(activation: str, output: float) -> str:
    """Say what an activation function makes of a unit's sum."""
    if activation == "tanh":
        return _("Tanh makes {activation} of it.")
    if activation == "sigmoid":
        return _("The sigmoid makes {activation} of it.")
    if output > 0:
        return _("That is above 0, so the unit passes it on.")
    if activation == "leaky_relu":
        return _("That is not above 0, so the unit passes on a hundredth of it.")
    return _("That is not above 0, so the unit is silent.")
