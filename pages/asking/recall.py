"""Before a rung, one question of an earlier one: of what was wrong, or is long ago."""

import time
from collections.abc import Iterator
from pathlib import Path

import streamlit as st

from core.ladder import LADDER, Rung
from core.learning.exercises import Exercises, load
from core.learning.progress import to_recall
from pages.asking import record
from pages.asking.questions import ask
from pages.shared import link
from pages.shared.fragment import fragment
from pages.shared.i18n import _

ROOT = Path(__file__).resolve().parents[2]

RECALLED = "recalled"
"""Session state: the name of the question that is asked again, by the page that it stands on."""


def exercises_of(rung: Rung) -> Exercises | None:
    """Return what a rung's page asks; None if it asks nothing."""
    path = ROOT / Path(rung.path).with_name("exercises.toml")
    return load(path) if path.exists() else None


def recall(page: str) -> None:
    """Offer one question of an earlier rung in a fold of one line, if one is due.

    It is chosen once a visit, where the page is opened and the record is known: what appeared a
    moment later would push the page down. Only questions that are not about a run are asked on
    another page.
    """
    if st.session_state.get("lesson_led"):
        return  # a lesson asks what the teacher wants asked
    recalled = st.session_state.setdefault(RECALLED, {})
    if page not in recalled and record.progress().entries and link.is_new():
        due = to_recall(record.progress(), list(_earlier(page)), int(time.time()))
        recalled[page] = due
    if recalled.get(page) is not None:
        _fold(recalled[page])


def _earlier(page: str) -> Iterator[str]:
    """The names of the questions below a page that were answered before."""
    known = {name.partition("/")[0] for name in record.progress().entries}
    for rung in (rung for rungs in LADDER.values() for rung in rungs):
        if rung.name == page:
            return
        if rung.name in known and (exercises := exercises_of(rung)) is not None:
            for question in exercises.questions:
                if not question.is_about_a_run:
                    yield f"{rung.name}/{question.id}"


@fragment
def _fold(name: str) -> None:
    page, _slash, wanted = name.partition("/")
    rung = next(rung for rungs in LADDER.values() for rung in rungs if rung.name == page)
    exercises = exercises_of(rung)
    assert exercises is not None
    label = _("Do you remember? One question from “{rung}”").format(rung=_(rung.title))
    fold = st.expander(label, icon=":material/history:", key=f"recall_{wanted}", on_change="rerun")
    if fold.open:
        question = next(one for one in exercises.questions if one.id == wanted)
        with fold:
            ask(page, question, {}, elsewhere=True)
