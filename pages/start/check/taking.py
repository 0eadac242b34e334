"""The test as it is taken: one question at a time, and nothing said about the answers."""

from collections.abc import Sequence

import streamlit as st

from core.learning import concepts
from core.learning.answers import answered, entry
from core.learning.concepts import DO_NOT_KNOW, Answer
from core.learning.exercises import Question
from pages.asking import experiment, record
from pages.shared.i18n import _, language
from pages.shared.page import announce

HALF, PLACE, MISSING = "check_half", "check_place", "check_missing"
"""Session state: the half that is being taken, the place of the item that is shown, and whether it
was left without an answer just now."""


def half_being_taken() -> str | None:
    """Return the half that is being taken."""
    half: str | None = st.session_state.get(HALF)
    return half


def begin_button(half: str, answers: Sequence[Answer]) -> None:
    """Show the button that begins a half, or goes on where it was left."""
    n_answered = sum(answer is not None for answer in answers)
    if n_answered:
        label = _("Go on with question {n}").format(n=answers.index(None) + 1)
    else:
        label = _("Begin") if half == "before" else _("I have climbed: answer them again")
    st.button(
        label,
        key="check_begin",
        type="primary" if half == "before" or n_answered else "secondary",
        icon=":material/play_arrow:",
        on_click=_begin,
        args=(half,),
    )


def _begin(half: str) -> None:
    experiment.current_learner()  # draws the browser's number, which the frame has it keep
    st.session_state[HALF] = half
    st.session_state[PLACE] = answered(record.progress(), half).index(None)


def take(half: str) -> None:
    """Show one item, and the ways to the next and back."""
    with st.container(key="check_taken"):
        _show(half)


def _show(half: str) -> None:
    items, place = concepts.items(), st.session_state[PLACE]
    item, n = items[place], len(items)
    position = _("Question {n} of {all}").format(n=place + 1, all=n)
    st.progress(place / n, text=position)
    text = item.text.told(language())
    announce(f"{position} {text}")
    st.markdown(f"**{text}**")
    with st.form("check_form", border=False):  # so that the focus stays on the button
        _ask(half, item, text)
        if st.session_state.pop(MISSING, False):
            st.error(_("Choose an answer first."))
        with st.container(horizontal=True):
            st.form_submit_button(
                _("Back"),
                key="check_back",
                icon=":material/arrow_back:",
                disabled=place == 0,
                on_click=_go,
                args=(-1,),
            )
            st.form_submit_button(
                _("Next") if place + 1 < n else _("Done"),
                key="check_next",
                icon=":material/arrow_forward:" if place + 1 < n else ":material/check:",
                type="primary",
                on_click=_answer,
                args=(half, item),
            )
    st.button(
        _("Leave off here: what you have answered is kept"),
        key="check_leave",
        type="tertiary",
        on_click=_leave,
    )


def _ask(half: str, item: Question, label: str) -> None:
    texts = [_("I do not know"), *(choice.text.told(language()) for choice in item.choices)]
    values = [*range(1, len(texts)), DO_NOT_KNOW]
    given = answered(record.progress(), half)[concepts.items().index(item)]
    st.radio(
        label,
        values,
        index=None if given is None else values.index(given),
        format_func=texts.__getitem__,
        key=_key(half, item),
        label_visibility="collapsed",
    )


def _key(half: str, item: Question) -> str:
    return f"check_{half}_{item.id}"


def _answer(half: str, item: Question) -> None:
    answer: Answer = st.session_state[_key(half, item)]
    if answer is None:
        st.session_state[MISSING] = True
        return
    right = concepts.is_right(item, answer)
    record.note(entry(half, item.id), right=right, answer=str(answer))
    _go(1)


def _go(by: int) -> None:
    st.session_state[PLACE] += by
    if st.session_state[PLACE] == len(concepts.items()):
        _leave()


def _leave() -> None:
    st.session_state[HALF] = None
