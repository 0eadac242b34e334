"""The parameters of a convolutional network beside those of a dense one."""

import streamlit as st

from core.digits.convolution.counted import Layer, layers
from core.digits.network.model import Model
from core.number import number, whole
from pages.shared.i18n import _


def show_counts(convolutional: Model, dense: Model) -> None:
    """Show both networks layer by layer, and what the difference costs and saves."""
    st.header(_("What is learned, and what is computed"))
    left, right = st.columns(2)
    counts = [layers(convolutional), layers(dense)]
    titles = [_("Convolutional"), _("Dense")]
    for column, title, counted in zip((left, right), titles, counts, strict=True):
        column.markdown(f"**{title}**\n\n{_table(counted)}")
    (first, *_others), _dense = counts
    learned, computed = (
        [sum(getattr(layer, name) for layer in counted) for counted in counts]
        for name in ("n_parameters", "n_products")
    )
    st.markdown(
        _(
            "Each kernel is used at all {places} places of the picture, so the first convolution "
            "learns only {few} numbers. A dense layer with as many outputs would learn {many}. "
            "Sharing weights saves numbers, not work: in all, the convolutional network has "
            "{share} times the numbers of the dense one, and {times} times the products for a "
            "picture."
        ).format(
            places=whole(first.n_places),
            few=whole(first.n_parameters),
            many=whole((28 * 28 + 1) * first.n_units * first.n_places),
            share=number(learned[0] / learned[1]),
            times=number(computed[0] / computed[1]),
        )
    )


def _table(counted: list[Layer]) -> str:
    header = (_("layer"), _("numbers learned"), _("products"))
    rows = [
        (
            _("convolution, {n} kernels").format(n=layer.n_units)
            if layer.is_convolution
            else _("dense, {n} → {units}").format(n=whole(layer.n_inputs), units=layer.n_units),
            whole(layer.n_parameters),
            whole(layer.n_products),
        )
        for layer in counted
    ]
    total = (
        _("in all"),
        whole(sum(layer.n_parameters for layer in counted)),
        whole(sum(layer.n_products for layer in counted)),
    )
    bold = tuple(f"**{cell}**" for cell in total)
    lines = [header, ("---", "---:", "---:"), *rows, bold]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
