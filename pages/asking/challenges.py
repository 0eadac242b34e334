"""The challenges of a page: a goal to reach with its controls, checked by the run that is shown."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.learning.claims import Facts, all_hold
from core.learning.exercises import Challenge, Exercises
from pages.asking import record
from pages.asking.experiment import asks
from pages.asking.refuting import is_shown, show
from pages.shared import page_parts as parts
from pages.shared.i18n import _, language
from pages.shared.page import announce

HINTS = "hints"
"""Session state: how many hints of each challenge are told, by its name."""

WAYS = "ways"
"""Session state: the names of the challenges whose way was shown."""


def challenges(exercises: Exercises, found: Callable[[], Facts]) -> None:
    """Show a page's challenges, and which of them the run has reached, now or ever.

    Parameters
    ----------
    exercises : Exercises
        What the page asks.
    found : callable
        Returns the facts of the run that the player shows.
    """
    if not exercises.challenges or not asks():
        return
    st.header(_("Challenges"))
    st.caption(_("Try them with the controls of this page: it notices when you have done one."))
    reached = partial(_reached, exercises, found)
    parts.show(partial(_note, exercises, found), key="reached", follows=reached)
    for challenge in exercises.challenges:
        name = f"challenge_{challenge.id}"
        with st.container(border=True, key=name):
            parts.show(
                partial(_challenge, exercises.page, challenge, found),
                key=name,
                follows=partial(_told, challenge, found),
            )


def _reached(exercises: Exercises, found: Callable[[], Facts]) -> list[str]:
    """Return the names of the challenges that the run has reached."""
    return [one.id for one in exercises.challenges if all_hold(one.goal, found())]


def _told(challenge: Challenge, found: Callable[[], Facts]) -> list[object]:
    """Return what is told of a challenge, in the reader's language, and whether it is reached."""
    texts = [challenge.text, challenge.done, *challenge.hints]
    told = [text.told(language(), found()) for text in texts]
    return [*told, all_hold(challenge.goal, found())]


def _note(exercises: Exercises, find: Callable[[], Facts]) -> None:
    """Note the challenges that the run has reached for the first time, and say so."""
    page, found, done = exercises.page, find(), list[str]()
    for challenge in exercises.challenges if not is_shown() else ():
        name = f"{page}/{challenge.id}"
        entry = record.progress().entries.get(name)
        if not (entry and entry.is_right) and all_hold(challenge.goal, found):
            was_shown = name in st.session_state.get(WAYS, ())
            record.note(name, right=True, answer="way" if was_shown else "")
            done.append(challenge.done.told(language(), found))
    if done:
        announce(" ".join(done), key="reached")
        with st.container(key="record_of_challenges"):
            record.keep("record_challenges")


def _challenge(page: str, challenge: Challenge, find: Callable[[], Facts]) -> None:
    """Show a challenge, by itself: a hint runs nothing else of the page."""
    found = find()
    name, code = f"{page}/{challenge.id}", language()
    entry = record.progress().entries.get(name)
    is_done = entry is not None and entry.is_right
    icon = ":material/check_circle:" if is_done else ":material/flag:"
    row = st.container(horizontal=True, vertical_alignment="center")
    row.markdown(f"{icon} {challenge.text.told(code, found)}")
    if is_done:
        if all_hold(challenge.goal, found):
            st.success(challenge.done.told(code, found), icon=":material/check_circle:")
        return
    told = st.session_state.setdefault(HINTS, {}).setdefault(name, 0)
    for hint in challenge.hints[:told]:
        st.info(hint.told(code, found), icon=":material/lightbulb:")
    if told < len(challenge.hints):
        row.button(
            _("Hint") if told == 0 else _("Another hint"),
            key=f"hint_{challenge.id}",
            icon=":material/lightbulb:",
            type="tertiary",
            on_click=_tell_hint,
            args=(name,),
        )
    elif challenge.way_told and name in st.session_state.get(WAYS, ()):
        st.info(challenge.way_told.told(code, found), icon=":material/route:")
    elif challenge.way or challenge.way_told:
        row.button(
            _("Show me a way"),
            key=f"way_{challenge.id}",
            icon=":material/route:",
            type="tertiary",
            on_click=_go,
            args=(page, challenge, name),
        )


def _tell_hint(name: str) -> None:
    st.session_state[HINTS][name] += 1


def _go(page: str, challenge: Challenge, name: str) -> None:
    st.session_state.setdefault(WAYS, set()).add(name)
    if challenge.way:  # else it is told
        show(page, name, f"challenge_{challenge.id}", challenge.way, challenge.done)
