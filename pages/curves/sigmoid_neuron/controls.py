"""The sidebar's controls of Curves → Sigmoid neuron."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.curves.sigmoid_neuron import Loss
from core.link.parameters import usual
from pages.shared.choice import choice
from pages.shared.control import slider, switch, value
from pages.shared.i18n import _

USUAL = usual(
    *("sn_loss", "sn_variant", "sn_rate", "sn_epochs", "sn_start", "sn_bias", "sn_shuffle")
)
"""The controls' usual values, for presets to start from."""


def neuron_controls() -> tuple[Callable[[], dict[str, Any]], DeltaGenerator]:
    """Show the controls.

    Returns
    -------
    tuple of callable and container
        What returns the arguments of the lesson's ``Config``, and a place below the learning rate.
    """
    losses: dict[Loss, str] = {
        "mean_squared_error": _("mean squared error"),
        "binary_cross_entropy": _("binary cross-entropy"),
    }
    with st.sidebar:
        st.header(_("Learning"))
        loss = choice(_("Loss"), losses, key="sn_loss", help=_("What the network makes small."))
        batch_size = _batch_size()
        slider(
            _("Learning rate η"),
            "sn_rate",
            help=_("How far one step goes, as a multiple of the slope."),
        )
        below = st.container()
        slider(_("Epochs"), "sn_epochs", help=_("How often the run passes over all samples."))
        slider(
            _("Start weight"),
            "sn_start",
            help=_("The weight before the first sample. Far from 0 the neuron is saturated."),
        )
        slider(_("Start bias"), "sn_bias", help=_("The bias before the first sample."))
        switch(
            _("Shuffle"),
            "sn_shuffle",
            help=_("A new order of the samples in every epoch, instead of the data's own."),
        )

    def read() -> dict[str, Any]:
        return {
            "loss": loss,
            "batch_size": batch_size(),
            "learning_rate": value("sn_rate"),
            "n_epochs": value("sn_epochs"),
            "start_weight": value("sn_start"),
            "start_bias": value("sn_bias"),
            "shuffle": value("sn_shuffle"),
        }

    return read, below


def _batch_size() -> Callable[[], int | None]:
    variants = {
        "sgd": _("SGD (batch size 1)"),
        "mini": _("mini-batch"),
        "full": _("full batch"),
    }
    variant = choice(
        _("Variant of the descent"),
        variants,
        key="sn_variant",
        help=_("How many samples one update averages over: one, a few, or all."),
    )
    if variant == "mini":
        slider(_("Batch size B"), "sn_batch", help=_("The last batch of an epoch may be smaller."))
    return lambda: {"sgd": 1, "full": None}[variant] if variant != "mini" else value("sn_batch")
