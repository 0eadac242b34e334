"""A lesson as a package for a learning platform, made once it is asked for."""

import streamlit as st

from core.start.teach.packaging import package_of
from core.teach.lesson_link import as_file
from core.teach.lesson_plan import LessonPlan
from pages.shared.fragment import fragment
from pages.shared.i18n import _, language
from pages.taking.made import made_once_asked_for


@fragment
def for_platform(plan: LessonPlan, app: str) -> None:
    """Offer the package; nothing is made before one asks for it.

    Parameters
    ----------
    plan : LessonPlan
    app : str
        The address of this app.
    """
    fold = st.expander(
        _("For a learning platform (SCORM 1.2)"),
        icon=":material/school:",
        key="teach_platform",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        st.markdown(
            _(
                "One file for platforms that take SCORM 1.2, such as Moodle: the tasks, the "
                "players at the steps' settings, and the questions, in the language you read "
                "now. The platform gets the score in per cent, where the first answer to each "
                "question counts, and whether the lesson was completed. Controls, guesses and "
                "challenges stay in the app: each step has a link to it."
            )
        )
        _package(plan, app)


def _package(plan: LessonPlan, app: str) -> None:
    package = made_once_asked_for(
        "teach_package",
        (plan.mark, language(), app),
        lambda: package_of(as_file(plan), language(), app),
        ask=_("Make the package"),
        icon=":material/deployed_code:",
        wait=_("Each page is opened once: this takes some seconds a step."),
    )
    if package:
        st.download_button(
            _("Lesson (SCORM 1.2)"),
            package,
            file_name=f"lesson_{plan.mark:04x}.zip",
            mime="application/zip",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )
