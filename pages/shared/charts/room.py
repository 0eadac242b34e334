"""The layout that fits the page: the browser measures the room and tells which one does.

Until it has told, the layout is guessed: a phone's on a phone, else a laptop's.
"""

import functools
from collections.abc import Callable
from pathlib import Path

import streamlit as st
import streamlit.file_util

from core.charts.layout import LAPTOP, LAYOUTS, PHONE, STAGE, Layout
from pages.shared.i18n import _

LAYOUT = "layout"
"""Session state: the name of the layout that fits the page."""

PRESENTING = "is_presenting"
"""Session state: whether the page being shown is presented; the frame's switch says so."""

ASSETS = Path(__file__).resolve().parents[3] / "assets"
COMPANION = (ASSETS / "player_clock.js", ASSETS / "companion.js")
"""What players need in the browser, and what pages and players need there from each other."""


ELEMENTS = ("Slider", "ArrowVegaLiteChart", "Selectbox", "ImageList", "Metric")
"""Scripts of Streamlit's own that draw what most pages have. It asks for each once a page shows
such an element, and until then a grey bar of another height stands in its place."""


def measure() -> None:
    """Have the browser tell which layout fits the page, now and whenever that changes.

    On a phone it also gets two buttons, which open the settings and the list of pages. And it is
    told which scripts the page will want, while the page is still being made.
    """

    def take() -> None:
        st.session_state[LAYOUT] = st.session_state["companion"]["layout"]

    least = {one.name: one.least for one in LAYOUTS.values()}
    _companion()(
        key="companion",
        data={
            "least": least,
            "layout": _measured().name,
            "words": {"pages": _("Pages"), "settings": _("Settings")},
            "scripts": scripts(),
        },
        on_layout_change=take,
    )


def room() -> Layout:
    """Return the layout of charts that fits the page, the stage's where one presents."""
    measured = _measured()
    presenting = st.session_state.get(PRESENTING) and measured.least >= STAGE.least
    return STAGE if presenting else measured


def _measured() -> Layout:
    usual = PHONE if "Mobi" in (st.context.headers.get("User-Agent") or "") else LAPTOP
    return LAYOUTS.get(st.session_state.get(LAYOUT, ""), usual)


@functools.cache
def scripts() -> list[str]:
    """Return the names of the files that draw `ELEMENTS`; another release calls them otherwise."""
    folder = Path(streamlit.file_util.get_static_dir()) / "static" / "js"
    return [file.name for name in ELEMENTS for file in folder.glob(f"{name}.*.js")]


@st.cache_resource(show_spinner=False)
def _companion() -> Callable[..., object]:
    script = "\n".join(file.read_text(encoding="utf-8") for file in COMPANION)
    return st.components.v2.component("companion", js=script)
