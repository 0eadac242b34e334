"""The sidebar's controls of Planes → Boundary."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.link.parameters import usual
from core.planes.boundary import Loss
from pages.shared.choice import choice
from pages.shared.control import slider, switch
from pages.shared.i18n import _

USUAL = usual(
    *("bd_loss", "bd_variant", "bd_batch", "bd_rate", "bd_epochs"),
    *("bd_w1", "bd_w2", "bd_bias", "bd_shuffle"),
)
"""The controls' usual values, for presets to start from."""


def boundary_controls() -> tuple[dict[str, Any], DeltaGenerator]:
    """Show the controls.

    Returns
    -------
    tuple of dict and container
        The arguments of the lesson's ``Config``, and a place below the learning rate.
    """
    losses: dict[Loss, str] = {
        "binary_cross_entropy": _("binary cross-entropy"),
        "mean_squared_error": _("mean squared error"),
    }
    arguments: dict[str, Any] = {}
    with st.sidebar:
        st.header(_("Learning"))
        arguments["loss"] = choice(
            _("Loss"), losses, key="bd_loss", help=_("What the network makes small.")
        )
        arguments["batch_size"] = _batch_size()
        arguments["learning_rate"] = slider(
            _("Learning rate η"),
            "bd_rate",
            help=_("How far one step goes, as a multiple of the slope."),
        )
        below = st.container()
        arguments["n_epochs"] = slider(
            _("Epochs"), "bd_epochs", help=_("How often the run passes over all samples.")
        )
        arguments["start_weight_1"] = slider(
            _("Start w₁"), "bd_w1", help=_("The weight of x₁ before the first sample.")
        )
        arguments["start_weight_2"] = slider(
            _("Start w₂"), "bd_w2", help=_("The weight of x₂ before the first sample.")
        )
        arguments["start_bias"] = slider(
            _("Start bias"), "bd_bias", help=_("The bias before the first sample.")
        )
        arguments["shuffle"] = switch(
            _("Shuffle"),
            "bd_shuffle",
            help=_("A new order of the samples in every epoch, instead of the data's own."),
        )
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
        key="bd_variant",
        help=_("How many samples one update averages over: one, a few, or all."),
    )
    if variant != "mini":
        return {"sgd": 1, "full": None}[variant]
    size: int = slider(
        _("Batch size B"), "bd_batch", help=_("The last batch of an epoch may be smaller.")
    )
    return size
