"""The sidebar's controls for the data of Planes → Boundary."""

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from core.link.parameters import usual
from core.own_data.form import short
from core.planes.boundary import neuron_points
from core.planes.points import Points, Shape, as_points, two_classes
from pages.shared.choice import choice
from pages.shared.control import number_field, slider, value
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


class PlaneData(NamedTuple):
    """What is learned from.

    Parameters
    ----------
    points : Points
    described : dict
        What they are, as a kept run's recipe has it.
    names : tuple of str
        What the classes are called, if not 0 and 1.
    """

    points: Points
    described: dict[str, Any]
    names: tuple[str, ...] = ()


def plane_data() -> Callable[[], PlaneData]:
    """Show the choice between generated and own points, and their controls.

    Returns
    -------
    callable
        Returns what is learned from, as the controls say.
    """
    with st.sidebar:
        st.header(_("Data"))
        is_own = source(
            _("generated"), _("Drawn at random, or your own: clicked, pasted, uploaded or typed.")
        )
    if is_own:
        plane = Plane((_("class 0"), _("class 1")))
        points = own_points(POINTS, EXAMPLE, neuron_points, plane)
        own = PlaneData(points, {"samples": "own"}, tuple(map(short, class_names(POINTS))))
        return lambda: own
    return _generated()


def _generated() -> Callable[[], PlaneData]:
    """Show the controls of `core.planes.points.two_classes`; return what reads them."""
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
        slider(_("Number of samples N"), "n", help=_("How many points the network learns from."))
        has_distance = shape in ("blobs", "imbalanced")
        if has_distance:
            slider(_("Distance"), "pl_distance", help=_("Between the middles of both blobs."))
        slider(
            _("Noise"),
            "pl_noise",
            help=_("How far each point is moved at random, after it has got its class."),
        )
        slider(
            _("Stretch of x₂"),
            "pl_stretch",
            help=_("Multiplies x₂: inputs of unequal scale, such as metres and millimetres."),
        )
        number_field(
            _("Seed"),
            "seed",
            help=_("Another number gives other random points; the same number the same points."),
        )

    def read() -> PlaneData:
        arguments: dict[str, Any] = {"shape": shape, "n_samples": value("n")}
        if has_distance:
            arguments["distance"] = value("pl_distance")
        arguments["noise"] = value("pl_noise")
        arguments["stretch"] = value("pl_stretch")
        arguments["seed"] = value("seed")
        return PlaneData(two_classes(**arguments), {"samples": "two_classes", **arguments})

    return read
