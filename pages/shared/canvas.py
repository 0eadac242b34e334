"""The canvas one draws a digit on. The drawing stays while one visits other pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import CanvasResult, st_canvas

from core.digits.image.files import read_image
from pages.shared.control import slider
from pages.shared.i18n import _

SIZE = 280
"""Width and height in pixels."""

PEN = Path(__file__).resolve().parents[2] / "assets" / "pen.js"
"""The pen that is moved by keys."""

CANVAS, IMAGE, STROKES, START = "canvas", "drawn_image", "drawn_strokes", "canvas_start"
REMOVED, RESTORED = "canvas_removed", "canvas_restored"
"""Session state: the component, the drawing as pixels and as strokes, what the component began
with, the first stroke that an undo or a clear took away, and how often a drawing was restored. Each
canvas adds its own name."""


def choose_pen() -> int:
    """Show the choice of the pen's width in the sidebar; return it, in pixels."""
    with st.sidebar:
        width: int = slider(_("Pen width"), "pen", help=_("In pixels; the canvas is 280 wide."))
    return width


def canvas(pen_width: int, name: str = "") -> NDArray[np.uint8] | None:
    """Show the canvas with its buttons; return the drawing, (280, 280, 4), None before the first.

    Parameters
    ----------
    pen_width : int
        Width of the pen in pixels.
    name : str, default=""
        Another canvas has another name, and a drawing of its own.
    """
    key = f"{name}{CANVAS}{st.session_state.get(name + RESTORED, '')}"
    if key not in st.session_state:  # just opened: begin with what was drawn before
        _start_with(strokes(name), name)
    # The component's own toolbar opens beside it.
    st.caption(_("Draw here, with mouse, finger or keyboard."), help=_keys())
    result = st_canvas(
        stroke_width=pen_width,
        stroke_color="#ffffff",
        background_color="#000000",
        width=SIZE,
        height=SIZE,
        initial_drawing=st.session_state[name + START],
        return_image_data=True,
        key=key,
    )
    _take_keys(key, pen_width, name)
    if told := _told(result):
        reported, image = told
        if not _is_old_news(reported, name):
            st.session_state[name + IMAGE] = image
            st.session_state[name + STROKES] = reported
    with st.container(horizontal=True):
        st.button(
            _("Undo stroke"),
            icon=":material/undo:",
            on_click=_undo,
            args=(name,),
            key=f"{name}canvas_undo",
        )
        st.button(
            _("Clear"),
            icon=":material/delete:",
            on_click=_clear,
            args=(name,),
            key=f"{name}canvas_clear",
        )
    return drawing(name)


def _told(result: CanvasResult) -> tuple[list[dict[str, Any]], NDArray[np.uint8]] | None:
    """Read what the component tells; None if nothing, or what it cannot have told."""
    try:
        drawn, image = (result.json_data or {}).get("objects", []), result.image_bytes
        return None if image is None else checked_drawing(drawn, image)
    except (AttributeError, TypeError, ValueError):  # an InputError is a ValueError
        return None


def checked_drawing(drawn: Any, image: bytes) -> tuple[list[dict[str, Any]], NDArray[np.uint8]]:
    """Return the strokes and the pixels of a drawing that a browser tells.

    Parameters
    ----------
    drawn : Any
        A list of strokes, if it is what it should be.
    image : bytes
        A PNG of the canvas.

    Raises
    ------
    InputError
        If the image cannot be read.
    ValueError
        If these are no strokes, or the image is not as large as the canvas.
    """
    are_strokes = isinstance(drawn, list) and all(
        isinstance(stroke, dict) and "path" in stroke for stroke in drawn
    )
    pixels = read_image(image)
    if not are_strokes or pixels.shape != (SIZE, SIZE, 4):
        raise ValueError("no drawing of this canvas")
    return drawn, pixels


def _keys() -> str:
    """Say how one draws with the keyboard."""
    return _(
        "By keyboard: arrows move the pen, with Shift farther, two at once along a diagonal. Space "
        "or Enter puts it down and lifts it. Delete takes the last stroke back, Escape leaves the "
        "canvas."
    )


def _take_keys(key: str, pen_width: int, name: str) -> None:
    """Have the browser name a canvas and its buttons, and move a pen on it by keys."""
    with st.container(key="pen_of_canvas"):
        _pen()(
            key=f"{name}canvas_pen",
            data={
                "canvas": key,
                "undo": f"{name}canvas_undo",
                "width": pen_width,
                "name": _("Canvas to draw a digit on"),
                "keys": _keys(),
                "up": _("Pen up. Column {x} of 28, row {y}."),
                "down": _("Pen down. Column {x} of 28, row {y}."),
                "buttons": {
                    "Undo": _("Undo"),
                    "Redo": _("Redo"),
                    "Edit": _("Move and turn strokes"),
                    "Bring forward": _("Bring forward"),
                    "Send backward": _("Send backward"),
                    "Delete selected": _("Delete this stroke"),
                    "Reset canvas & history": _("Begin anew"),
                },
            },
        )


@st.cache_resource(show_spinner=False)
def _pen() -> Callable[..., object]:
    return st.components.v2.component("pen", js=PEN.read_text(encoding="utf-8"))


def drawing(name: str = "") -> NDArray[np.uint8] | None:
    """Return what is drawn on a canvas, (280, 280, 4), None before the first report."""
    image: NDArray[np.uint8] | None = st.session_state.get(name + IMAGE)
    return image


def strokes(name: str = "") -> list[dict[str, Any]]:
    """Return what is drawn on a canvas stroke by stroke, as its component tells it."""
    drawn: list[dict[str, Any]] = st.session_state.get(name + STROKES, [])
    return drawn


def restore(drawn: list[dict[str, Any]], image: NDArray[np.uint8], name: str = "") -> None:
    """Put a drawing on a canvas, as `strokes` and `drawing` have given it; for a callback.

    The component is begun anew with it: one that is still loading would miss it.
    """
    st.session_state[name + STROKES] = drawn
    st.session_state[name + IMAGE] = image
    st.session_state[name + RESTORED] = st.session_state.get(name + RESTORED, 0) + 1


def empty(name: str = "") -> None:
    """Make a canvas empty for the next drawing; for a callback of a button."""
    _clear(name)
    st.session_state[name + IMAGE] = None


def _undo(name: str) -> None:
    _keep(max(len(strokes(name)) - 1, 0), name)


def _clear(name: str) -> None:
    _keep(0, name)


def _keep(n_strokes: int, name: str) -> None:
    """Take all strokes but the first `n_strokes` away."""
    drawn = strokes(name)
    removed = drawn[n_strokes]["path"] if drawn[n_strokes:] else None
    st.session_state[name + REMOVED] = removed
    _start_with(drawn[:n_strokes], name)


def _is_old_news(reported: list[dict[str, Any]], name: str) -> bool:
    """Tell a report from before an undo: it still has the stroke that was taken away."""
    removed = st.session_state.get(name + REMOVED)
    n_kept = len(st.session_state[name + START]["objects"])
    return removed is not None and any(s.get("path") == removed for s in reported[n_kept:][:1])


def _start_with(drawn: list[dict[str, Any]], name: str) -> None:
    """Have the component load strokes; the number makes it load the same ones again."""
    number = st.session_state.get(name + START, {}).get("number", 0) + 1
    st.session_state[name + START] = {"objects": drawn, "number": number}
    st.session_state[name + STROKES] = drawn
