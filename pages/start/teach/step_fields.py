"""The fields of one step of a lesson."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from core.ladder import LADDER
from core.learning.exercises import Exercises
from core.link.parameters import PARAMETERS
from core.link.query import from_query, to_query
from core.teach.controls import controls_of, label
from core.teach.lesson_plan import PAGES, Guidance, asked_on
from core.teach.plain_text import as_markdown
from pages.shared.i18n import _, language

TITLES = {rung.name: rung.title for rungs in LADDER.values() for rung in rungs}

LONGEST = 1_000
"""Characters of a task; of a step's questions there may be five times as many."""


@dataclass
class Draft:
    """A step as its fields have it; `number` is in their keys."""

    number: int
    page: str
    settings: str
    hidden: list[str]
    locked: list[str]
    task: str
    guidance: Guidance
    questions: list[str]
    own: str


def new_step(**fields: Any) -> Draft:
    """Return another step, with fields of its own."""
    number = st.session_state["teach_steps"] = st.session_state.get("teach_steps", 0) + 1
    usual = {"page": PAGES[1], "settings": "", "task": "", "guidance": "all", "own": ""}
    lists: dict[str, Any] = {"hidden": [], "locked": [], "questions": []}
    return Draft(number, **(usual | lists | fields))


def step_fields(step: Draft, number: int, remove: Callable[[Draft], None] | None) -> None:
    """Show the fields of a step, and take what they say."""
    key = f"teach_{step.number}"
    with st.container(border=True, key=f"{key}_step"):
        st.subheader(_("Step {n}").format(n=number))
        titles = {page: _(TITLES[page]) for page in PAGES}
        page = st.selectbox(
            _("Page"),
            PAGES,
            PAGES.index(step.page),
            format_func=titles.__getitem__,
            key=f"{key}_page",
            help=_("Where this step takes place. Another page forgets what was set for this one."),
        )
        if page != step.page:
            step.page, step.settings = page, ""
            step.hidden, step.locked, step.questions = [], [], []
        _settings(step, key)
        step.task = st.text_area(
            _("The task, in your words"),
            step.task,
            key=f"{key}_task",
            max_chars=LONGEST,
            help=_("Formulas between dollars. HTML stays text, and links are shown whole."),
        )
        if any(sign in step.task for sign in "$*_"):
            st.markdown(as_markdown(step.task))
        _controls(step, key)
        _questions(step, key)
        if remove is not None:
            st.button(
                _("Remove this step"),
                key=f"{key}_remove",
                type="tertiary",
                icon=":material/delete:",
                on_click=remove,
                args=(step,),
            )


def _settings(step: Draft, key: str) -> None:
    """Take what is set on a page from its link."""
    shown = f"{step.page}?{step.settings}" if step.settings else ""
    pasted = st.text_input(
        _("What is set there: the page's link"),
        shown,
        key=f"{key}_link_{step.page}",
        max_chars=4_000,
        help=_("Set the page up, press Share there, and paste its link here. Empty: as usual."),
    )
    address = urlsplit(pasted.strip())
    name = address.path.rstrip("/").rpartition("/")[2]
    if pasted.strip() and name != step.page:
        st.error(
            _("This is no link of that page: its address ends with {page}?…").format(page=step.page)
        )
        return
    said = from_query(step.page, address.query)
    step.settings = to_query({name: said[name] for name in said if PARAMETERS[name].pages})


def _controls(step: Draft, key: str) -> None:
    names = {name: _(label(name)) for name in controls_of(step.page)}
    left, right = st.columns(2)
    step.locked = left.multiselect(
        _("Locked controls"),
        list(names),
        [name for name in step.locked if name in names],
        format_func=names.__getitem__,
        key=f"{key}_locked_{step.page}",
        help=_("They are seen, and cannot be moved."),
    )
    step.hidden = right.multiselect(
        _("Hidden controls"),
        list(names),
        [name for name in step.hidden if name in names],
        format_func=names.__getitem__,
        key=f"{key}_hidden_{step.page}",
    )


def _questions(step: Draft, key: str) -> None:
    asked = asked_on(step.page)
    assert asked is not None
    words: dict[Guidance, str] = {
        "all": _("all that the page asks"),
        "chosen": _("its prediction, and questions you choose"),
        "none": _("nothing but your own questions"),
    }
    step.guidance = st.radio(
        _("How much it asks"),
        list(words),
        list(words).index(step.guidance),
        format_func=words.__getitem__,
        key=f"{key}_guidance",
        horizontal=True,
    )
    if step.guidance == "chosen":
        step.questions = _chosen(step, asked, key)
    step.own = st.text_area(
        _("Your own questions"),
        step.own,
        key=f"{key}_own",
        max_chars=5 * LONGEST,
        placeholder=_("Which way does the weight go?\n- uphill\n+ downhill\n> Against the slope."),
        help=_(
            "First a line that asks, then a line for each answer: + before the right one, - before "
            "the others; > before why. A blank line between two questions."
        ),
    )


def _chosen(step: Draft, asked: Exercises, key: str) -> list[str]:
    texts = {one.id: _short(one.text.by_language.get(language(), "")) for one in asked.questions}
    return st.multiselect(
        _("Its questions"),
        list(texts),
        [one for one in step.questions if one in texts],
        format_func=texts.__getitem__,
        key=f"{key}_questions_{step.page}",
    )


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:90]}…"
