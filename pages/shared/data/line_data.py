"""The sidebar's controls for the data that all pages under Lines share."""

from typing import Any

import streamlit as st

from core.datasets import Samples, Variant, noisy_line
from pages.shared.choice import CURRENT_PAGE, choice
from pages.shared.data.own_data import own_samples
from pages.shared.i18n import _

USUAL = {
    "src": "made",
    "n": 100,
    "slope": 1.5,
    "noise": 0.1,
    "data": "plain",
    "bad": False,
    "seed": 0,
}
"""The controls' usual values, for presets to start from."""


CARRIED = "line_data"
"""Session state: what was set on the last page, for the next. Each page has widgets of its own."""

DESCRIBED = "line_data_described"
"""Session state: what the samples are, as a kept run's recipe has it."""


def line_data(*, falling: bool = False) -> Samples:
    """Show the choice between generated and own samples, and their controls; return the samples.

    Parameters
    ----------
    falling : bool, default=False
        The page starts with falling data, and its choice of the variant is its own.
    """
    with st.sidebar:
        st.header(_("Data"))
        source = choice(
            _("Samples"),
            {"made": _("generated"), "own": _("your own")},
            key="src",
            segmented=True,
            help=_("Generated around a line, or your own: pasted, uploaded or typed in."),
        )
    if source == "own":
        st.session_state[DESCRIBED] = {"samples": "own"}
        return own_samples()
    return _generated(falling)


def described() -> dict[str, Any]:
    """Return what the samples of this page are, after `line_data`; for a kept run's recipe."""
    return dict(st.session_state[DESCRIBED])


def _generated(falling: bool) -> Samples:
    """Show the controls of `core.datasets.noisy_line` and return what they choose."""
    page = st.session_state[CURRENT_PAGE]
    last_page, values = st.session_state.get(CARRIED, (page, {}))
    if last_page != page:
        for key, value in values.items():
            if key not in st.query_params:
                st.session_state[key] = value
    variants: dict[Variant, str] = {
        "plain": _("rising"),
        "negated": _("negated"),
        "reversed": _("falling"),
    }
    with st.sidebar:
        n_samples = st.slider(
            _("Number of samples n"),
            1,
            500,
            100,
            key="n",
            bind="query-params",
            help=_("How many points the network learns from."),
        )
        slope = st.slider(
            _("True slope"),
            -3.0,
            3.0,
            1.5,
            0.1,
            key="slope",
            bind="query-params",
            help=_("The slope of the line that the points are drawn around."),
        )
        noise = st.slider(
            _("Noise"),
            0.0,
            1.0,
            0.1,
            0.05,
            key="noise",
            bind="query-params",
            help=_("The largest amount added to a y, drawn anew for each sample."),
        )
        variant = choice(
            _("Variant"),
            variants,
            key="wb_data" if falling else "data",
            default="reversed" if falling else "plain",
            help=_(
                "Negated: x and y times −1. Falling: x in reversed order, so that the line falls"
                " and no longer passes through the origin."
            ),
        )
        bad_last_sample = st.toggle(
            _("Bad last sample"),
            key="bad",
            bind="query-params",
            help=_("Sets the last y to 2, far from the line."),
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
    set_here = {
        "n": n_samples,
        "slope": slope,
        "noise": noise,
        "bad": bad_last_sample,
        "seed": seed,
    }
    st.session_state[CARRIED] = page, set_here
    arguments: dict[str, Any] = {
        "n_samples": n_samples,
        "slope": slope,
        "noise": noise,
        "variant": variant,
        "bad_last_sample": bad_last_sample,
        "seed": int(seed),
    }
    st.session_state[DESCRIBED] = {"samples": "noisy_line", **arguments}
    return noisy_line(**arguments)
