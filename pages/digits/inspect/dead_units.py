"""Digits → Inspect: hidden units that are dead or saturated, layer by layer."""

import streamlit as st

from core.number import whole
from core.percent import percent
from pages.digits.inspect.inspected import Inspected
from pages.shared.i18n import _


def tell_saturation(seen: Inspected) -> None:
    """Show a table of the hidden layers."""
    st.header(_("Dead and saturated units"))
    if not seen.layers:
        st.markdown(
            _(
                "There are none: this network has no hidden layer. Its ten outputs are sums, which "
                "never saturate."
            )
        )
        return
    st.markdown(_what_is_saturated(seen.model.card.activation))
    if seen.model.card.is_convolutional:
        st.markdown(
            _(
                "In a convolution a unit is a channel, and its output counts by the mean of its "
                "map: with ReLU it is 0 where the whole map is 0."
            )
        )
    header = [_("Layer"), _("units"), _("dead"), _("saturated")]
    rows = [
        [
            name,
            whole(layer.active_share.size),
            whole(layer.n_dead),
            f"{percent(layer.saturated_share)} %",
        ]
        for name, layer in zip(layer_names(seen).values(), seen.layers, strict=True)
    ]
    lines = [header, ["---", *["---:"] * 3], *rows]
    st.markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))


def _what_is_saturated(activation: str) -> str:
    """Say what saturated and dead mean for units with an activation function."""
    if activation == "leaky_relu":
        return _(
            "A unit with leaky ReLU is **saturated** on an image where its sum is not above 0: it "
            "passes on a hundredth of it, and a hundredth of the gradient comes back. It is "
            "**dead** if that is so on all 10,000 images; with that hundredth it may still come "
            "back to life. The last column is the share of all outputs that are not above 0."
        )
    if activation == "tanh":
        return _(
            "A unit with tanh is **saturated** on an image where its output is near −1 or 1 "
            "(beyond ±0.975): the curve is flat there, and less than a twentieth of the gradient "
            "comes back. It is **dead** if all 10,000 images leave it at the same end: then it "
            "says the same about each. The last column is the share of all outputs that are "
            "saturated."
        )
    if activation == "sigmoid":
        return _(
            "A unit with a sigmoid is **saturated** on an image where its output is near 0 or 1 "
            "(within 0.013): the curve is flat there, and less than a twentieth of its steepest "
            "slope is left. It is **dead** if all 10,000 images leave it at the same end: then it "
            "says the same about each. The last column is the share of all outputs that are "
            "saturated."
        )
    return _(
        "A unit with ReLU is **saturated** on an image where it puts out 0: it passes nothing "
        "on, and no gradient comes back. It is **dead** if that is so on all 10,000 images. "
        "The last column is the share of all outputs that are 0."
    )


def layer_names(seen: Inspected) -> dict[str, str]:
    """What the hidden layers are called, by their numbers."""
    n_blocks = len(seen.model.card.channels)
    n_dense = len(seen.layers) - n_blocks
    names = [_("Convolution {number}").format(number=i + 1) for i in range(n_blocks)]
    names += [_("Hidden layer {number}").format(number=i + 1) for i in range(n_dense)]
    return {str(number): name for number, name in enumerate(names, start=1)}
