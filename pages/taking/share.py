"""Share, on every page: its link, with all that is set and the step shown; copied, and as QR."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from core.link.packed import MOST_ROWS
from core.link.parameters import of_page
from core.link.query import LONGEST, from_query
from pages.shared.i18n import _, language
from pages.taking.qr import show_qr

ASSETS = Path(__file__).resolve().parents[2] / "assets"

ICON = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M18 16a3 3 0 0 0-2 .8L8.9 12.7a3 3 0 0 '
    '0 0-1.4L16 7.2A3 3 0 1 0 15 5l.1.7L8 9.8a3 3 0 1 0 0 4.4l7.1 4.1-.1.7a3 3 0 1 0 3-3z"/></svg>'
)

_button = st.components.v2.component(
    "share",
    html=f"<button>{ICON}<span></span></button>",
    css=(ASSETS / "share.css").read_text("utf-8"),
    js=(ASSETS / "share.js").read_text("utf-8"),
)

NOT_SHARED = {"lang", "class", "lesson", "task"}
"""A link is shared in the language that is read, and invites to no experiment or lesson."""


def share(page: str) -> None:
    """Show the button; pressed, it shows what it has copied.

    Parameters
    ----------
    page : str
        The address of the page being shown.
    """
    told = _button(
        key="share",
        data={
            "word": _("Share"),
            "help": _("Copies the link of this page as it stands, and shows it as a QR code."),
            "names": [one.name for one in of_page(page) if one.name not in NOT_SHARED],
            "language": language(),
        },
        on_shared_change=lambda: None,
    )
    shared = told.get("shared") or {}
    link = shared.get("link")
    if isinstance(link, str) and len(link) <= LONGEST:
        copied = shared.get("copied") is True
        st.dialog(_("Share"), width="large", icon=":material/share:")(_show)(page, link, copied)


def _show(page: str, link: str, copied: bool) -> None:
    """Show a link, whole and as a QR code, and what of the page is not in it."""
    leads = _("It leads to this page as it stands: what is set here, and the step shown.")
    st.markdown(" ".join([_("The link is copied."), leads]) if copied else leads)
    st.code(link, language=None, wrap_lines=True)
    for sentence in left_out(page, link):
        st.info(sentence, icon=":material/link_off:")
    show_qr(link)


def left_out(page: str, link: str) -> Iterator[str]:
    """Say what of the page its link does not carry."""
    said = from_query(page, urlsplit(link).query)
    if said.get("src") == "own" and not said.get("xy") and not said.get("pts"):
        yield _(
            "The link carries no samples of yours: it can carry up to {n}. It opens with the "
            "example."
        ).format(n=MOST_ROWS)
    draws = {"sketch": "from", "convolution": "cv_from"}
    if page == "handwriting" or (page in draws and draws[page] not in said):
        yield _("What you have drawn is not in the link.")
    if str(said.get("net", "")).startswith("model-"):
        yield _("A network of your own stays here: elsewhere the link opens with the usual one.")
