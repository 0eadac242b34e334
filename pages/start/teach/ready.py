"""The lessons that ship: to be given as they are, or to begin with."""

import streamlit as st

from core.ladder import LADDER
from core.teach.lesson_link import ready
from core.teach.lesson_plan import LessonPlan
from pages.leading import begin
from pages.shared.i18n import _, language
from pages.start.teach.draft import take
from pages.start.teach.minutes import minutes

TITLES = {rung.name: rung.title for rungs in LADDER.values() for rung in rungs}


def ready_lessons() -> None:
    """Show them, with what each leads through."""
    st.header(_("Ready lessons"))
    st.caption(
        _(
            "In both languages. The minutes are our estimate, not measured with a class: reading "
            "at 200 words a minute, a minute for each step to set it up and watch it, 20 seconds "
            "for each guess and each answer. What you say to it, and a training, come on top."
        )
    )
    for name, plan in ready().items():
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            key=f"ready_{name}",
            border=True,
            width=700,
        ):
            st.markdown(f"**{plan.title.told(language())}**  \n{_pages(plan)}")
            st.button(
                _("Open"),
                key=f"ready_open_{name}",
                icon=":material/play_arrow:",
                on_click=begin,
                args=(plan,),
            )
            st.button(
                _("Begin with it"),
                key=f"ready_take_{name}",
                icon=":material/edit:",
                type="tertiary",
                on_click=take,
                args=(plan,),
            )


def _pages(plan: LessonPlan) -> str:
    pages = " → ".join(dict.fromkeys(_(TITLES[step.page]) for step in plan.steps))
    return _("{pages} · about {n} min").format(pages=pages, n=minutes(plan, language()))
