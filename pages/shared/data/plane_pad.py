"""The plane in which one sets points of one's own: by mouse, finger or keys.

The component draws it and moves points at once; the server hears of a change when it is made, and
answers with the points as they now stand. `assets/plane_pad.js` says how the two keep in step.
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.axis import Extent
from core.charts.palette import ROLES
from core.hyperparameters import LARGEST, SMALLEST
from core.messages import InputError
from core.own_data import Reading
from pages.shared.data.handed_in import Held, Own, Source, called, clear, take, undo
from pages.shared.i18n import _

ASSETS = Path(__file__).resolve().parents[3] / "assets"

_pad = st.components.v2.component(
    "plane_pad",
    html='<div class="pad"></div>\n<!-- drawn by plane_pad.js -->',
    css=(ASSETS / "plane_pad.css").read_text("utf-8"),
    js=(ASSETS / "plane_pad.js").read_text("utf-8"),
)

MARKS = (("second", "circle"), ("third", "square"), ("loss", "triangle"), ("best", "diamond"))
"""The colour and the shape of each class, the first two as on the charts."""

MOST_SET = 500
"""So many points can be shown one by one."""

USUAL = 3.0
"""The plane reaches from minus to plus so much, where the points leave it the choice."""

MARGIN = 0.2


class Plane(NamedTuple):
    """What the pad calls the classes; without any, each point has a number, y."""

    classes: tuple[str, ...] = ()


def plane_pad(own: Own, held: Held, said: Reading | InputError, plane: Plane) -> None:
    """Show the plane with the points, as long as they are few enough to set them one by one.

    Parameters
    ----------
    own : Own
        Of two inputs and a class, or a number.
    held : Held
        What is held of it.
    said : Reading or InputError
        What the table says; where that is an error, the plane keeps what it said last.
    plane : Plane
    """
    reading = said if isinstance(said, Reading) else held.last if held.latest.size else None
    points = np.column_stack(reading.columns) if reading else np.empty((0, 3))
    if len(points) > MOST_SET:
        st.caption(_("Too many points to set them one by one."))
        return
    if held.extent is None or not _reaches(held.extent, points):
        held.extent = extent_of(points)
    x1, x2 = held.extent
    names = called(held, said)
    names = (*names, *plane.classes[len(names) :])[: len(plane.classes)]
    key = f"{own.key}_pad"
    _pad(
        key=key,
        data={
            "points": points.tolist(),
            "seen": held.seen,
            "axes": [
                {"name": name, "low": axis.low, "high": axis.high, "step": axis.step}
                | {"ticks": axis.ticks()}
                for name, axis in (("x₁", x1), ("x₂", x2))
            ],
            "classes": [
                {"name": name, "colour": ROLES.index(role), "shape": shape}
                for name, (role, shape) in zip(names, MARKS, strict=False)
            ],
            "signs": [{"colour": ROLES.index(role)} for role, _shape in MARKS[:2]],
            "texts": _texts(),
        },
        on_points_change=lambda: _take_points(own, held, st.session_state[key].get("points")),
        on_undo_change=lambda: undo(own),
    )


def extent_of(points: NDArray[np.float64]) -> tuple[Extent, Extent]:
    """Return the part of the plane to show: the usual one, or around points that do not fit it.

    Examples
    --------
    >>> extent_of(np.array([[0.5, 1.0, 0.0], [-2.0, 0.0, 1.0]]))
    (Extent(low=-3.0, high=3.0), Extent(low=-3.0, high=3.0))
    >>> extent_of(np.array([[100.0, 0.1, 0.0], [200.0, 0.2, 1.0]]))
    (Extent(low=80.0, high=220.0), Extent(low=0.08, high=0.22))
    """
    usual = Extent(-USUAL, USUAL)
    sizes = np.abs(points[:, :2]).max(axis=0, initial=0)
    if not len(points) or USUAL / 6 <= sizes.max() <= USUAL:
        return usual, usual
    first, second = (_around(column) for column in points[:, :2].T)
    return first, second


def _around(values: NDArray[np.float64]) -> Extent:
    low, high = float(values.min()), float(values.max())
    margin = MARGIN * (high - low) or abs(low) / 2 or USUAL
    if margin < 1e-9 * max(abs(low), abs(high)):  # floats that far apart are not told from others
        margin = max(abs(low), abs(high)) / 2
    step = Extent(low - margin, high + margin).step
    ends = math.floor((low - margin) / step) * step, math.ceil((high + margin) / step) * step
    return Extent(*(float(f"{end:.12g}") for end in ends))


def _reaches(extent: tuple[Extent, Extent], points: NDArray[np.float64]) -> bool:
    """Whether all points lie in the shown part of the plane."""
    low, high = np.array(extent).T
    return bool(((points[:, :2] >= low) & (points[:, :2] <= high)).all())


def _take_points(own: Own, held: Held, change: Any) -> None:
    """Make the points that the component tells of the data; what it cannot have sent is nothing."""
    if not isinstance(change, Mapping) or not isinstance(change.get("number"), int):
        return
    held.seen = change["number"]
    points = checked(change.get("points"), own.form.n_classes)
    if points is None:
        return
    if not len(points):
        clear(own)
        return
    columns = tuple(np.array(column) for column in points.T)
    take(own, Source("plane", reading=Reading(columns, classes=called(held))))


def checked(points: Any, n_classes: int) -> NDArray[np.float64] | None:
    """Return points that the component tells as an array; None if they are no points of a class."""
    try:
        array = np.array(points, dtype=np.float64).reshape(-1, 3)
    except (TypeError, ValueError):
        return None
    sizes, classes = np.abs(array), array[:, 2]
    is_good = ((sizes == 0) | ((sizes >= SMALLEST) & (sizes <= LARGEST))).all()
    is_class = not n_classes or np.isin(classes, np.arange(n_classes)).all()
    return array if is_good and is_class and len(array) <= 2 * MOST_SET else None


def _texts() -> dict[str, str]:
    """What the component says, in the reader's language."""
    return {
        "plane": _("The plane, to set points in"),
        "classes": _("Set points of"),
        "number": _("Set points with y ="),
        "delete": _("Delete this point"),
        "clear": _("Delete all"),
        "help": _("Click to set a point. Drag it, or choose it to delete it."),
        "keys": _(
            "Arrow keys move the cross, with Shift in small steps. Enter sets a point there, or "
            "takes the one there along until the next Enter. Delete deletes it. Page up and page "
            "down go from point to point."
        ),
        "point": _("{class} at {place}"),
        "set": _("Set: {point}. {n} points."),
        "deleted": _("Deleted: {point}. {n} points."),
        "held": _("Taken along: {point}."),
        "moved": _("Moved: {point}."),
        "cleared": _("All points are deleted."),
    }
