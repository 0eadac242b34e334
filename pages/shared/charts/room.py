"""The layout that fits the page: the browser measures the room and tells which one does.

Until it has told, the layout is guessed: a phone's on a phone, else a laptop's.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core.charts.layout import LAPTOP, LAYOUTS, PHONE, STAGE, Layout
from pages.shared.i18n import _

LAYOUT = "layout"
"""Session state: the name of the layout that fits the page."""

PRESENTING = "is_presenting"
"""Session state: whether the page being shown is presented; the frame's switch says so."""

ASSETS = Path(__file__).resolve().parents[3] / "assets"
COMPANION = (ASSETS / "player_clock.js", ASSETS / "companion.js")
"""What players need in the browser, and what pages and players need there from each other."""


def measure() -> None:
    """Have the browser tell which layout fits the page, now and whenever that changes.

    On a phone it also gets two buttons, which open the settings and the list of pages.
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


@st.cache_resource(show_spinner=False)
def _companion() -> Callable[..., object]:
    script = "\n".join(file.read_text(encoding="utf-8") for file in COMPANION)
    return st.components.v2.component("companion", js=script)
