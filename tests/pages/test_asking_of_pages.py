"""What every page asks, held against its own runs: numbers, slips, refutations, challenges."""

import math
from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.learning.claims import Claim, Facts, all_hold
from core.learning.exercises import Challenge, Exercises, Question, Refutation, Text, load
from core.learning.judge import judge
from core.link.parameters import PARAMETERS
from core.number import as_written
from tests import ROOT
from tests.exercises import FILES, parts, placeholders
from tests.pages.conftest import Open

PAGES = [page for page in FILES if page != "train"]
"""A run of Train takes seconds and has a test of its own."""

OF_A_GUESS = {"guess", "truth", "gap"}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_asks_is_true_of_its_runs(page: str, open_page: Open) -> None:
    exercises = load(FILES[page])
    runs: dict[str, Facts] = {}

    def facts_of(settings: Mapping[str, Any]) -> Facts:
        run = repr(settings)
        if run not in runs:
            runs[run] = shown(page, settings, open_page).session_state["facts"]
        return runs[run]

    usual = facts_of({})
    check_names(exercises, usual)
    check_prediction(exercises, usual)
    for question in exercises.questions:
        check_answers(question, usual)
    for refutation in parts(exercises, Refutation):
        found = facts_of(refutation.settings)
        for claim in refutation.claims:
            assert Claim(claim).holds(found), (claim, refutation.settings, found)
    for challenge in exercises.challenges:
        assert not all_hold(challenge.goal, usual), "the usual run reaches it"
        if challenge.way:
            found = facts_of(challenge.way)
            assert all_hold(challenge.goal, found), (challenge.id, found)


def shown(page: str, settings: Mapping[str, Any], open_page: Open) -> AppTest:
    """Open a page with these settings."""
    link = {name: PARAMETERS[name].kind.write(value) for name, value in settings.items()}
    path = FILES[page].with_name(f"{page}.py").relative_to(ROOT).as_posix()
    return open_page(
        path, **{name: texts if texts[1:] else texts[0] for name, texts in link.items()}
    )


def check_names(exercises: Exercises, facts: Facts) -> None:
    """Every name in a text or a claim is that of a fact."""
    for text in parts(exercises, Text):
        assert placeholders(text.by_language["en"]) - OF_A_GUESS <= facts.keys(), text
    claims = [*parts(exercises, Refutation), *parts(exercises, Challenge)]
    for one in claims:
        for claim in one.claims if isinstance(one, Refutation) else one.goal:
            first, *others = Claim(claim).names
            is_word = isinstance(facts[first], str)
            assert all(other in facts or is_word for other in others), claim


def check_prediction(exercises: Exercises, facts: Facts) -> None:
    """What is guessed is a fact; of what one chooses from, the truth is among the choices.

    Before there is a run, a name is empty.
    """
    asked = exercises.prediction
    if asked is None or asked.kind in ("line", "curve"):
        return
    if asked.kind == "choice":
        assert facts[asked.fact] in {"", *(one.name for one in asked.choices)}
    else:
        assert not isinstance(facts[asked.fact], str)


def check_answers(question: Question, facts: Facts) -> None:
    """Each answer is judged as it is meant, and each wrong one stands for something."""
    for place, choice in enumerate(question.choices):
        said = judge(question, place, facts)
        assert said.is_right is choice.right
        assert said.is_right != bool(said.misconception)
    if question.choices:
        return
    right = facts[question.fact]
    assert not isinstance(right, str)
    if math.isnan(right):  # there is no run yet
        return
    assert judge(question, right, facts).is_right
    assert judge(question, as_written(right), facts).is_right
    assert judge(question, 7 * right + 1000, facts).why == question.otherwise
    for slip in question.slips:
        wrong = facts[slip.fact]
        assert not isinstance(wrong, str)
        assert judge(question, wrong, facts).misconception == slip.misconception, slip.fact
