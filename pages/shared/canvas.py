"""The canvas one draws a digit on. The drawing stays while one visits other pages."""

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import st_canvas

from pages.shared.i18n import _

SIZE = 280
"""Width and height in pixels."""

CANVAS, IMAGE, STROKES, START = "canvas", "drawn_image", "drawn_strokes", "canvas_start"
REMOVED = "canvas_removed"
"""Session state: the component, the drawing as pixels and as strokes, what the component began
with, and the first stroke that an undo or a clear took away."""


def canvas(pen_width: int) -> NDArray[np.uint8] | None:
    """Show the canvas with its buttons; return the drawing, (280, 280, 4), None before the first.

    Parameters
    ----------
    pen_width : int
        Width of the pen in pixels.
    """
    if CANVAS not in st.session_state:  # the page was just opened: begin with what was drawn before
        _start_with(st.session_state.get(STROKES, []))
    st.caption(_("Mouse, pen or finger."))  # the component's own toolbar opens beside it
    result = st_canvas(
        stroke_width=pen_width,
        stroke_color="#ffffff",
        background_color="#000000",
        width=SIZE,
        height=SIZE,
        initial_drawing=st.session_state[START],
        return_image_data=True,
        key=CANVAS,
    )
    strokes = (result.json_data or {}).get("objects", [])
    if result.image_data is not None and not _is_old_news(strokes):
        st.session_state[IMAGE] = result.image_data
        st.session_state[STROKES] = strokes
    with st.container(horizontal=True):
        st.button(_("Undo stroke"), icon=":material/undo:", on_click=_undo, key="canvas_undo")
        st.button(_("Clear"), icon=":material/delete:", on_click=_clear, key="canvas_clear")
    image: NDArray[np.uint8] | None = st.session_state.get(IMAGE)
    return image


def _undo() -> None:
    _keep(max(len(st.session_state.get(STROKES, [])) - 1, 0))


def _clear() -> None:
    _keep(0)


def _keep(n_strokes: int) -> None:
    """Take all strokes but the first `n_strokes` away."""
    strokes = st.session_state.get(STROKES, [])
    st.session_state[REMOVED] = strokes[n_strokes]["path"] if strokes[n_strokes:] else None
    _start_with(strokes[:n_strokes])


def _is_old_news(strokes: list[dict[str, Any]]) -> bool:
    """Tell a report from before an undo: it still has the stroke that was taken away."""
    removed = st.session_state.get(REMOVED)
    n_kept = len(st.session_state[START]["objects"])
    return removed is not None and any(s.get("path") == removed for s in strokes[n_kept:][:1])


def _start_with(strokes: list[dict[str, Any]]) -> None:
    """Have the component load `strokes`; the number makes it load the same ones again."""
    number = st.session_state.get(START, {}).get("number", 0) + 1
    st.session_state[START] = {"objects": strokes, "number": number}
    st.session_state[STROKES] = strokes
