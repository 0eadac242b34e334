"""The sidebar of What is a model?: the sample, and how it is learned."""

import streamlit as st

from core.start.what_is_a_model import Config
from pages.shared.i18n import _


def tiny_network_controls() -> tuple[float, float, Config]:
    """Show the controls; return x, y and the configuration they choose."""
    with st.sidebar:
        st.header(_("The sample"))
        x = st.slider(
            _("Input x"),
            -2.0,
            2.0,
            0.5,
            0.1,
            key="wm_x",
            bind="query-params",
            help=_("The number that goes into the network."),
        )
        y = st.slider(
            _("Target y"),
            -2.0,
            2.0,
            1.0,
            0.1,
            key="wm_y",
            bind="query-params",
            help=_("The answer that the network should learn to give for this x."),
        )
        st.header(_("Learning"))
        learning_rate = st.slider(
            _("Learning rate η"),
            0.0,
            2.0,
            0.1,
            0.05,
            key="wm_rate",
            bind="query-params",
            help=_("How far one step goes, as a multiple of the gradient."),
        )
        n_updates = st.slider(
            _("Rounds"),
            1,
            25,
            12,
            key="wm_rounds",
            bind="query-params",
            help=_("How often forward, loss, backward and update are repeated."),
        )
        seed = st.number_input(
            _("Seed of the start"),
            0,
            9999,
            0,
            key="wm_seed",
            bind="query-params",
            help=_("Another number draws other parameters to start from."),
        )
    return x, y, Config(learning_rate=learning_rate, n_updates=n_updates, seed=int(seed))
