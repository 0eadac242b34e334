"""Both halves side by side: each concept before and after, why, and the rung that teaches it."""

from collections.abc import Sequence

import streamlit as st

from core.ladder import LADDER
from core.learning import concepts
from core.learning.concepts import DO_NOT_KNOW, Answer
from core.learning.exercises import Question
from pages.shared.i18n import _, language

RUNGS = {rung.name: rung for rungs in LADDER.values() for rung in rungs}


def compare(before: Sequence[Answer], after: Sequence[Answer]) -> None:
    """Show what was right before and after, and behind each concept what there is to say."""
    n_before, n_after = concepts.score(before), concepts.score(after)
    st.metric(
        _("Right answers after the climb"),
        f"{n_after} / {len(after)}",
        _("{change} against before: {n}").format(change=_signed(n_after - n_before), n=n_before),
        delta_color="off" if n_after == n_before else "normal",
        delta_arrow="off" if n_after == n_before else "auto",
    )
    st.caption(_("Before → after: ✓ right, ✗ wrong, ○ not known. Open a line to see why."))
    with st.container(gap="xsmall", key="check_compared"):
        for item, *answers in zip(concepts.items(), before, after, strict=True):
            _line(item, answers)


def _signed(change: int) -> str:
    return f"{change:+d}".replace("-", "−") if change else "±0"


def _mark(item: Question, answer: Answer) -> str:
    if concepts.is_right(item, answer):
        return "✓"
    return "○" if answer == DO_NOT_KNOW else "✗"


def _line(item: Question, answers: Sequence[Answer]) -> None:
    marks = " → ".join(_mark(item, answer) for answer in answers)
    name = item.concept.told(language()) if item.concept else ""
    with st.expander(f"{marks} {name}"):
        st.markdown(f"**{item.text.told(language())}**")
        wrong = dict.fromkeys(a for a in answers if a and not concepts.is_right(item, a))
        right = next(i for i, choice in enumerate(item.choices, 1) if choice.right)
        for answer in (*wrong, right):
            choice = item.choices[answer - 1]
            sign = "✓" if choice.right else "✗"
            st.markdown(f"{sign} *{choice.text.told(language())}*  \n{choice.why.told(language())}")
        rung = RUNGS[item.rung]
        st.page_link(
            rung.path, label=_("See it: {rung}").format(rung=_(rung.title)), icon=rung.icon
        )
