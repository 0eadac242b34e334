"""The sidebar's controls for the data of Planes → Playground."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from core.link.parameters import usual
from core.own_data.form import short
from core.planes.playground.data import (
    Shape,
    Split,
    class_points,
    drawn,
    loss_of,
    loss_of_classes,
    never_seen,
    number_points,
    samples_of,
    split,
)
from core.planes.points import as_points
from pages.shared.choice import choice
from pages.shared.control import number_field, slider, value
from pages.shared.data.handed_in import MANY_CLASSES, NUMBERS, class_names
from pages.shared.data.own_data import own_points, source
from pages.shared.data.plane_pad import Plane
from pages.shared.i18n import _

USUAL = usual("src", "pg_target", "pg_shape", "pg_n", "pg_noise", "pg_test", "seed")
"""The controls' usual values, for presets to start from."""

EXAMPLE = as_points(
    [
        *([-1.8, -1.2], [1.8, -1.2], [0.0, 1.5], [-1.1, -1.9], [1.1, -1.9], [-0.7, 2.0]),
        *([-2.2, -2.0], [2.2, -2.0], [0.7, 2.1], [-1.2, -0.9], [1.2, -0.9], [0.1, 2.5]),
    ],
    [0, 1, 0] * 4,
)
"""What the plane of own points holds at first."""

NUMBERS_EXAMPLE = as_points(EXAMPLE.x, np.round(EXAMPLE.x.sum(axis=1) / 5, 2))
"""The same where each point has a number."""


class Drawn(NamedTuple):
    """What is learned from."""

    samples: Split
    task: dict[str, Any]
    """The loss that suits them, with its classes."""
    described: dict[str, Any]
    """What they are, as a kept run's recipe has it."""
    names: tuple[str, ...] = ()
    """What the first classes are called."""


def drawn_points() -> Callable[[], Drawn]:
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
        own = _own()
        return lambda: own
    return _generated()


def _own() -> Drawn:
    """Show the reader's points, and what is kept apart of them."""
    targets = {"class": _("its class"), "number": _("a number, y")}
    with st.sidebar:
        target = choice(
            _("To learn of each point"),
            targets,
            key="pg_target",
            segmented=True,
            help=_("Which class a point is of, or which number belongs to it."),
        )
    if target == "number":
        points = own_points(NUMBERS, NUMBERS_EXAMPLE, number_points, Plane())
        task: dict[str, Any] = {"loss": "mean_squared_error"}
        names: tuple[str, ...] = ()
    else:
        plane = Plane((_("class 0"), _("class 1"), _("class 2"), _("class 3")))
        points = own_points(MANY_CLASSES, EXAMPLE, class_points, plane)
        task = loss_of_classes(points.y)
        names = tuple(map(short, class_names(MANY_CLASSES)))
    with st.sidebar:
        share = _test_share(runs_page=True)
        seed = number_field(
            _("Seed"), "seed", help=_("Another number keeps other points apart."), runs_page=True
        )
    samples = split(*points, share, seed)
    if samples.test is None and share:
        st.caption(_("There are too few points to keep any apart: all are learned from."))
    if target == "class" and (missing := never_seen(samples)):
        told = _(
            "Of these classes every point is kept apart, so the network never sees one: "
            "{classes}. A smaller share of test samples or another seed changes that."
        )
        st.caption(told.format(classes=", ".join(map(str, missing))))
    return Drawn(samples, task, {"samples": "own", "test_share": share, "seed": seed}, names)


def _generated() -> Callable[[], Drawn]:
    """Show the controls of `core.planes.playground.data.make`, and of the share kept apart."""
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
        shape = choice(
            _("Shape"), shapes, key="pg_shape", help=_("Where the points of each class lie.")
        )
        slider(_("Number of samples N"), "pg_n", help=_("How many points there are in all."))
        slider(
            _("Noise"),
            "pg_noise",
            help=_("How far each point is moved at random, after it has got its class."),
        )
        _test_share()
        number_field(
            _("Seed"),
            "seed",
            help=_("Another number gives other random points; the same number the same."),
        )

    def read() -> Drawn:
        described = drawn(
            shape,
            value("pg_n"),
            value("pg_noise"),
            test_share=value("pg_test"),
            seed=value("seed"),
        )
        return Drawn(samples_of(described), loss_of(shape), described)

    return read


def _test_share(*, runs_page: bool = False) -> float:
    share: float = slider(
        _("Share of test samples"),
        "pg_test",
        help=_("So many are kept apart: the network never learns from them."),
        runs_page=runs_page,
    )
    return share
