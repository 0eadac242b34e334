"""The sidebar's controls for the data of Planes → Boundary."""

from typing import Any

import streamlit as st

from core.link.parameters import usual
from core.own_data.form import short
from core.planes.boundary import neuron_points
from core.planes.points import Points, Shape, as_points, two_classes
from pages.shared.choice import choice
from pages.shared.control import number_field, slider
from pages.shared.data.handed_in import POINTS, class_names
from pages.shared.data.own_data import own_points, source
from pages.shared.data.plane_pad import Plane
from pages.shared.i18n import _

USUAL = usual("src", "pl_shape", "n", "pl_distance", "pl_noise", "pl_stretch", "seed")
"""The controls' usual values, for presets to start from."""

EXAMPLE = as_points(
    [[-1.5, -1.0], [-1.0, 1.0], [0.5, -1.5], [1.5, 0.5], [1.0, 2.0], [2.0, 1.5]],
    [0, 0, 0, 1, 1, 1],
)
"""What the plane of own points holds at first."""


def plane_data() -> tuple[Points, dict[str, Any], tuple[str, ...]]:
    """Show the choice between generated and own points, and their controls.

    Returns
    -------
    tuple of Points, dict and tuple of str
        The points; what they are, as a kept run's recipe has it; and what the classes are called,
        if not 0 and 1.
    """
    with st.sidebar:
        st.header(_("Data"))
        is_own = source(
            _("generated"), _("Drawn at random, or your own: clicked, pasted, uploaded or typed.")
        )
    if is_own:
        plane = Plane((_("class 0"), _("class 1")))
        points = own_points(POINTS, EXAMPLE, neuron_points, plane)
        return points, {"samples": "own"}, tuple(map(short, class_names(POINTS)))
    arguments = _generated()
    return two_classes(**arguments), {"samples": "two_classes", **arguments}, ()


def _generated() -> dict[str, Any]:
    """Show the controls of `core.planes.points.two_classes`; return the arguments they choose."""
    shapes: dict[Shape, str] = {
        "blobs": _("two blobs"),
        "imbalanced": _("imbalanced blobs"),
        "slanted": _("slanted line"),
        "xor": _("xor"),
        "circle": _("circle"),
    }
    with st.sidebar:
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
