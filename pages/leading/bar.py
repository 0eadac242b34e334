"""The bar above a page of a lesson: the task, which step it is, and the way on."""

import streamlit as st

from core.messages import InputError
from core.teach.lesson_plan import LessonPlan
from core.teach.lesson_plan import Step as PlannedStep
from pages.asking import LED
from pages.leading.lesson_end import hand_in
from pages.leading.lesson_led import REFUSED, Led, go_to, leave, led
from pages.shared.i18n import _, language

FINISHED = "lesson_finished"
"""Session state: the mark of the lesson whose end was reached."""


def bar() -> None:
    """Show the bar, if the reader is led through a lesson, and hide and lock what it says."""
    refused: InputError | None = st.session_state.get(REFUSED)
    if refused is not None:
        st.error(refused.translated(_))
    now = led()
    if now is None:
        return
    step: PlannedStep | None = st.session_state[LED]
    with st.container(border=True, key="lesson_bar", gap="small"):
        st.progress(
            now.number / len(now.plan.steps),
            text=_("{title} · step {n} of {all}").format(
                title=now.plan.title.told(language()), n=now.number, all=len(now.plan.steps)
            ),
        )
        if step is None:
            st.markdown(_("This page is another one than that of this step."))
        else:
            st.markdown(step.task.told(language()))
        with st.container(horizontal=True, key="lesson_ways"):
            _ways(now, is_there=step is not None)
        if st.session_state.get(FINISHED) == now.plan.mark:
            hand_in(now.plan)


def _ways(now: Led, *, is_there: bool) -> None:
    plan, number = now.plan, now.number
    if not is_there:
        st.button(
            _("To step {n}").format(n=number),
            key="lesson_there",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=go_to,
            args=(plan, number),
        )
    else:
        st.button(
            _("Previous step"),
            key="lesson_back",
            icon=":material/arrow_back:",
            disabled=number == 1,
            on_click=go_to,
            args=(plan, number - 1),
        )
        is_last = number == len(plan.steps)
        st.button(
            _("Finish") if is_last else _("Next step"),
            key="lesson_next",
            type="primary",
            icon=":material/check:" if is_last else ":material/arrow_forward:",
            on_click=_finish if is_last else go_to,
            args=(plan,) if is_last else (plan, number + 1),
        )
    st.button(_("Leave the lesson"), key="lesson_leave", type="tertiary", on_click=leave)


def _finish(plan: LessonPlan) -> None:
    st.session_state[FINISHED] = plan.mark
