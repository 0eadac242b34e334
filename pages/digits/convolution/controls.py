"""What slides over the picture on Digits → Convolution, and how."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from core.digits.convolution.kernels import (
    BY_HAND,
    OWN,
    Channel,
    as_kernel,
    learned,
    read_kernel,
    write_kernel,
)
from core.digits.convolution.sliding import Picture
from core.digits.network.model import Model
from core.link.parameters import PARAMETERS
from core.messages import InputError
from pages.shared import link
from pages.shared.choice import choice
from pages.shared.control import slider, switch
from pages.shared.i18n import _


class Settings(NamedTuple):
    """How a kernel slides, and what comes after it."""

    padding: int
    stride: int
    relu: bool
    pool: str
    """"none", "max" or "mean"."""
    shift: int
    """Pixels to the right that the picture is moved by."""


def choose_bank(model: Model) -> tuple[list[Channel], int]:
    """Show the choice between kernels made by hand and learned ones; return them and the chosen."""
    banks = {"hand": _("Kernels made by hand"), "learned": _("Kernels that a network learned")}
    bank = choice(_("Kernels"), banks, key="cv_bank", segmented=True, label_visibility="collapsed")
    name, number, own = _said("cv_kernel"), _said("cv_channel"), _own()
    if bank == "learned":
        channels = learned(model)
        return channels, min(number, len(channels) - 1)
    names = {
        "left": _("left edges"),
        "top": _("upper edges"),
        "diagonal": _("rising strokes"),
        "outline": _("outline"),
        "sharpen": _("sharpen"),
        "blur": _("blur"),
        OWN: _("your own"),
    }
    kernels = BY_HAND | {OWN: own}
    return [Channel(names[one], kernels[one]) for one in kernels], [*kernels].index(name)


def choose_settings() -> Settings:
    """Show how the kernel slides and what follows; return it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        padding = switch(
            _("Padding"),
            "cv_pad",
            help=_("A ring of zeros around the picture, so that the map is as large as it."),
        )
        relu = switch(_("ReLU"), "cv_relu", help=_("What is below 0 becomes 0: red goes out."))
        stride = choice(
            _("Stride"),
            {"1": "1", "2": "2"},
            key="cv_stride",
            segmented=True,
            help=_("The kernel moves on by so many pixels: with 2, the map has half the side."),
        )
        pool = choice(
            _("Pooling"),
            {"none": _("none"), "max": _("largest of 2×2"), "mean": _("mean of 2×2")},
            key="cv_pool",
            segmented=True,
            help=_("Of each 2×2 field of the map one number is left."),
        )
    shift = slider(
        _("Move the drawing to the right"),
        "cv_shift",
        help=_("In pixels of the 28; below 0 it moves to the left. Watch the map."),
    )
    return Settings(int(padding), int(stride), relu, pool, shift)


def take_channel(picked: object) -> None:
    """Choose the channel of this place in the pad; for a callback."""
    names = [*BY_HAND, OWN]
    if not isinstance(picked, int) or picked < 0:
        return
    if st.session_state["cv_bank"] == "learned":
        link.go({"cv_channel": picked})
    elif picked < len(names):
        link.go({"cv_kernel": names[picked]})


def take_kernel(weights: object) -> None:
    """Make nine weights that were typed into the pad the reader's own kernel; for a callback."""
    try:
        kernel = as_kernel([float(weight) for weight in np.ravel(np.asarray(weights, np.float64))])
    except (TypeError, ValueError):  # the pad says itself what is allowed
        return
    link.go({"cv_bank": "hand", "cv_kernel": OWN, "cv_own": write_kernel(kernel)})


def is_own() -> bool:
    """Whether the kernel that slides is the reader's own."""
    state = st.session_state
    return bool(state["cv_bank"] == "hand" and state["cv_kernel"] == OWN)


def _own() -> Picture:
    """Return the reader's own kernel; a link that makes no sense is mended."""
    usual = str(PARAMETERS["cv_own"].kind.usual)
    try:
        return read_kernel(_said("cv_own"))
    except InputError:
        st.session_state["cv_own"] = usual
        link.keep("cv_own", usual)
        link.mend("cv_own", usual)
        return read_kernel(usual)


def _said(name: str) -> Any:
    """Return what the link says of what is chosen in the pad, and keep it."""
    value = link.read(name)
    if value is None:
        value = PARAMETERS[name].kind.usual
    st.session_state[name] = value
    link.keep(name, value)
    return value
