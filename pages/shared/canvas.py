"""The canvas one draws a digit on. The drawing stays while one visits other pages."""

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import st_canvas

from pages.shared.control import slider
from pages.shared.i18n import _

SIZE = 280
"""Width and height in pixels."""

CANVAS, IMAGE, STROKES, START = "canvas", "drawn_image", "drawn_strokes", "canvas_start"
REMOVED = "canvas_removed"
"""Session state: the component, the drawing as pixels and as strokes, what the component began
with, and the first stroke that an undo or a clear took away. Each canvas adds its own name."""


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
    if name + CANVAS not in st.session_state:  # just opened: begin with what was drawn before
        _start_with(st.session_state.get(name + STROKES, []), name)
    st.caption(_("Mouse, pen or finger."))  # the component's own toolbar opens beside it
    result = st_canvas(
        stroke_width=pen_width,
        stroke_color="#ffffff",
        background_color="#000000",
        width=SIZE,
        height=SIZE,
        initial_drawing=st.session_state[name + START],
        return_image_data=True,
        key=name + CANVAS,
    )
    strokes = (result.json_data or {}).get("objects", [])
    if result.image_data is not None and not _is_old_news(strokes, name):
        st.session_state[name + IMAGE] = result.image_data
        st.session_state[name + STROKES] = strokes
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


def drawing(name: str = "") -> NDArray[np.uint8] | None:
    """Return what is drawn on a canvas, (280, 280, 4), None before the first report."""
    image: NDArray[np.uint8] | None = st.session_state.get(name + IMAGE)
    return image


def empty(name: str = "") -> None:
    """Make a canvas empty for the next drawing; for a callback of a button."""
    _clear(name)
    st.session_state[name + IMAGE] = None


def _undo(name: str) -> None:
    _keep(max(len(st.session_state.get(name + STROKES, [])) - 1, 0), name)


def _clear(name: str) -> None:
    _keep(0, name)


def _keep(n_strokes: int, name: str) -> None:
    """Take all strokes but the first `n_strokes` away."""
    strokes = st.session_state.get(name + STROKES, [])
    removed = strokes[n_strokes]["path"] if strokes[n_strokes:] else None
    st.session_state[name + REMOVED] = removed
    _start_with(strokes[:n_strokes], name)


def _is_old_news(strokes: list[dict[str, Any]], name: str) -> bool:
    """Tell a report from before an undo: it still has the stroke that was taken away."""
    removed = st.session_state.get(name + REMOVED)
    n_kept = len(st.session_state[name + START]["objects"])
    return removed is not None and any(s.get("path") == removed for s in strokes[n_kept:][:1])


def _start_with(strokes: list[dict[str, Any]], name: str) -> None:
    """Have the component load `strokes`; the number makes it load the same ones again."""
    number = st.session_state.get(name + START, {}).get("number", 0) + 1
    st.session_state[name + START] = {"objects": strokes, "number": number}
    st.session_state[name + STROKES] = strokes
