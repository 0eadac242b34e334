"""Presenting: the player and the numbers of this step fill the screen, in large type.

The switch stands in the header, at the same place on every page that has a player. While it is on,
one more style sheet hides all else; ``assets/companion.js`` has the keys.
"""

from pathlib import Path

import streamlit as st

from core.link.parameters import PARAMETERS
from pages.shared.control import switch
from pages.shared.i18n import _

KEY = "present"
"""The name of the switch in the link."""

ON = "is_presenting"
"""Session state: whether the page being shown is presented."""

STYLE = Path(__file__).resolve().parents[2] / "assets" / "presenting.css"


def present_if_wanted(page: str) -> None:
    """Show the switch where the page at an address has a player; present it if it is on."""
    st.session_state[ON] = False
    if page not in PARAMETERS[KEY].pages:
        return
    with st.container(key="present_switch"):
        is_on = switch(
            _("Present"),
            KEY,
            help=_(
                "The player fills the screen, in large type. Space plays and pauses, ← and → step, "
                "Home and End lead to the first step and the last, Escape leaves."
            ),
        )
    st.session_state[ON] = is_on
    if is_on:
        st.html(STYLE)


def is_presenting() -> bool:
    """Whether the page being shown is presented."""
    return bool(st.session_state.get(ON))
