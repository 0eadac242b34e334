"""A teacher's part: the way in for learners, what has arrived and was learned, and the end."""

import streamlit as st

from core.digits.classroom import codes
from core.digits.classroom.facts import NONE_READ, facts
from core.digits.recognise import Recogniser
from core.learning.claims import Facts
from core.learning.exercises import Exercises
from pages.digits.classroom.arriving import Here, address, go_to, is_here_alone, let_go, moment
from pages.digits.classroom.class_learns import class_learns, forget_learned
from pages.digits.classroom.taking_part import consent, take_part
from pages.digits.classroom.tidying import tidy
from pages.digits.classroom.watching import SEEN, Seen, watch
from pages.runs.shown_live import order, show_refusal
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.taking.qr import show_qr

VIEW, INVITES, REFUSED = "classroom_view", "classroom_invites", "classroom_not_closed"
"""The keys of what a teacher sees; session state: why the class could not be deleted."""


def lead(here: Here, recogniser: Recogniser, exercises: Exercises) -> Facts:
    """Show a class to its teacher; return what is true of it.

    Parameters
    ----------
    here : Here
    recogniser : Recogniser
    exercises : Exercises
        What the page asks.

    Raises
    ------
    StoreError
    """
    views = {"class": _("The class"), "own": _("Write digits yourself")}
    view = st.segmented_control(
        _("What you see"),
        list(views),
        format_func=views.__getitem__,
        default="class",
        key=VIEW,
        label_visibility="collapsed",
    )
    if view == "own":
        return take_part(here, recogniser)
    _invite(here)
    watch(here, recogniser)
    counts = class_learns(here, recogniser, exercises)
    tidy(here)
    _close(here)
    seen: Seen | None = st.session_state.get(SEEN)
    return facts(NONE_READ if seen is None else seen.result.right, counts)


def _invite(here: Here) -> None:
    """Show code and QR code, as large as a projector needs."""
    if not st.toggle(_("Code and QR code"), value=True, key=INVITES):
        return
    link = address(here.code)
    with st.container(border=True):
        code, picture = st.columns([1.6, 1], gap="large", vertical_alignment="center")
        with code:
            if is_here_alone():
                st.warning(
                    _(
                        "This address is understood by this computer alone. Open the page by an "
                        "address that learners can reach, such as this computer's in your network."
                    )
                )
            st.markdown(_("Scan the QR code, or open *Digits → Class* and enter:"))
            st.html(  # as large as there is room for its 14 letters and digits
                '<div style="container-type: inline-size"><p style="margin: 0; white-space: nowrap;'
                f' font: 700 11cqw/1.3 monospace">{codes.write_code(here.code)}</p></div>'
            )
            st.code(link, language=None, wrap_lines=True)
        with picture:
            show_qr(link, _("QR code of the link into this class"))
        st.caption(_("What learners read before they take part: {text}").format(text=consent(here)))


def _close(here: Here) -> None:
    """Offer to delete the class."""
    show_refusal(REFUSED)
    st.caption(
        _(
            "All digits of this class are deleted on {date}, or at once here. This browser leads "
            "the class by a cookie: another one cannot."
        ).format(date=moment(here.row.until))
    )
    with st.popover(_("Delete this class"), icon=":material/delete:"):
        st.markdown(
            _(
                "All digits are deleted at once, and the code opens nothing any more. Networks "
                "that you have kept stay."
            )
        )
        st.button(
            _("Delete for good"),
            key="classroom_close",
            type="primary",
            on_click=_delete,
            args=(here,),
        )


def _delete(here: Here) -> None:
    with order(REFUSED):
        store().classes.close(here.row.id)
        forget_learned()
        let_go(here.code)
        go_to("")
