"""What a learner hands in of a lesson, as a file or a code; nothing is sent by itself."""

import secrets

import streamlit as st

from core.teach.lesson_plan import LessonPlan
from core.teach.lesson_results import LONGEST_NAME, Results, code, items, row, write_csv
from pages.asking import record
from pages.leading.lesson_led import runs
from pages.shared.i18n import _

LEARNER = "lesson/learner"
"""The name of the entry in which a browser keeps its random number."""


def hand_in(plan: LessonPlan) -> None:
    """Offer the results of a lesson."""
    entries = record.progress().entries
    done = [entries[item.name] for item in items(plan) if item.name in entries]
    st.success(
        _("Done: {n} of {all} answered, {right} right.").format(
            n=len(done), all=len(items(plan)), right=sum(entry.is_right for entry in done)
        )
    )
    name = st.text_input(
        _("The name or number that your teacher knows, if they ask for one"),
        key="lesson_name",
        max_chars=LONGEST_NAME,
        help=_("It goes into your file, and nowhere else."),
    )
    results = Results(plan, _learner(), name.strip(), entries, runs(plan))
    st.markdown(
        _(
            "Hand in the file, or copy the code: it has your answers, whether they were right, and "
            "a random name. Nothing is sent by itself."
        )
    )
    st.code(code(results), language=None, wrap_lines=True)
    st.download_button(
        _("Download your results (CSV)"),
        write_csv([row(results)]),
        file_name=f"lesson_{results.learner:06x}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _learner() -> int:
    """Return the random number of this browser, drawn when it first hands in."""
    kept = record.progress().entries.get(LEARNER)
    try:
        return int(kept.answer, 16) & 0xFFFFFF if kept else _drawn()
    except ValueError:
        return _drawn()


def _drawn() -> int:
    number = secrets.randbits(24)
    record.note(LEARNER, right=False, answer=f"{number:06x}")
    return number
