"""The lesson that the reader is led through: as the link says, else as a file that was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from core.ladder import PATHS
from core.link.kinds import Table
from core.link.parameters import PARAMETERS, of_page, usual
from core.messages import InputError
from core.teach.lesson_link import LESSON, STEP, pack, unpack
from core.teach.lesson_plan import LessonPlan
from core.teach.lesson_plan import Step as PlannedStep
from pages.asking import LED
from pages.shared import link
from pages.shared.charts.orders import PLAYER, put_player
from pages.shared.choice import CURRENT_PAGE
from pages.shared.i18n import _
from pages.shared.page import NOTHING_TO_TRY

SCRIPT = Path(__file__).resolve().parents[2] / "assets" / "locked.js"

_locked = st.components.v2.component("locked", js=SCRIPT.read_text("utf-8"))

FROM_FILE, REFUSED, GOING, RUNS = "lesson_file", "lesson_refused", "lesson_going", "lesson_runs"
"""Session state: a lesson too long for a link; what is wrong with the link's; the page that the
reader is to be led to; and what was set at each step, by the lesson and the step's number."""


@dataclass(frozen=True)
class Led:
    """A lesson, and the number of the step that one is at."""

    plan: LessonPlan
    number: int

    @property
    def step(self) -> PlannedStep:
        """The step."""
        return self.plan.steps[self.number - 1]


def led() -> Led | None:
    """Return the lesson that the reader is led through."""
    found: Led | None = st.session_state.get("lesson_led")
    return found


def arrive(page: str) -> None:
    """Take the lesson from the link, and go where a callback has led; the app does so in every run.

    Parameters
    ----------
    page : str
        The address of the page being shown.
    """
    state = st.session_state
    going = state.pop(GOING, None)
    if going is not None and going != page:
        st.switch_page(PATHS[going])
    state[REFUSED] = None
    text, number = link.read(LESSON), link.read(STEP) or 1
    plan: LessonPlan | None = state.get(FROM_FILE)
    if text:
        try:
            plan = unpack(text)
        except InputError as error:
            state[REFUSED] = error
            text = ""
    link.keep(LESSON, text or "")
    link.keep(STEP, number if plan else 1)
    now = Led(plan, min(number, len(plan.steps))) if plan else None
    step = now.step if now and now.step.page == page else None
    state["lesson_led"], state[LED] = now, step
    state[NOTHING_TO_TRY] = step is not None and step.guidance != "all"
    if now is None:
        return
    _hold(step)
    _note_run()


def _hold(step: PlannedStep | None) -> None:
    """Hide controls of the page, and lock others, by their keys, which are their names."""
    hidden, locked = (step.hidden, step.locked) if step else ((), ())
    if hidden:
        st.html(f"<style>{_selector(hidden)} {{ display: none !important }}</style>")
    with st.container(key="lesson_locks"):
        said = _("Locked by the lesson")
        _locked(key="locked", data={"selector": _selector(locked), "said": said})


def _selector(names: Sequence[str]) -> str:
    return ", ".join(f".st-key-{name}, .st-key-{name}_slider" for name in names)


def _note_run() -> None:
    """Note what is set at the step that is shown; a control that is moved does not run this."""
    now, step = led(), st.session_state.get(LED)
    if now is not None and step is not None:
        noted = st.session_state.setdefault(RUNS, {})
        noted[now.plan.mark, now.number] = _set_on(step.page)


def runs(plan: LessonPlan) -> dict[int, str]:
    """Return what was set at each step when it was last seen, as in a link."""
    _note_run()
    kept: Mapping[tuple[int, int], str] = st.session_state.get(RUNS, {})
    return {number: said for (mark, number), said in kept.items() if mark == plan.mark}


def _set_on(page: str) -> str:
    kept = st.session_state.get(link.KEPT, {})
    here = [one.name for one in of_page(page) if one.pages]
    return urlencode({name: kept[name] for name in here if name in kept}, doseq=True)


def begin(plan: LessonPlan) -> None:
    """Lead the reader to the first step of a lesson; for a callback."""
    packed = pack(plan)
    st.session_state[FROM_FILE] = plan if packed is None else None
    _set({LESSON: packed or ""}, plan.steps[0].page)
    go_to(plan, 1)


def leave() -> None:
    """Be led no longer; for a callback."""
    st.session_state[FROM_FILE] = None
    link.go({LESSON: "", STEP: 1})


def go_to(plan: LessonPlan, number: int) -> None:
    """Lead the reader to a step, whose page is set as the lesson says; for a callback."""
    _note_run()
    step = plan.steps[number - 1]
    names = [p.name for p in of_page(step.page) if p.pages and not isinstance(p.kind, Table)]
    _set({STEP: number} | usual(*names) | dict(step.settings), step.page)
    st.session_state[GOING] = step.page


def _set(values: Mapping[str, Any], page: str) -> None:
    """Set controls; another page gets them into its address as it is opened."""
    if page == st.session_state.get(CURRENT_PAGE):
        link.go(values)
        put_player("start", in_sight=PLAYER)
        return
    st.session_state.update({name: value for name, value in values.items() if name in PARAMETERS})
    for name, value in values.items():
        link.keep(name, value)
