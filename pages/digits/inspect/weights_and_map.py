"""Digits → Inspect: what the network has learned, as pictures of its weights and as a map."""

import streamlit as st

from core.charts.digits.inspect import digit_map
from core.charts.digits.pixels import sheet
from core.number import whole
from core.percent import percent
from pages.digits.inspect.inspected import Inspected
from pages.shared.charts.chart import show_chart
from pages.shared.i18n import _

N_TILES = 200
"""As many units of the first layer are shown at most."""


def show_first_layer(seen: Inspected) -> None:
    """Show the weights of each unit of the first layer as a picture."""
    weights = seen.model.weights["1.weight"]
    convolutional = seen.model.card.is_convolutional
    if not seen.layers:
        st.header(_("What each output looks for"))
        text = _(
            "Without a hidden layer, each of the {n} tiles is a digit's output: its 784 weights, "
            "where the pixels lie that they multiply."
        )
    else:
        st.header(_("What the first layer looks for"))
        text = _of_the_first_layer(convolutional, len(weights))
    st.markdown(
        text.format(n=whole(len(weights)), side=seen.model.card.kernel_size)
        + " "
        + _("Ink on :primary[**blue**] raises a unit's sum, ink on :red[**red**] lowers it.")
    )
    shown = weights[:N_TILES]
    side = seen.model.card.kernel_size if convolutional else 28
    tiles = shown.reshape(len(shown), side, side)
    n_columns = 8 if convolutional else min(20, 5 if len(shown) <= 10 else len(shown))
    st.image(
        sheet(tiles, n_columns, factor=72 // side if convolutional else 40 // n_columns),
        width="content" if convolutional or len(shown) < n_columns else "stretch",
        alt=_("The first layer's weights, a tile for each unit"),
    )
    caption = _("From unit 0 on, row by row. Full colour is the largest weight of the unit itself.")
    if len(shown) < len(weights):
        caption += " " + _("These are the first {n}.").format(n=N_TILES)
    st.caption(caption)


def _of_the_first_layer(convolutional: bool, n_units: int) -> str:
    if convolutional:
        return _(
            "Each tile is one channel of the first convolution: {n} kernels of {side}×{side} "
            "weights, which slide over the whole image. So they find small strokes and edges at "
            "any place."
        )
    if n_units == 1:
        return _(
            "The tile is the only unit: its 784 weights, where the pixels lie that they multiply."
        )
    return _(
        "Each tile is one of the {n} units: its 784 weights, where the pixels lie that they "
        "multiply."
    )


def show_map(seen: Inspected) -> None:
    """Show where the last hidden layer puts the test images."""
    st.header(_("A map of the digits"))
    n_units = seen.layers[-1].active_share.size if seen.layers else 10
    if n_units == 1:
        st.markdown(
            _(
                "There is none: the last hidden layer is a single unit. It says one number about "
                "an image, and that is a point on a line."
            )
        )
        return
    if seen.map_tables is None:
        st.markdown(
            _(
                "There is none: what the last hidden layer says varies in one direction at most. "
                "All images lie on a line, or in one point."
            )
        )
        return
    text = (
        _(
            "The last hidden layer says {n} numbers about an image. Here they are flattened to the "
            "two directions in which they vary most (principal components), which keep {share} % "
            "of their variance. Images that the network finds alike lie close together."
        )
        if seen.layers
        else _(
            "This network has no hidden layer; so here are its {n} scores for an image. They are "
            "flattened to the two directions in which they vary most (principal components), "
            "which keep {share} % of their variance. Images that the network finds alike lie close "
            "together."
        )
    )
    if len(seen.layers) == len(seen.model.card.channels) > 0:
        text = _(
            "No layer of neurons follows the convolutions; so here are the means of the last {n} "
            "maps of an image. They are flattened to the two directions in which they vary most "
            "(principal components), which keep {share} % of their variance. Images that lie close "
            "together have about as much of what the kernels look for, wherever it stands."
        )
    st.markdown(text.format(n=whole(n_units), share=percent(seen.map_shares.sum())))
    sample = seen.map_tables["sample"]
    show_chart(
        digit_map.specification,
        seen.map_tables,
        key="chart_digit_map",
        alt=_("The test images as a cloud of digits, each digit in a colour of its own"),
        heard=_("Of the {n} images drawn as digits {wrong} are misread.").format(
            n=len(sample), wrong=int((sample["digit"] != sample["answer"]).sum())
        ),
    )
    st.caption(
        _(
            "All 10,000 test images are dots; {n} of them are drawn as digits: point at one to see "
            "its image. Rings are misread. Click a digit in the legend to see it alone."
        ).format(n=len(sample))
    )
