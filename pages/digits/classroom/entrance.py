"""The way into a class: by its code, or by opening one."""

import streamlit as st

from core.digits.classroom import attempts, codes
from core.digits.classroom.codes import Held
from core.messages import N_, require
from core.store.classes import MOST_DAYS, MOST_HANDS
from pages.digits.classroom.arriving import go_to, held, hold
from pages.runs.shown_live import order, show_refusal
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.owner import owner

TYPED, DAYS = "classroom_typed", "classroom_days"
"""The keys of the field for the code, and of the choice how long a class lasts."""

NEXT, REFUSED = "classroom_next", "classroom_refused"
"""Session state: code and key of the class that is opened next; why none could be opened."""


def enter() -> None:
    """Show both ways."""
    learner, teacher = st.columns(2, gap="large")
    with learner:
        st.header(_("Take part"))
        with st.form("classroom_enter", border=False):
            st.text_input(
                _("Code of your class"),
                key=TYPED,
                max_chars=codes.LONGEST,
                placeholder=codes.write_code("K7QM2XVB9RTC"),
                help=_("Your teacher shows it. Small letters and blanks do not matter."),
            )
            st.form_submit_button(
                _("Enter"), key="classroom_go", icon=":material/login:", on_click=_go
            )
    with teacher:
        st.header(_("Open a class"))
        st.markdown(
            _(
                "For teachers: learners come by a code or a QR code, without accounts and without "
                "names, {most} at most. Their digits arrive here while they write."
            ).format(most=MOST_HANDS)
        )
        days = {1: _("one day"), 7: _("7 days"), MOST_DAYS: _("{n} days").format(n=MOST_DAYS)}
        st.selectbox(
            _("All of it is deleted after"),
            list(days),
            format_func=days.__getitem__,
            key=DAYS,
            help=_("You can delete the class at any time before, and with it all its digits."),
        )
        st.button(
            _("Open a class"),
            key="classroom_open",
            type="primary",
            icon=":material/school:",
            on_click=_open,
        )
        show_refusal(REFUSED)
        for one in reversed(held()):
            st.button(
                _("Your class {code}").format(code=codes.write_code(one.code)),
                key=f"classroom_{one.code}",
                icon=":material/arrow_forward:",
                type="tertiary",
                on_click=go_to,
                args=(codes.write_code(one.code),),
            )


def _go() -> None:
    typed: str = st.session_state[TYPED].strip()
    go_to(codes.write_code(code) if (code := codes.read_code(typed)) else typed)


def _open() -> None:
    """Open a class and go there, once however often the click arrives."""
    new: Held = st.session_state.setdefault(NEXT, Held(codes.new_code(), codes.new_key()))
    with order(REFUSED):
        require(
            attempts.OPENED.take(), N_("Many classes were opened just now: try again in an hour.")
        )
        store().classes.open(
            codes.class_id(new.code), owner(), codes.key_hash(new.key), st.session_state[DAYS]
        )
        st.session_state.pop(NEXT, None)
        hold(new)
        go_to(codes.write_code(new.code))
