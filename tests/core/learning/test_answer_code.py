import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checked_code import LETTERS
from core.learning import concepts
from core.learning.answer_code import read_code, write_code
from core.learning.answers import Answers
from core.messages import InputError
from tests.core.learning.rows import ANSWERS, EXAMPLE

CODE = write_code(EXAMPLE)


@given(ANSWERS)
def test_a_code_is_read_as_it_was_written(answers: Answers) -> None:
    code = write_code(answers)
    assert read_code(code) == answers
    assert len(code.replace("-", "")) == 35
    assert set(code) <= {*LETTERS, "-"}


@given(ANSWERS)
def test_small_letters_spaces_and_look_alikes_are_read(answers: Answers) -> None:
    code = write_code(answers).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_code(f" {code}\t") == answers


@given(ANSWERS, st.integers(0, 34), st.integers(1, 31))
def test_one_wrong_letter_is_found(answers: Answers, place: int, by: int) -> None:
    code = write_code(answers).replace("-", "")
    other = LETTERS[(LETTERS.index(code[place]) + by) % 32]
    with pytest.raises(InputError):
        read_code(code[:place] + other + code[place + 1 :])


@given(ANSWERS, st.integers(0, 33))
def test_two_letters_exchanged_are_found(answers: Answers, place: int) -> None:
    code = write_code(answers).replace("-", "")
    turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if turned != code:
        with pytest.raises(InputError):
            read_code(turned)


@pytest.mark.parametrize(
    "text", ["", "hello", CODE[:-1], CODE + "0", CODE.replace(CODE[0], "U", 1)]
)
def test_what_is_no_code_is_told_with_its_row(text: str) -> None:
    with pytest.raises(InputError) as error:
        read_code(text, row=4)
    assert str(error.value) == "Row 4: this is no code, or a letter of it is wrong."


def test_a_code_of_another_test_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concepts, "mark", lambda: 4711)
    with pytest.raises(InputError, match="another edition"):
        read_code(CODE)
