"""The sidebar's controls of Planes → Boundary."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.link.parameters import usual
from core.planes.boundary import Loss
from pages.shared.choice import choice
from pages.shared.control import slider, switch, value
from pages.shared.i18n import _

USUAL = usual(
    *("bd_loss", "bd_variant", "bd_batch", "bd_rate", "bd_epochs"),
    *("bd_w1", "bd_w2", "bd_bias", "bd_shuffle"),
)
"""The controls' usual values, for presets to start from."""


def boundary_controls() -> tuple[Callable[[], dict[str, Any]], DeltaGenerator]:
    """Show the controls.

    Returns
    -------
    tuple of callable and container
        What returns the arguments of the lesson's ``Config``, and a place below the learning rate.
    """
    losses: dict[Loss, str] = {
        "binary_cross_entropy": _("binary cross-entropy"),
        "mean_squared_error": _("mean squared error"),
    }
    with st.sidebar:
        st.header(_("Learning"))
        loss = choice(_("Loss"), losses, key="bd_loss", help=_("What the network makes small."))
        batch_size = _batch_size()
        slider(
            _("Learning rate η"),
            "bd_rate",
            help=_("How far one step goes, as a multiple of the slope."),
        )
        below = st.container()
        slider(_("Epochs"), "bd_epochs", help=_("How often the run passes over all samples."))
        slider(_("Start w₁"), "bd_w1", help=_("The weight of x₁ before the first sample."))
        slider(_("Start w₂"), "bd_w2", help=_("The weight of x₂ before the first sample."))
        slider(_("Start bias"), "bd_bias", help=_("The bias before the first sample."))
        switch(
            _("Shuffle"),
            "bd_shuffle",
            help=_("A new order of the samples in every epoch, instead of the data's own."),
        )

    def read() -> dict[str, Any]:
        return {
            "loss": loss,
            "batch_size": batch_size(),
            "learning_rate": value("bd_rate"),
            "n_epochs": value("bd_epochs"),
            "start_weight_1": value("bd_w1"),
            "start_weight_2": value("bd_w2"),
            "start_bias": value("bd_bias"),
            "shuffle": value("bd_shuffle"),
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
        key="bd_variant",
        help=_("How many samples one update averages over: one, a few, or all."),
    )
    if variant == "mini":
        slider(_("Batch size B"), "bd_batch", help=_("The last batch of an epoch may be smaller."))
    return lambda: {"sgd": 1, "full": None}[variant] if variant != "mini" else value("bd_batch")
