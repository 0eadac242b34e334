"""Digits → Inspect: what the network has learned, as pictures of its weights and as a map."""

import streamlit as st

from core.charts import digit_map
from core.charts.pixels import sheet
from pages.shared.chart import show_chart
from pages.shared.i18n import _
from pages.shared.inspected import Inspected


def show_first_layer(seen: Inspected) -> None:
    """Show the weights of each unit of the first layer as a picture."""
    st.subheader(_("What the first layer looks for"))
    weights = seen.model.weights["1.weight"]
    convolutional = seen.model.card.network == "convolutional"
    if convolutional:
        text = _(
            "Each tile is one channel of the first convolution: {n} kernels of 3×3 weights, which "
            "slide over the whole image. So they find small strokes and edges at any place."
        )
    else:
        text = _(
            "Each tile is one of the {n} units: its 784 weights, where the pixels lie that they "
            "multiply."
        )
    st.markdown(
        text.format(n=len(weights))
        + " "
        + _("Ink on :primary[**blue**] raises a unit's sum, ink on :red[**red**] lowers it.")
    )
    tiles = weights.reshape(len(weights), 3, 3) if convolutional else weights.reshape(-1, 28, 28)
    picture = sheet(tiles, n_columns=8, factor=24) if convolutional else sheet(tiles, n_columns=20)
    st.image(
        picture,
        width="content" if convolutional else "stretch",
        alt=_("The first layer's weights, a tile for each unit"),
    )
    st.caption(
        _("From unit 0 on, row by row. Full colour is the largest weight of the unit itself.")
    )


def show_map(seen: Inspected) -> None:
    """Show where the last hidden layer puts the test images."""
    st.subheader(_("A map of the digits"))
    st.markdown(
        _(
            "The last hidden layer says {n} numbers about an image. Here they are flattened to the "
            "two directions in which they vary most (principal components), which keep {share} % "
            "of their variance. Images that the network finds alike lie close together."
        ).format(n=seen.layers[-1].active_share.size, share=f"{100 * seen.map_shares.sum():.0f}")
    )
    show_chart(
        digit_map,
        seen.map_tables,
        alt=_("The test images as a cloud of digits, each digit in a region of its own"),
    )
    st.caption(
        _(
            "All 10,000 test images are dots; {n} of them are drawn as digits: point at one to see "
            "its image. Rings are misread. Click a digit in the legend to see it alone."
        ).format(n=len(seen.map_tables["sample"]))
    )
