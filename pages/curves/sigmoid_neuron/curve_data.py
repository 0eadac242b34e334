"""The sidebar's controls for the data of Curves → Sigmoid neuron: a step, or the reader's own."""

from typing import Any

import pandas as pd
import streamlit as st

from core.curves.sigmoid_neuron import neuron_samples
from core.datasets import Samples, step
from core.messages import InputError
from pages.shared.choice import choice
from pages.shared.data import own_data
from pages.shared.i18n import _
from pages.shared.kept_values import kept

USUAL = {"src": "made", "n": 100, "seed": 0}
"""The controls' usual values, for presets to start from."""

EXAMPLE = pd.DataFrame({"x": [0.1, 0.3, 0.5, 0.7, 0.9], "y": [0.0, 0.0, 1.0, 0.0, 1.0]})
"""What the table of own samples holds at first."""

IN_RANGE = "own_samples_in_range"
"""Session state: the last own samples whose y a neuron can give."""

DESCRIBED = "curve_data_described"
"""Session state: what the samples are, as a kept run's recipe has it."""


def curve_data() -> Samples:
    """Show the choice between generated and own samples, and their controls; return the samples."""
    with st.sidebar:
        st.header(_("Data"))
        source = choice(
            _("Samples"),
            {"made": _("generated"), "own": _("your own")},
            key="src",
            segmented=True,
            help=_("A step from 0 to 1, or your own: pasted, uploaded or typed in."),
        )
    if source == "own":
        st.session_state[DESCRIBED] = {"samples": "own"}
        return _own()
    return _generated()


def described() -> dict[str, Any]:
    """Return what the samples of this page are, after `curve_data`; for a kept run's recipe."""
    return dict(st.session_state[DESCRIBED])


def _generated() -> Samples:
    """Show the controls of `core.datasets.step` and return what they choose."""
    with st.sidebar, kept("n", "seed"):
        n_samples = st.slider(
            _("Number of samples n"),
            1,
            500,
            100,
            key="n",
            bind="query-params",
            help=_("How many points the network learns from."),
        )
        seed = st.number_input(
            _("Seed"),
            0,
            9999,
            0,
            key="seed",
            bind="query-params",
            help=_("Another number gives other random points; the same number the same points."),
        )
    arguments: dict[str, Any] = {"n_samples": n_samples, "seed": int(seed)}
    st.session_state[DESCRIBED] = {"samples": "step", **arguments}
    return step(**arguments)


def _own() -> Samples:
    """Return the reader's samples; the last that had every y in 0..1, if some have not."""
    state = st.session_state
    if own_data.LATEST not in state or state[own_data.LATEST].equals(own_data.EXAMPLE):
        state[own_data.TABLE] = state[own_data.LATEST] = EXAMPLE
    samples = own_data.own_samples()
    try:
        state[IN_RANGE] = neuron_samples(*samples)
    except InputError as error:
        st.error(error.translated(_))
    kept_samples: Samples = state.get(IN_RANGE) or neuron_samples(EXAMPLE["x"], EXAMPLE["y"])
    return kept_samples
