"""A QR code on a page, large enough for a projector."""

import streamlit as st

from core.link.qr_code import as_svg
from pages.shared.i18n import _


def show_qr(link: str, alt: str | None = None) -> None:
    """Show a link as a QR code as large as its place; say so where the link is too long for one.

    Parameters
    ----------
    link : str
    alt : str, optional
        What it is, for those who cannot see it.
    """
    drawn = as_svg(link)
    if drawn is None:
        st.caption(_("This link is too long for a QR code that one can read from afar: copy it."))
        return
    with st.container(key="qr_code"):
        st.image(drawn, width="stretch", alt=alt or _("QR code of the link"))
