from typing import Any

import pytest

from core.learning.exercises import load
from core.messages import InputError
from core.teach.controls import OWN, controls_of, label
from core.teach.lesson_plan import PAGES, asked_on, read, wanted
from tests import ROOT

STEP: dict[str, Any] = {"page": "one_weight", "task": "Look at $w_1$."}
OWN_QUESTION = {"text": "{n}?", "choices": [{"text": "a", "right": True}, {"text": "b"}]}


def lesson(**step: Any) -> dict[str, Any]:
    return {"title": "A line", "steps": [STEP | step]}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "title, steps"),
        ({"title": "x"}, "title, steps"),
        (lesson(task="x" * 1201), "steps.0.task"),
        (lesson(own=[OWN_QUESTION] * 7), "steps.0.own"),
        (lesson(script="x"), "steps.0"),
        ({"title": "x", "steps": [STEP] * 9}, "steps"),
        (lesson(page="home"), "no lesson can lead to a page “home”"),
        (lesson(page="check"), "no lesson can lead to a page “check”"),
        (lesson(hidden=["gd_rate"]), "no control or question “gd_rate”"),
        (lesson(locked=["lang"]), "no control or question “lang”"),
        (lesson(questions=["gd_look"]), "no control or question “gd_look”"),
        (lesson(own=[{"text": "?", "choices": [{"text": "a"}, {"text": "b"}]}]), "exactly one"),
    ],
)
def test_what_is_no_lesson_is_told_in_one_sentence(data: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(data)


def test_settings_are_checked_and_choose_neither_language_nor_class() -> None:
    said = "n=9999&seed=0&bad=true&lang=zh&class=7&lesson=x&mlp_h=4&nonsense=1"
    plan = read(lesson(settings=said))
    assert plan.steps[0].settings == {"n": 500, "bad": True}
    assert plan.data["steps"][0]["settings"] == "n=500&bad=true"


def test_a_teachers_words_are_made_harmless_and_hold_no_facts() -> None:
    plan = read(
        {"title": "<b>", "steps": [STEP | {"task": "[a](http://b.c)", "own": [OWN_QUESTION]}]}
    )
    step = plan.steps[0]
    assert plan.title.told("en") == "\\<b\\>"
    assert step.task.told("zh") == "\\[a\\](http://b.c)"
    assert step.own[0].text.told("en", {"n": 3}) == "{n}?"
    assert [choice.right for choice in step.own[0].choices] == [True, False]


def test_the_lesson_says_how_much_its_page_asks() -> None:
    page = load(ROOT / "pages/lines/one_weight/exercises.toml")
    ids = [question.id for question in page.questions]
    for guidance, asked, n_challenges in (
        ("all", ids, 3),
        ("chosen", ids[1:2], 0),
        ("none", [], 0),
    ):
        plan = read(lesson(guidance=guidance, questions=ids[1:2], own=[OWN_QUESTION]))
        told = wanted(plan.steps[0], page)
        assert [one.id for one in told.questions[:-1]] == asked
        assert told.questions[-1].id.startswith("own")
        assert len(told.challenges) == n_challenges
        assert (told.prediction is None) == (guidance == "none")


def test_a_lesson_leads_to_every_page_that_asks_and_to_no_other() -> None:
    assert {"what_is_a_model", "playground", "convolution"} <= set(PAGES)
    assert asked_on("privacy") is None


def test_a_control_is_called_as_its_page_calls_it() -> None:
    written = "".join(path.read_text("utf-8") for path in (ROOT / "pages").rglob("*.py"))
    for name in (name for page in PAGES for name in controls_of(page)):
        assert f'_("{label(name)}' in written, name
    assert all(label(name) == text for name, text in OWN.items())
