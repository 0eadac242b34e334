"""Privacy: what is kept of a reader, as `docs/privacy.md` has it, and a button that deletes it."""

from pathlib import Path

import streamlit as st

from core.messages import InputError
from core.store.runs import KEEP_DAYS, limit
from pages.asking import record
from pages.runs.shown_live import order, show_refusal
from pages.shared.i18n import _, language, tag
from pages.shared.jobs import store
from pages.shared.owner import owner
from pages.shared.page import stop_with

DOCS = Path(__file__).resolve().parents[3] / "docs"

# Session state: that all was deleted just now, or why it could not be.
DELETED, REFUSED = "privacy_deleted", "privacy_refused"


def document() -> tuple[str, str]:
    """Read the document in the reader's language, or in English; return its heading and the rest.

    Its first line links to the other languages, which here the sidebar does.
    """
    path = DOCS / f"privacy.{tag(language())}.md"
    text = (path if path.exists() else DOCS / "privacy.md").read_text("utf-8")
    heading, rest = text.partition("\n# ")[2].split("\n", 1)
    return heading, rest


def delete_all() -> None:
    """Delete what is stored of the reader, and forget this visit; a callback."""
    with order(REFUSED):
        store().delete_all_of(owner())
        st.session_state.clear()
        record.forget()
        st.session_state[DELETED] = True


heading, rest = document()
st.title(heading)
with st.container(key="document"):
    st.markdown(rest)
if days := limit(KEEP_DAYS):
    kept_for = _(
        "On this server runs, sweeps and networks are deleted {days} days after their end."
    )
    st.info(kept_for.format(days=days), icon=":material/auto_delete:")

st.header(_("All that is yours here"))
show_refusal(REFUSED)
if st.session_state.pop(DELETED, False):
    st.html("<script>sessionStorage.clear()</script>", unsafe_allow_javascript=True)
    st.success(_("It is deleted."))
try:
    kept = store().kept_of(owner())
except InputError as error:
    stop_with(error)
st.markdown(
    _(
        "Runs: {runs}. Sweeps: {sweeps}. Saved networks: {models}. Classes that you lead: "
        "{classes}. Classes with digits of yours: {hands}."
    ).format(**kept)
)
with st.popover(_("Delete all that is mine"), icon=":material/delete:"):
    st.markdown(
        _(
            "Runs, sweeps and saved networks, the classes that you lead, your digits in classes of"
            " others, and what this visit holds: drawings, written digits, samples, settings; and"
            " in this browser your answers and challenges. Nothing brings them back."
        )
    )
    st.button(_("Delete for good"), key="privacy_delete", type="primary", on_click=delete_all)
