"""The sidebar's controls for the data that all pages under Lines share."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.datasets import Samples, Variant, noisy_line
from core.link.parameters import usual
from core.number import number
from pages.shared.choice import choice
from pages.shared.control import number_field, slider, switch, value
from pages.shared.data.own_data import own_samples, source
from pages.shared.i18n import _

USUAL = usual("src", "n", "slope", "noise", "centred", "data", "bad", "seed")
"""The controls' usual values, for presets to start from."""

DESCRIBED = "line_data_described"
"""Session state: what the samples are, as a kept run's recipe has it."""


def line_data(*, falling: bool = False) -> Callable[[], Samples]:
    """Show the choice between generated and own samples, and their controls.

    Parameters
    ----------
    falling : bool, default=False
        The page starts with falling data, and its choice of the variant is its own.

    Returns
    -------
    callable
        Returns the samples, as the controls say.
    """
    with st.sidebar:
        st.header(_("Data"))
        is_own = source(
            _("generated"), _("Generated around a line, or your own: pasted, uploaded or typed in.")
        )
    if is_own:
        samples = own_samples()
        st.session_state[DESCRIBED] = {"samples": "own"}
        return lambda: samples
    return _generated(falling)


def described() -> dict[str, Any]:
    """Return what the samples of this page are, once they are read; for a kept run's recipe."""
    return dict(st.session_state[DESCRIBED])


def true_weight() -> float | None:
    """Return the slope of the line through 0 that the noise was added to, if there is one."""
    about = described()
    is_line = about["samples"] == "noisy_line" and about["variant"] != "reversed"
    return float(about["slope"]) if is_line else None


def tell_noise(best: float) -> None:
    """Say why the best weight of samples around a line through 0 is not the line's own."""
    about, slope = described(), true_weight()
    if slope is None or not about["noise"] or about["bad_last_sample"]:
        return
    numbers = {"slope": number(slope), "noise": number(about["noise"]), "best": number(best)}
    if about.get("centred"):
        told = _(
            "The noise lies around 0, so the best weight, {best}, differs from the true slope, "
            "{slope}, by chance alone."
        )
    else:
        told = _(
            "The noise lies between 0 and {noise}, never around 0, so all samples lie on one side "
            "of the true line, whose slope is {slope}. A line through 0 cannot be shifted to them, "
            "only turned: the best weight is {best}."
        )
    st.caption(told.format(**numbers))


def _generated(falling: bool) -> Callable[[], Samples]:
    """Show the controls of `core.datasets.noisy_line` and return what reads them."""
    variants: dict[Variant, str] = {
        "plain": _("rising"),
        "negated": _("negated"),
        "reversed": _("falling"),
    }
    with st.sidebar:
        slider(_("Number of samples N"), "n", help=_("How many points the network learns from."))
        slider(
            _("True slope"),
            "slope",
            help=_("The slope of the line that the noise is added to."),
        )
        slider(
            _("Noise"),
            "noise",
            help=_(
                "The size of the noise, which is drawn anew for each sample and added to its y."
            ),
        )
        switch(
            _("Noise around 0"),
            "centred",
            help=_(
                "Off: the noise lies between 0 and its size, and lifts every sample above the "
                "line. On: it lies between −½ and ½ of its size."
            ),
        )
        variant = choice(
            _("Variant"),
            variants,
            key="wb_data" if falling else "data",
            help=_(
                "Negated: x and y times −1. Falling: x in reversed order, so that the line falls"
                " and no longer passes through the origin."
            ),
        )
        switch(_("Bad last sample"), "bad", help=_("Sets the last y to 2, far from the line."))
        number_field(
            _("Seed"),
            "seed",
            help=_("Another number gives other random points; the same number the same points."),
        )

    def read() -> Samples:
        arguments: dict[str, Any] = {
            "n_samples": value("n"),
            "slope": value("slope"),
            "noise": value("noise"),
            "variant": variant,
            "bad_last_sample": value("bad"),
            "seed": value("seed"),
        }
        if value("centred"):
            arguments["centred"] = True
        st.session_state[DESCRIBED] = {"samples": "noisy_line", **arguments}
        return noisy_line(**arguments)

    return read
