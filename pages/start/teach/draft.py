"""A lesson that a teacher puts together, kept by this visit and by the page's address."""

from typing import Any

import streamlit as st

from core.messages import InputError
from core.start.teach.own_question import read_questions, write_questions
from core.teach.lesson_link import LARGEST, pack, read_file, unpack
from core.teach.lesson_plan import LessonPlan, read
from pages.leading import begin
from pages.shared import link
from pages.shared.i18n import _, language
from pages.start.teach.handing_out import hand_out
from pages.start.teach.step_fields import Draft, new_step, step_fields

DRAFT, TITLE = "teach_draft", "teach_title"
OPENED, REFUSED = "teach_opened", "teach_refused"
"""Session state: the steps and the title; the lesson of the last file, or what is wrong with it."""

IN_LINK = "draft"
"""The parameter of the link that holds the lesson as it was when it was last one."""

MOST_STEPS = 8


def draft() -> None:
    """Show what a lesson is made of, and what becomes of it."""
    st.header(_("Your lesson"))
    if DRAFT not in st.session_state:
        _take_from_link()
    _open_file()
    steps: list[Draft] = st.session_state.setdefault(DRAFT, [new_step()])
    title = st.text_input(_("Title"), key=TITLE, max_chars=100)
    for number, step in enumerate(steps, 1):
        step_fields(step, number, remove=_remove if len(steps) > 1 else None)
    if len(steps) < MOST_STEPS:
        st.button(_("One more step"), key="teach_more", icon=":material/add:", on_click=_add)
    if not title.strip() or not all(step.task.strip() for step in steps):
        st.info(_("Give the lesson a title, and each step a task. Then its link stands here."))
        return
    try:
        plan = read({"title": title, "steps": [_said(step) for step in steps]})
    except InputError as error:
        st.error(error.translated(_))
        return
    _keep_in_link(plan)
    hand_out(plan)


def _said(step: Draft) -> dict[str, Any]:
    """A step as a file has it."""
    return {
        "page": step.page,
        "settings": step.settings,
        "hidden": step.hidden,
        "locked": step.locked,
        "task": step.task,
        "guidance": step.guidance,
        "questions": step.questions,
        "own": read_questions(step.own),
    }


def take(plan: LessonPlan) -> None:
    """Make a lesson the draft, in the reader's language; a callback."""
    state, code = st.session_state, language()
    state[TITLE] = _told(plan.data["title"], code)
    state[DRAFT] = [
        new_step(
            page=step["page"],
            settings=step.get("settings", ""),
            hidden=step.get("hidden", []),
            locked=step.get("locked", []),
            task=_told(step["task"], code),
            guidance=step.get("guidance", "all"),
            questions=step.get("questions", []),
            own=write_questions(step.get("own", []), code),
        )
        for step in plan.data["steps"]
    ]


def _keep_in_link(plan: LessonPlan) -> None:
    """Have the page's address hold the lesson, if it is short enough: a reload brings it back."""
    packed = pack(plan) or ""
    link.keep(IN_LINK, packed)
    link.say(IN_LINK, [packed] if packed else [], is_step=False)


def _take_from_link() -> None:
    text = link.read(IN_LINK)
    if text:
        try:
            take(unpack(text))
        except InputError as error:
            st.session_state[REFUSED] = error


def _told(text: Any, code: str) -> str:
    return str(text if isinstance(text, str) else text.get(code, text["en"]))


def _open_file() -> None:
    with st.popover(_("Open a lesson's file"), icon=":material/upload_file:"):
        st.file_uploader(
            _("A lesson as JSON"),
            type=["json"],
            key="teach_file",
            max_upload_size=1,
            on_change=_take_file,
        )
        opened: LessonPlan | None = st.session_state.get(OPENED)
        if opened is not None:
            st.button(
                _("Begin this lesson"),
                key="teach_begin",
                type="primary",
                on_click=begin,
                args=(opened,),
            )
    if error := st.session_state.get(REFUSED):
        st.error(error.translated(_))


def _take_file() -> None:
    state = st.session_state
    state[REFUSED] = state[OPENED] = None
    if file := state.get("teach_file"):
        try:
            state[OPENED] = plan = read_file(file.getvalue()[: LARGEST + 1])
            take(plan)
        except InputError as error:
            state[REFUSED] = error


def _add() -> None:
    st.session_state[DRAFT].append(new_step())


def _remove(step: Draft) -> None:
    st.session_state[DRAFT].remove(step)
