"""The test as a learner takes it: before, after, both side by side, and what is handed in."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.learning import concepts
from core.learning.answer_code import read_code, write_code
from core.learning.answers import entry
from core.learning.progress import Progress
from pages.asking import record
from pages.shared.i18n import catalogue
from pages.start.check import for_teachers
from tests.core.learning.simulated import simulated_class
from tests.pages.conftest import Open

CHECK = "pages/start/check/check.py"
ITEMS = concepts.items()
RIGHT = [next(i for i, choice in enumerate(item.choices, 1) if choice.right) for item in ITEMS]


def told(app: AppTest) -> str:
    return "\n".join(e.value for e in (*app.markdown, *app.success, *app.caption))


def answered(app: AppTest, half: str, answers: list[int], since: int = 0) -> None:
    """Put answers to the first items into the record."""
    progress = (
        app.session_state[record.RECORD] if record.RECORD in app.session_state else Progress()
    )
    for place, (item, answer) in enumerate(zip(ITEMS, answers, strict=False)):
        right = concepts.is_right(item, answer)
        at = since + 20 * place
        progress = progress.with_entry(entry(half, item.id), right=right, answer=str(answer), at=at)
    app.session_state[record.RECORD] = progress


def answer(app: AppTest, choice: int) -> None:
    app.radio[0].set_value(choice)
    app.button(key="check_next").click().run()
    assert not app.exception


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_before_after_and_both_side_by_side(lang: str, open_page: Open) -> None:
    say = catalogue(lang).gettext
    app = open_page(CHECK, lang=lang)
    assert len(app.radio) == 0
    app.button(key="check_begin").click().run()
    assert ITEMS[0].text.told(lang) in told(app)
    app.button(key="check_next").click().run()
    assert [error.value for error in app.error] == [say("Choose an answer first.")]
    assert app.button(key="check_back").disabled
    answer(app, 1)
    answer(app, concepts.DO_NOT_KNOW)
    assert ITEMS[2].text.told(lang) in told(app)
    app.button(key="check_back").click().run()
    assert app.radio[0].value == concepts.DO_NOT_KNOW
    answer(app, RIGHT[1])
    app.button(key="check_leave").click().run()
    assert app.button(key="check_begin").label == say("Go on with question {n}").format(n=3)
    answered(app, "before", [1, RIGHT[1], *RIGHT[2:6], *[0] * 5], since=1000)
    app.button(key="check_begin").click().run()
    assert ITEMS[-1].text.told(lang) in told(app)
    answer(app, 2)
    assert say("Before: {n} of {all} right.").format(n=5, all=12) in told(app)
    for item in ITEMS:  # nothing is said about single answers
        assert item.text.told(lang) not in told(app)
        assert item.choices[0].why.told(lang) not in told(app)
    answered(app, "after", RIGHT[:11], since=10_000)
    app.run()
    app.button(key="check_begin").click().run()
    answer(app, RIGHT[11])
    assert app.metric[0].value == "12 / 12"
    assert app.metric[0].delta == say("{change} against before: {n}").format(change="+7", n=5)
    folds = [fold for fold in app.expander if "→" in fold.label]
    assert [fold.label for fold in folds] == [
        f"{mark} → ✓ {item.concept.told(lang) if item.concept else ''}"
        for mark, item in zip("✗✓✓✓✓✓○○○○○✗", ITEMS, strict=True)
    ]
    for fold, item in zip(folds, ITEMS, strict=True):
        assert fold.get("page_link")[0].proto.page == item.rung
        assert any(
            item.choices[RIGHT[ITEMS.index(item)] - 1].why.told(lang) in m.value
            for m in fold.markdown
        )
    assert ITEMS[0].choices[0].why.told(lang) in told(app)


def test_what_is_handed_in_is_what_was_answered(open_page: Open) -> None:
    app = open_page(CHECK, **{"class": "321"})
    before, after = [1] * 12, [*RIGHT[:6], *[0] * 6]
    answered(app, "before", before)
    answered(app, "after", after, since=5000)
    app.run()
    row = read_code(app.code[0].value)
    assert (list(row.before), list(row.after)) == (before, after)
    assert (row.class_number, row.seconds_before, row.seconds_after) == (321, 210, 210)
    assert any("experiment of class 321" in caption.value for caption in app.caption)
    again = open_page(CHECK)
    answered(again, "before", before)
    answered(again, "after", after)
    again.run()
    other = read_code(again.code[0].value)
    assert (other.class_number, other.arm) == (0, "asks")
    assert other.learner != row.learner  # another browser


def test_teachers_make_a_link_and_a_table_of_codes(open_page: Open) -> None:
    app = open_page(CHECK)
    app.button(key="check_make").click().run()
    number = app.session_state[for_teachers.DRAWN]
    assert app.code[0].value.endswith(f"?class={number}&lang=en")
    code = "8" * 35
    app.text_area(key="check_codes").set_value(code).run()
    assert [error.value for error in app.error] == [
        "Row 1: this is no code, or a letter of it is wrong."
    ]
    codes = "\n\n".join(map(write_code, simulated_class(np.random.default_rng(3), 13, 0.0)))
    app.text_area(key="check_codes").set_value(codes).run()
    assert not app.error
    assert app.get("download_button")[0].proto.label == "Download the answers of 26 learners (CSV)"
    text = told(app)
    assert "Learners who finished both halves: 26." in text
    assert "| only shown | 13 |" in text
    assert "This is nothing that one could tell from chance." in text
    assert "Arms of this size find an effect of 1.10 four times out of five." in text
