"""What the pages that descend a gradient share: their controls, and what is told beforehand."""

import math
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.numbers import number
from core.history import History
from core.lines.gradient_descent.rates import Band, Zone
from pages.shared.choice import choice
from pages.shared.i18n import _

COLOURS: dict[Zone, str] = {
    "creeping": "blue",
    "good": "green",
    "oscillating": "orange",
    "overshooting": "orange",
    "diverging": "red",
}


def descent_controls(
    prefix: str, *, batch_size: int, n_epochs: int, shuffle: bool, start_bias: bool = False
) -> tuple[dict[str, Any], DeltaGenerator]:
    """Show the controls of a descent in the sidebar.

    Parameters
    ----------
    prefix : str
        Of the controls' names in the link.
    batch_size, n_epochs, shuffle
        The lesson's own defaults.
    start_bias : bool, default=False
        The lesson has a bias as well.

    Returns
    -------
    tuple of dict and container
        The arguments of the lesson's ``Config``, and the place below the learning rate for
        `tell_beforehand`.
    """
    variants = {
        "sgd": _("SGD (batch size 1)"),
        "mini": _("mini-batch"),
        "full": _("full batch"),
    }
    with st.sidebar:
        st.header(_("Learning"))
        variant = choice(
            _("Variant of the descent"),
            variants,
            key=f"{prefix}_variant",
            default="sgd" if batch_size == 1 else "mini",
            help=_("How many samples one update averages over: one, a few, or all."),
        )
        size: int | None = {"sgd": 1, "mini": batch_size, "full": None}[variant]
        if variant == "mini":
            size = st.slider(
                _("Batch size B"),
                2,
                100,
                max(batch_size, 10),
                key=f"{prefix}_batch",
                bind="query-params",
                help=_("The last batch of an epoch may be smaller."),
            )
        learning_rate = st.slider(
            _("Learning rate η"),
            0.0,
            4.0,
            0.1,
            0.01,
            key=f"{prefix}_rate",
            bind="query-params",
            help=_("How far one step goes, as a multiple of the slope."),
        )
        below = st.container()
        epochs = st.slider(
            _("Epochs"),
            1,
            200,
            n_epochs,
            key=f"{prefix}_epochs",
            bind="query-params",
            help=_("How often the run passes over all samples."),
        )
        start_weight = st.slider(
            _("Start weight"),
            -3.0,
            3.0,
            0.1,
            0.1,
            key=f"{prefix}_start",
            bind="query-params",
            help=_("The weight before the first sample."),
        )
        biases = {}
        if start_bias:
            biases["start_bias"] = st.slider(
                _("Start bias"),
                -3.0,
                3.0,
                0.1,
                0.1,
                key=f"{prefix}_bias",
                bind="query-params",
                help=_("The bias before the first sample."),
            )
        shuffled = st.toggle(
            _("Shuffle"),
            value=shuffle,
            key=f"{prefix}_shuffle",
            bind="query-params",
            help=_("A new order of the samples in every epoch, instead of the data's own."),
        )
    arguments = {
        "batch_size": size,
        "learning_rate": learning_rate,
        "n_epochs": epochs,
        "start_weight": start_weight,
        "shuffle": shuffled,
        **biases,
    }
    return arguments, below


def tell_beforehand(bands: Sequence[Band], zone: Zone) -> None:
    """Say what the chosen learning rate will do, and what the others would, before the run."""
    names: dict[Zone, str] = {
        "creeping": _("creeping"),
        "good": _("good"),
        "oscillating": _("oscillating"),
        "overshooting": _("single samples overshoot"),
        "diverging": _("diverging"),
    }
    sentences: dict[Zone, str] = {
        "creeping": _("Too small: the run ends before it arrives."),
        "good": _("No step passes its minimum, and the start is forgotten."),
        "oscillating": _("Some steps pass their minimum, but each comes closer to it."),
        "overshooting": _("Some steps throw the weight farther off, others make up for it."),
        "diverging": _("The steps throw the weight farther and farther off."),
    }
    limit = next((band.low for band in bands if band.zone == "diverging"), math.inf)
    st.markdown(
        f":{COLOURS[zone]}-badge[**{names[zone]}**] {sentences[zone]}  \n"
        + _("Stable range: 0 < η < {limit}").format(limit=number(limit))
    )
    with st.expander(_("What each learning rate does")):
        header = "| " + _("zone") + " | " + _("from η") + " | " + _("to η") + " |\n"
        header += "| --- | --- | --- |\n"
        rows = (f"| {names[b.zone]} | {number(b.low)} | {number(b.high)} |" for b in bands)
        st.markdown(header + "\n".join(rows))


def explain_divergence(history: History, learning_rate: float, limit: float) -> None:
    """Say, with the numbers, why a run has run away."""
    st.error(
        _(
            "Diverged after {n} updates: at η = {rate} the steps multiply the distance from the "
            "minimum by more than 1, so the loss grew from {first} to {last}. For this data and "
            "this variant η must stay below {limit}."
        ).format(
            n=int(history.update[-1]),
            rate=number(learning_rate),
            first=number(history.loss[0]),
            last=number(history.loss[-1]),
            limit=number(limit),
        ),
        icon=":material/trending_up:",
    )
