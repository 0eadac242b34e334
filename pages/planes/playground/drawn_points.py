"""The sidebar's controls for the data of Planes → Playground."""

from typing import Any

import streamlit as st

from core.link.parameters import usual
from core.planes.playground.data import TASKS, Shape, Split, make, split
from pages.shared.choice import choice
from pages.shared.control import number_field, slider
from pages.shared.i18n import _

USUAL = usual("pg_shape", "pg_n", "pg_noise", "pg_test", "seed")
"""The controls' usual values, for presets to start from."""


def drawn_points() -> dict[str, Any]:
    """Show the controls; return what they choose: the arguments of `make`, and ``test_share``."""
    shapes: dict[Shape, str] = {
        "blobs": _("two blobs"),
        "circle": _("circle"),
        "xor": _("xor"),
        "spiral": _("spiral"),
        "moons": _("two moons"),
        "three": _("three classes"),
        "four": _("four classes"),
        "plane": _("a number: a plane"),
        "bump": _("a number: a bump"),
    }
    with st.sidebar:
        st.header(_("Data"))
        return {
            "shape": choice(
                _("Shape"), shapes, key="pg_shape", help=_("Where the points of each class lie.")
            ),
            "n_samples": slider(
                _("Number of samples N"), "pg_n", help=_("How many points there are in all.")
            ),
            "noise": slider(
                _("Noise"),
                "pg_noise",
                help=_("How far each point is moved at random, after it has got its class."),
            ),
            "test_share": slider(
                _("Share of test samples"),
                "pg_test",
                help=_("So many are kept apart: the network never learns from them."),
            ),
            "seed": number_field(
                _("Seed"),
                "seed",
                help=_("Another number gives other random points; the same number the same."),
            ),
        }


def samples_of(data: dict[str, Any]) -> tuple[Split, dict[str, Any]]:
    """Return the samples of these settings, and the loss that suits them with its classes."""
    made = {name: value for name, value in data.items() if name != "test_share"}
    samples = split(*make(**made), test_share=data["test_share"], seed=data["seed"])
    task = TASKS[data["shape"]]
    if task == "two classes":
        return samples, {"loss": "binary_cross_entropy"}
    if task == "a number":
        return samples, {"loss": "mean_squared_error"}
    return samples, {"loss": "cross_entropy", "n_classes": {"three": 3, "four": 4}[data["shape"]]}
