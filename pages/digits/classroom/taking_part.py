"""A learner's part: say yes, write ten digits, see how they are read, take them back."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits.bars import certainty
from core.digits.classroom import attempts
from core.digits.classroom.facts import NONE_READ, facts
from core.digits.classroom.gathered import gather
from core.digits.handwriting import asking
from core.digits.handwriting.asking import Sample
from core.digits.handwriting.score import UNSURE, Score, score
from core.digits.recognise import Recogniser
from core.learning.claims import Facts
from core.learning.exercises import Exercises
from core.messages import N_, InputError, require
from core.store.records import ClassRow, Mark
from pages.digits.classroom.arriving import Here, go_to, moment
from pages.digits.classroom.asked import guess, tell
from pages.runs.shown_live import order, show_refusal
from pages.shared.canvas import canvas, choose_pen, drawing, empty
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.owner import owner
from pages.shared.page import announce

HAND = "class_"
"""The name of this page's canvas."""

REFUSED, LEFT, N_SENT = "classroom_not_sent", "classroom_left", "classroom_n_sent"
"""Session state: why the last thing could not be done; that one takes part no longer; how often
something was sent."""

LOOK_EVERY = 10.0
"""Seconds between two looks whether the teacher has removed a digit, or a network has learned."""

ASKED = asking.to_ask(1)


def take_part(here: Here, recogniser: Recogniser, exercises: Exercises | None = None) -> Facts:
    """Show a learner's part of a class; return what is true of one's own digits and of the class.

    Parameters
    ----------
    here : Here
    recogniser : Recogniser
    exercises : Exercises, optional
        What the page asks; without it nothing is asked beforehand.

    Raises
    ------
    StoreError
    """
    pen_width = choose_pen()
    number = store().classes.number(here.row.id, owner())
    show_refusal(REFUSED)
    if number is None:
        _ask_consent(here)
        return facts(NONE_READ, here.row.learned)
    if exercises is not None:
        guess(exercises, here.row.learned)
    rows = store().classes.digits(here.row.id, number)
    digit = asking.next_digit(ASKED, [row.label for row in rows])
    samples = gather(rows).samples
    result = score(recogniser, samples)
    left, right = st.columns([1, 1.2], gap="medium")
    with left:
        if digit is None:
            st.success(_("All ten are there. Thank you!"), icon=":material/check_circle:")
            fragment(_look_again, run_every=LOOK_EVERY)(here.row, number, len(rows))
        else:
            st.header(_("Write a {digit}").format(digit=digit), anchor=False)
            _ask(here.row.id, digit, pen_width, st.session_state.get(N_SENT, 0))
    with right:
        st.metric(_("Your number in this class"), number)
        st.progress(len(rows) / 10, text=_("{n} of {all} digits").format(n=len(rows), all=10))
        if samples:
            _show_read(result, samples, max(rows, key=lambda row: row.written).label)
    tell(here.row.learned)
    _take_back(here, rows)
    return facts(result.right, here.row.learned)


def _ask_consent(here: Here) -> None:
    """Say what is kept, for how long and for whom, and ask before anything is."""
    if st.session_state.pop(LEFT, False):
        st.success(_("Your digits are deleted."))
    st.header(_("Do you take part?"))
    st.markdown(consent(here))
    st.button(
        _("I take part"),
        key="classroom_join",
        type="primary",
        icon=":material/check:",
        on_click=_join,
        args=(here.row.id,),
    )
    st.button(
        _("No, leave"),
        key="classroom_leave",
        type="tertiary",
        icon=":material/logout:",
        on_click=go_to,
        args=("",),
    )


def consent(here: Here) -> str:
    """Return what a learner, and a school, is to know beforehand."""
    return _(
        "You are asked for ten handwritten digits and for nothing else: no name, no address, no "
        "age. Of each digit 28×28 grey pixels are kept on this server, under a number that you "
        "get; your teacher sees them, and a network learns from them. Taking part is voluntary. "
        "**You can take your digits back at any moment**: they are deleted at once. All digits of "
        "this class are deleted when your teacher says so, at the latest on {date}. What a network "
        "has learned by then stays in it, if your teacher keeps it. Who is under age takes part if "
        "school and parents agree."
    ).format(date=moment(here.row.until))


def _join(class_id: str) -> None:
    with order(REFUSED):
        store().classes.join(class_id, owner())


@fragment
def _ask(class_id: str, digit: int, pen_width: int, n_sent: int) -> None:
    """Show the canvas; reruns alone after each stroke, until the digit is sent."""
    if st.session_state.get(N_SENT, 0) != n_sent:
        st.rerun()  # the whole page: the next digit is asked for, or why not is said
    image = canvas(pen_width, HAND)
    st.button(
        _("Send this {digit}").format(digit=digit),
        key="classroom_send",
        type="primary",
        icon=":material/send:",
        disabled=image is None or asking.take(digit, image) is None,
        on_click=_send,
        args=(class_id, digit),
    )


def _send(class_id: str, digit: int) -> None:
    """Send what is drawn, and only then empty the canvas."""
    image = drawing(HAND)
    sample = None if image is None else asking.take(digit, image)
    if sample is None:
        return
    st.session_state[N_SENT] = st.session_state.get(N_SENT, 0) + 1
    with order(REFUSED):
        require(
            attempts.SENT.take(f"{class_id} {owner()}"),
            N_("That was quick: wait a moment, and send it again. The drawing is still there."),
        )
        store().classes.add(class_id, owner(), digit, sample.pixels.tobytes())
        empty(HAND)


def _look_again(row: ClassRow, number: int, n_kept: int) -> None:
    """Ask for a digit again, if the teacher has removed one; tell what was learned meanwhile."""
    try:
        here = store().classes.get(row.id)
        now = sum(mark.hand == number for mark in store().classes.marks(row.id))
    except InputError:  # the next look may find it
        return
    if now != n_kept or here != row:
        st.rerun()


def _show_read(result: Score, samples: Sequence[Sample], newest: int) -> None:
    """Show how the digits are read, and say it of the newest."""
    place = [sample.label for sample in samples].index(newest)
    read_as = int(result.read_as[place])
    if read_as == UNSURE:
        told = _("You wrote **{label}**. The network is **unsure**.").format(label=newest)
    else:
        sentence = (
            _("You wrote **{label}**. The network reads **{read}**, {p} % sure.")
            if read_as == newest
            else _("You wrote **{label}**, but the network reads **{read}**, {p} % sure.")
        )
        sure = certainty(result.probabilities[place].max()).replace(" ", "\u00a0")
        told = sentence.format(label=newest, read=read_as, p=sure)
    st.markdown(told)
    announce(told.replace("**", ""))
    unsure = _("unsure")
    captions = [
        f"{sample.label} → {unsure if read == UNSURE else read}"
        for sample, read in zip(samples, result.read_as, strict=True)
    ]
    st.image([_enlarged(sample) for sample in samples], width=72, caption=captions, alt=captions)


def _enlarged(sample: Sample) -> NDArray[np.uint8]:
    return sample.pixels.repeat(3, axis=0).repeat(3, axis=1)


def _take_back(here: Here, rows: Sequence[Mark]) -> None:
    """Offer to take back the last digit, or all."""
    with st.container(horizontal=True):
        st.button(
            _("Take the last one back"),
            key="classroom_back",
            icon=":material/undo:",
            disabled=not rows,
            on_click=_undo,
            args=(here.row.id,),
        )
        with st.popover(_("Take my digits back"), icon=":material/delete:"):
            st.markdown(_("All your digits are deleted at once, and you take part no longer."))
            st.button(
                _("Delete my digits"),
                key="classroom_take_back",
                type="primary",
                on_click=_leave,
                args=(here.row.id,),
            )
    st.caption(consent(here))


def _undo(class_id: str) -> None:
    with order(REFUSED):
        number = store().classes.number(class_id, owner())
        rows = [] if number is None else store().classes.digits(class_id, number)
        if rows:
            newest = max(rows, key=lambda row: row.written)
            store().classes.remove(class_id, newest.hand, newest.label)


def _leave(class_id: str) -> None:
    with order(REFUSED):
        store().classes.leave(class_id, owner())
        empty(HAND)
        st.session_state[LEFT] = True
