"""The sidebar's controls for the data of Planes → Boundary."""

from typing import Any

import streamlit as st

from core.link.parameters import usual
from core.planes.points import Shape
from pages.shared.choice import choice
from pages.shared.control import number_field, slider
from pages.shared.i18n import _

USUAL = usual("pl_shape", "n", "pl_distance", "pl_noise", "pl_stretch", "seed")
"""The controls' usual values, for presets to start from."""


def plane_data() -> dict[str, Any]:
    """Show the controls of `core.planes.points.two_classes`; return the arguments they choose."""
    shapes: dict[Shape, str] = {
        "blobs": _("two blobs"),
        "imbalanced": _("imbalanced blobs"),
        "slanted": _("slanted line"),
        "xor": _("xor"),
        "circle": _("circle"),
    }
    with st.sidebar:
        st.header(_("Data"))
        shape = choice(
            _("Shape"), shapes, key="pl_shape", help=_("Where the points of both classes lie.")
        )
        arguments: dict[str, Any] = {"shape": shape}
        arguments["n_samples"] = slider(
            _("Number of samples N"), "n", help=_("How many points the network learns from.")
        )
        if shape in ("blobs", "imbalanced"):
            arguments["distance"] = slider(
                _("Distance"), "pl_distance", help=_("Between the middles of both blobs.")
            )
        arguments["noise"] = slider(
            _("Noise"),
            "pl_noise",
            help=_("How far each point is moved at random, after it has got its class."),
        )
        arguments["stretch"] = slider(
            _("Stretch of x₂"),
            "pl_stretch",
            help=_("Multiplies x₂: inputs of unequal scale, such as metres and millimetres."),
        )
        arguments["seed"] = number_field(
            _("Seed"),
            "seed",
            help=_("Another number gives other random points; the same number the same points."),
        )
    return arguments
