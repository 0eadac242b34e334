"""The drawing survives a reload: the browser's tab keeps it.

A reload begins a new session on the server, which knows nothing of the old one. The tab's own
storage lives as long as the tab, and nobody else sees it: no other tab, no link, no server.
"""

import io
import json
from base64 import b64decode, b64encode
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from pages.shared.canvas import checked_drawing, drawing, restore, strokes

KEY = "kept_drawing"
"""The component's key."""
ASKED = "kept_drawing_asked"
"""Session state: whether the tab has said what it keeps."""
MOST = 2_000_000
"""Characters; more than an hour of drawing makes, and less than a tab may keep."""

_tab = st.components.v2.component(
    "kept_drawing",
    js="""
export default function ({ data, setTriggerValue }) {
  try {
    if (data.asked) sessionStorage.setItem("drawing", data.kept);
    else setTriggerValue("kept", sessionStorage.getItem("drawing") ?? "");
  } catch { /* a browser that keeps nothing: the drawing lives as long as the session does */ }
}
""",
)


def keep_drawing() -> None:
    """Have the tab keep what is on the canvas; ask it first what it has kept."""
    asked = st.session_state.get(ASKED, False)
    kept = _written() if asked else ""
    if len(kept) <= MOST:
        _tab(key=KEY, data={"asked": asked, "kept": kept}, on_kept_change=_take)


def _take() -> None:
    """Put what the tab has kept on the canvas, unless something is drawn by now."""
    st.session_state[ASKED] = True
    kept = _read(st.session_state[KEY].kept)
    if kept is not None and not strokes():
        restore(*kept)


def _written() -> str:
    """Write the drawing as text: its strokes, and its pixels as a PNG; "" if there is none."""
    image = drawing()
    if image is None or not strokes():
        return ""
    png = io.BytesIO()
    Image.fromarray(image).save(png, "PNG", compress_level=1)
    kept = {"strokes": strokes(), "image": b64encode(png.getvalue()).decode()}
    return json.dumps(kept, separators=(",", ":"))


def _read(text: object) -> tuple[list[dict[str, Any]], NDArray[np.uint8]] | None:
    """Read what `_written` wrote; None if the text is anything else."""
    try:
        kept = json.loads(text) if isinstance(text, str) and len(text) <= MOST else {}
        return checked_drawing(kept["strokes"], b64decode(kept["image"]))
    except (ValueError, KeyError, TypeError, RecursionError):  # an InputError is a ValueError
        return None
