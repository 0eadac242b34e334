"""The strongest paths through the network to its answer."""

from collections.abc import Callable

import streamlit as st

from core.charts.digits.sketch import paths
from core.digits.network.activation import Floats
from core.digits.network.model import Model
from core.digits.sketch.inside import incoming_weights, strongest_paths
from core.number import number
from pages.shared.charts.chart import show_chart
from pages.shared.i18n import _, translator


def show_paths(
    model: Model,
    layers: list[Floats],
    winner: int,
    *,
    key: str,
    on_select: Callable[[], None],
) -> None:
    """Show the strongest paths to the winner, and say what share of its score they are.

    Parameters
    ----------
    model : Model
    layers : list of ndarray
        As `core.digits.sketch.inside.activations` gives them.
    winner : int
        The digit that was read.
    key : str
        Of the chart.
    on_select : callable
        Is called when a circle is clicked.
    """
    if model.card.is_convolutional:
        st.caption(
            _(
                "They are drawn for the networks of fully connected layers. In a convolutional "
                "one every channel meets every place of the picture, and no few paths stand out."
            )
        )
        return
    outputs = len(layers) - 1
    if outputs == 1:
        st.caption(
            _(
                "There are none: without a hidden layer, every pixel speaks for or against each "
                "digit by itself. *Why this digit?* shows how much."
            )
        )
        return
    n = 3 if outputs <= 4 else 2  # with more, the lines of four layers hide each other
    edges = strongest_paths(model, layers, winner, n)
    parts = incoming_weights(model, outputs, winner) * layers[-2]
    if not edges:
        st.caption(
            _("No unit speaks for {winner}: its score is what its bias leaves.").format(
                winner=winner
            )
        )
        return
    last = [edge for edge in edges if edge.layer == outputs]
    strongest = max(last, key=lambda edge: edge.contribution)
    show_chart(
        paths.specification,
        paths.tables(edges, layers, translate=translator()),
        key=key,
        alt=_("The strongest paths to the winner: units as circles, contributions as lines"),
        heard=_("The strongest line to {winner} is {contribution}, from unit {unit}.").format(
            winner=winner, contribution=number(strongest.contribution), unit=strongest.source
        ),
        on_select=on_select,
        n_layers=outputs,
    )
    sentences = [
        _(
            "A line is a contribution: activation × weight. Going back from {winner}, the {n} "
            "that raise each unit most are drawn. Into {winner} these bring {some} of all {all} "
            "that speaks for it; {against} speaks against it."
        ).format(
            n=n,
            winner=winner,
            some=number(sum(edge.contribution for edge in last)),
            all=number(parts[parts > 0].sum()),
            against=number(abs(parts[parts < 0].sum())),
        )
    ]
    if parts.size > 20:
        sentences.append(_("So the answer is the work of many units."))
    if any(edge.contribution < 0 for edge in edges):
        sentences.append(_("Red lines lead to units below 0, and are those that lower them most."))
    st.caption(" ".join(sentences))
