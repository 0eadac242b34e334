"""How much room the reader's screen has."""

import streamlit as st

from pages.shared.i18n import _


def is_phone() -> bool:
    """Tell whether the browser calls itself a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def stack_panels() -> bool:
    """Show the switch between panels beside each other and one above the other."""
    return st.sidebar.toggle(
        _("Stack the panels"),
        value=is_phone(),
        key="stack",
        bind="query-params",
        help=_("One panel above the other, for a narrow screen."),
    )
