"""The sidebar's controls for the data of Curves → Sigmoid neuron: a step, or the reader's own."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.curves.sigmoid_neuron import neuron_samples
from core.datasets import Samples, as_samples, step
from core.link.parameters import usual
from pages.shared.control import number_field, slider, value
from pages.shared.data.own_data import own_samples, source
from pages.shared.i18n import _

USUAL = usual("src", "n", "seed")
"""The controls' usual values, for presets to start from."""

EXAMPLE = as_samples([0.1, 0.3, 0.5, 0.7, 0.9], [0, 0, 1, 0, 1])
"""What the table of own samples holds at first."""

DESCRIBED = "curve_data_described"
"""Session state: what the samples are, as a kept run's recipe has it."""


def curve_data() -> Callable[[], Samples]:
    """Show the choice between generated and own samples, and their controls.

    Returns
    -------
    callable
        Returns the samples, as the controls say.
    """
    with st.sidebar:
        st.header(_("Data"))
        is_own = source(
            _("generated"), _("A step from 0 to 1, or your own: pasted, uploaded or typed in.")
        )
    if is_own:
        samples = own_samples(EXAMPLE, neuron_samples)
        st.session_state[DESCRIBED] = {"samples": "own"}
        return lambda: samples
    return _generated()


def described() -> dict[str, Any]:
    """Return what the samples of this page are, once they are read; for a kept run's recipe."""
    return dict(st.session_state[DESCRIBED])


def _generated() -> Callable[[], Samples]:
    """Show the controls of `core.datasets.step` and return what reads them."""
    with st.sidebar:
        slider(_("Number of samples N"), "n", help=_("How many points the network learns from."))
        number_field(
            _("Seed"),
            "seed",
            help=_("Another number gives other random points; the same number the same points."),
        )

    def read() -> Samples:
        arguments: dict[str, Any] = {"n_samples": value("n"), "seed": value("seed")}
        st.session_state[DESCRIBED] = {"samples": "step", **arguments}
        return step(**arguments)

    return read
