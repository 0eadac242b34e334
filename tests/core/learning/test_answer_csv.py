import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning import concepts
from core.learning.answer_code import write_code
from core.learning.answer_csv import header, read, write_csv
from core.learning.answers import Answers
from core.messages import InputError
from tests.core.learning.rows import ANSWERS, EXAMPLE

TABLE = write_csv([EXAMPLE, EXAMPLE])


@given(st.lists(ANSWERS, max_size=5))
def test_a_table_is_read_as_it_was_written(rows: list[Answers]) -> None:
    assert read(write_csv(rows)) == rows


@given(st.lists(ANSWERS, max_size=5))
def test_a_list_of_codes_is_read_too(rows: list[Answers]) -> None:
    assert read("\n\n".join(map(write_code, rows))) == rows


@pytest.mark.parametrize("between", [";", "\t"])
def test_what_a_spreadsheet_makes_of_it_is_read(between: str) -> None:
    assert read("\ufeff" + TABLE.replace(",", between).replace("\n", "\r\n")) == [EXAMPLE] * 2


def test_a_column_more_and_another_order_do_no_harm() -> None:
    lines = [f"{line},more" for line in TABLE.splitlines()]
    assert read("\n".join(lines).replace("class,arm", "class,arm")) == [EXAMPLE] * 2
    cells = [line.split(",") for line in TABLE.splitlines()]
    turned = "\n".join(",".join([row[0], *reversed(row[1:])]) for row in cells)
    assert read(turned) == [EXAMPLE] * 2


def with_cell(column: str, text: str) -> str:
    names = header()
    cells = TABLE.splitlines()[2].split(",")
    cells[names.index(column)] = text
    return "\n".join([*TABLE.splitlines()[:2], ",".join(cells)])


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("learner", "Anna", "Row 3: “Anna” is no learner's name, such as L0a1b2c3d."),
        ("arm", "both", "Row 3: the arm must be asks or shows, not “both”."),
        ("test", "1", "Row 3: these are answers to another edition of the test."),
        ("class", "7b", "Row 3: class must be a whole number up to 999999, not “7b”."),
        (
            "seconds_after",
            "-3",
            "Row 3: seconds_after must be a whole number up to 3600, not “-3”.",
        ),
        (
            "seconds_after",
            "9999",
            "Row 3: seconds_after must be a whole number up to 3600, not “9999”.",
        ),
        ("before_rate", "5", "Row 3: “5” is no answer to before_rate: 1 to 4, ? or nothing."),
        ("after_rate", "²", "Row 3: “²” is no answer to after_rate: 1 to 4, ? or nothing."),
        ("after_rate", "1,2", "Row 3: it has 31 cells, and the header 30."),
    ],
)
def test_a_bad_cell_is_told_in_one_sentence(column: str, text: str, sentence: str) -> None:
    with pytest.raises(InputError) as error:
        read(with_cell(column, text))
    assert str(error.value) == sentence


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match=r"^Row 1: there is no column “arm”\.$"):
        read(TABLE.replace("arm", "group", 1))


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    for given_text in (text, "learner," + text, TABLE + text):
        try:
            told = "Row " * all(isinstance(row, Answers) for row in read(given_text))
        except InputError as error:
            told = str(error)
        assert told.startswith("Row ")


def test_nothing_in_a_row_says_when_it_was() -> None:
    assert header()[:6] == ["learner", "class", "arm", "test", "seconds_before", "seconds_after"]
    assert len(header()) == 6 + 2 * len(concepts.items())
