"""The sidebar of What is a model?: the sample, and how it is learned."""

import streamlit as st

from core.start.what_is_a_model import Config
from pages.shared.control import number_field, slider
from pages.shared.i18n import _


def tiny_network_controls() -> tuple[float, float, Config]:
    """Show the controls; return x, y and the configuration they choose."""
    with st.sidebar:
        st.header(_("The sample"))
        x = slider(_("Input x"), "wm_x", help=_("The number that goes into the network."))
        y = slider(
            _("Target y"),
            "wm_y",
            help=_("The answer that the network should learn to give for this x."),
        )
        st.header(_("Learning"))
        learning_rate = slider(
            _("Learning rate η"),
            "wm_rate",
            help=_("How far one step goes, as a multiple of the gradient."),
        )
        n_updates = slider(
            _("Rounds"),
            "wm_rounds",
            help=_("How often forward, loss, backward and update are repeated."),
        )
        seed = number_field(
            _("Seed of the start"),
            "wm_seed",
            help=_("Another number draws other parameters to start from."),
        )
    return x, y, Config(learning_rate=learning_rate, n_updates=n_updates, seed=seed)
