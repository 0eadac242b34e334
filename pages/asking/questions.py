"""The questions of a page: one answers, is told why, and shown a run where the answer is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from string import ascii_uppercase

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.svg import small_curves
from core.learning.claims import Facts
from core.learning.exercises import Exercises, Question
from core.learning.judge import judge, read_number
from pages.asking import record
from pages.asking.experiment import asks
from pages.asking.refuting import facts_of_question, show
from pages.shared import page_parts as parts
from pages.shared.fragment import fragment
from pages.shared.i18n import _, language
from pages.shared.page import announce

ANSWERS, AGAIN = "answers", "answers_again"
"""Session state: the last answer to each question, by its name; and where it was asked again."""

Pictures = Mapping[str, NDArray[np.float64]]
"""The losses that each picture shows, by the name that a choice has for it: one row or two."""


@dataclass(frozen=True)
class Answer:
    """An answer.

    Parameters
    ----------
    value : int or float
        The place of the choice, or the number.
    text : str
        The question as it was asked: with another run's numbers it is another one.
    facts : mapping
        Of the run that it was about.
    """

    value: float
    text: str
    facts: Facts


def questions(
    exercises: Exercises, found: Callable[[], Facts], pictures: Pictures | None = None
) -> None:
    """Ask a page's questions, after its player and verdict.

    Parameters
    ----------
    exercises : Exercises
        What the page asks.
    found : callable
        Returns the facts of the run that the player shows.
    pictures : mapping of str to array, optional
        The losses over equal shares of a run that choices are drawn with: of shape (n,), or (2, n)
        with those of what is kept apart.
    """
    if not exercises.questions or not asks():
        return
    st.header(_("Questions"))
    for question in exercises.questions:
        name = f"question_{question.id}"
        with st.container(border=True, key=name):
            parts.show(
                partial(_ask_of_run, exercises.page, question, found, pictures),
                key=name,
                follows=partial(_asked, question, found),
            )


def _ask_of_run(
    page: str, question: Question, found: Callable[[], Facts], pictures: Pictures | None
) -> None:
    ask(page, question, found(), pictures)


def _asked(question: Question, found: Callable[[], Facts]) -> list[str]:
    """Return what is asked of the run, in the reader's language."""
    told = [question.text, *(one.text for one in question.choices)]
    return [text.told(language(), found()) for text in told]


@fragment
def ask(
    page: str,
    question: Question,
    found: Facts,
    pictures: Pictures | None = None,
    *,
    elsewhere: bool = False,
) -> None:
    """Ask a question, by itself: an answer runs nothing else of the page.

    Parameters
    ----------
    page : str
        The page that it belongs to.
    question : Question
    found : mapping of str to int, float or str
    pictures : mapping of str to array, optional
    elsewhere : bool, default=False
        It is asked again, on another page, which can show no run of it.
    """
    name = f"{page}/{question.id}"
    facts = facts_of_question(name, found)
    text = question.text.told(language(), facts)
    answers = st.session_state.setdefault(AGAIN if elsewhere else ANSWERS, {})
    answer = _last_answer(answers, name, question, text)
    if answer is None and not elsewhere:
        answer = _kept_answer(name, question, text, facts)
    heading = st.empty()
    with st.form(f"form_{question.id}", border=False):
        said = _field(question, text, answer, pictures or {}, facts)
        is_new = st.form_submit_button(_("Check"), key=f"check_{question.id}")
    if is_new and said is not None:
        answer = answers[name] = Answer(said, text, facts)
        right = judge(question, said, facts).is_right
        record.note(name, right=right, answer=f"{said:g}")
        with st.container(key=f"record_of_{question.id}"):
            record.keep(f"record_{question.id}")
    entry = record.progress().entries.get(name)
    is_done = entry is not None and entry.is_right and not (elsewhere and answer is None)
    heading.markdown(f":material/{'check_circle' if is_done else 'help'}: {text}")
    if is_new and said is None:
        with_choices, without = _("Choose an answer first."), _("Type a number, such as 0.5 or −3.")
        st.error(with_choices if question.choices else without)
    elif answer is not None:
        _tell(page, question, name, answer, shows=not elsewhere, is_new=is_new)


def _last_answer(
    answers: Mapping[str, Answer], name: str, question: Question, text: str
) -> Answer | None:
    """Return the last answer of this visit; a number's only if the question is still the same."""
    answer = answers.get(name)
    return answer if answer and (question.choices or answer.text == text) else None


def _kept_answer(name: str, question: Question, text: str, facts: Facts) -> Answer | None:
    """Return the choice of an earlier visit. A number was about another run, perhaps."""
    entry = record.progress().entries.get(name)
    if entry is None or not entry.answer.isdecimal():
        return None
    place = int(entry.answer)
    return Answer(place, text, facts) if place < len(question.choices) else None


def _field(
    question: Question, text: str, answer: Answer | None, pictures: Pictures, facts: Facts
) -> float | None:
    """Show what one answers with; return the place of the choice, or the number, None if none."""
    if not question.choices:
        typed = st.text_input(
            text,
            key=f"answer_{question.id}",
            label_visibility="collapsed",
            placeholder=_("a number"),
            max_chars=40,
            width=160,
        )
        return read_number(typed)
    told = [one.text.told(language(), facts) for one in question.choices]
    if any(one.picture for one in question.choices):
        told = [f"**{letter}** · {one}" for letter, one in zip(ascii_uppercase, told, strict=False)]
        _draw(question, pictures)
    key = f"answer_{question.id}"
    if answer is not None and st.session_state.get(key) is None:  # it came from the browser
        st.session_state[key] = int(answer.value)
    picked: int | None = st.radio(
        text,
        range(len(told)),
        index=None,
        format_func=told.__getitem__,
        key=key,
        label_visibility="collapsed",
    )
    return picked


def _draw(question: Question, pictures: Pictures) -> None:
    """Draw the pictures of the choices beside each other, on one axis."""
    drawn = [pictures[one.picture] for one in question.choices if one.picture]
    top = max(float(np.nanmax(one)) for one in drawn)
    curves = "".join(
        small_curves(pictures[one.picture], top, letter)
        for letter, one in zip(ascii_uppercase, question.choices, strict=False)
        if one.picture
    )
    st.markdown(f'<div class="choices">{curves}</div>', unsafe_allow_html=True)


def _tell(
    page: str, question: Question, name: str, answer: Answer, *, shows: bool, is_new: bool
) -> None:
    """Say why an answer is right, or what is wrong with it, and offer to show that."""
    said = judge(question, answer.value, answer.facts)
    why = said.why.told(language(), answer.facts)
    if said.is_right:
        st.success(why, icon=":material/check_circle:")
    else:
        st.warning(why, icon=":material/lightbulb:")
    if is_new:
        announce(why, key=f"judged_{question.id}")
    if (refutation := said.refutation) is None or not shows:
        return
    st.button(
        _("Show me"),
        key=f"show_{question.id}",
        icon=":material/visibility:",
        on_click=show,
        args=(
            page,
            name,
            f"question_{question.id}",
            refutation.settings,
            said.why,
            answer.facts,
        ),
    )
