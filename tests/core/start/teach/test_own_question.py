import pytest

from core.messages import InputError
from core.start.teach.own_question import read_questions, write_questions

TEXT = """Which way does the weight go?
- uphill
> No.
+ downhill

Twice as far?
+ yes
- no"""


def test_questions_are_read_as_they_are_written() -> None:
    first, second = read_questions(TEXT)
    assert first["choices"][0] == {"text": "uphill", "why": "No."}
    assert [choice.get("right", False) for choice in second["choices"]] == [True, False]
    assert write_questions([first, second], "en") == TEXT
    assert read_questions("") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Only a question", "Question 1: first a line"),
        ("- a\n+ b", "Question 1: first a line"),
        (f"{TEXT}\n\nAnd?\n- a\n- b", "Question 3: exactly one"),
        ("And?\n+ a\n+ b", "Question 1: exactly one"),
        ("And?\n+\n- b", "Question 1: first a line"),
        ("And?\n" + "- a\n" * 7, "Question 1: first a line"),
    ],
)
def test_an_incomplete_question_is_told_with_its_number(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_questions(text)
