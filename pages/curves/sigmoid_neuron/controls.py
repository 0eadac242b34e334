"""The sidebar's controls of Curves → Sigmoid neuron."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.curves.sigmoid_neuron import Loss
from pages.shared.choice import choice
from pages.shared.i18n import _
from pages.shared.kept_values import kept

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
EPOCHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

USUAL = {
    "sn_loss": "mean_squared_error",
    "sn_variant": "sgd",
    "sn_rate": 0.1,
    "sn_epochs": 1000,
    "sn_start": 0.1,
    "sn_bias": 0.1,
    "sn_shuffle": False,
}
"""The controls' usual values, for presets to start from."""


def neuron_controls() -> tuple[dict[str, Any], DeltaGenerator]:
    """Show the controls.

    Returns
    -------
    tuple of dict and container
        The arguments of the lesson's ``Config``, and a place below the learning rate.
    """
    losses: dict[Loss, str] = {
        "mean_squared_error": _("mean squared error"),
        "binary_cross_entropy": _("binary cross-entropy"),
    }
    with st.sidebar, kept(*USUAL, "sn_batch"):
        st.header(_("Learning"))
        loss = choice(_("Loss"), losses, key="sn_loss", help=_("What the network makes small."))
        batch_size = _batch_size()
        learning_rate = st.select_slider(
            _("Learning rate η"),
            RATES,
            0.1,
            key="sn_rate",
            bind="query-params",
            help=_("How far one step goes, as a multiple of the slope."),
        )
        below = st.container()
        n_epochs = st.select_slider(
            _("Epochs"),
            EPOCHS,
            1000,
            key="sn_epochs",
            bind="query-params",
            help=_("How often the run passes over all samples."),
        )
        start_weight = st.slider(
            _("Start weight"),
            -20.0,
            20.0,
            0.1,
            0.1,
            key="sn_start",
            bind="query-params",
            help=_("The weight before the first sample. Far from 0 the neuron is saturated."),
        )
        start_bias = st.slider(
            _("Start bias"),
            -20.0,
            20.0,
            0.1,
            0.1,
            key="sn_bias",
            bind="query-params",
            help=_("The bias before the first sample."),
        )
        shuffle = st.toggle(
            _("Shuffle"),
            key="sn_shuffle",
            bind="query-params",
            help=_("A new order of the samples in every epoch, instead of the data's own."),
        )
    arguments = {
        "loss": loss,
        "batch_size": batch_size,
        "learning_rate": learning_rate,
        "n_epochs": n_epochs,
        "start_weight": start_weight,
        "start_bias": start_bias,
        "shuffle": shuffle,
    }
    return arguments, below


def _batch_size() -> int | None:
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
    if variant != "mini":
        return {"sgd": 1, "full": None}[variant]
    size: int = st.slider(
        _("Batch size B"),
        2,
        100,
        10,
        key="sn_batch",
        bind="query-params",
        help=_("The last batch of an epoch may be smaller."),
    )
    return size
