import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from core.checked_code import LETTERS
from core.learning.progress import Entry
from core.teach.lesson_link import ready
from core.teach.lesson_plan import read
from core.teach.lesson_results import Results, code, items, read_code, row, write_csv

PLAN = ready()["last_sample"]
NAMES = [item.name for item in items(PLAN)]
OWN = next(name for name in NAMES if "/own" in name)

ENTRIES = {
    "one_weight/ow_end": Entry(1, is_right=False, tries=1, answer="1.25"),
    "one_weight/ow_last": Entry(2, is_right=True, tries=3, answer="1"),
    OWN: Entry(3, is_right=False, tries=9, answer="2"),
}


def results(learner: int = 0xABC123, name: str = "Ada") -> Results:
    return Results(PLAN, learner, name, ENTRIES, {2: "bad=true&ow_rate=0.06"})


def test_a_row_tells_each_answer_whether_it_was_right_and_at_which_try() -> None:
    found = row(results())
    assert list(found)[:4] == ["lesson", "mark", "learner", "name"]
    assert found["learner"], found["name"] == ("abc123", "Ada")
    assert found["one_weight/ow_end"] == "1.25"
    assert found["one_weight/ow_last"] == "2"  # the place of the choice
    assert found["one_weight/ow_last right"] == "1"
    assert found["one_weight/ow_last tries"] == "3"
    assert found[f"{OWN} tries"] == "9"
    assert found["normal_equation/ne_misread"] == ""
    assert found["run 2: one_weight"] == "bad=true&ow_rate=0.06"


def test_a_code_says_the_same_but_for_numbers_runs_and_the_name() -> None:
    told, found = row(results()), read_code(code(results()))
    assert found is not None
    assert found["lesson"] == told["lesson"]
    for name in NAMES:
        assert found[f"{name} right"] == told[f"{name} right"]
    assert found["one_weight/ow_last"] == "2"
    assert found["one_weight/ow_end"] == ""
    assert found[f"{OWN} tries"] == "4"  # or more
    assert found["name"] == ""


def test_the_items_of_an_unknown_lesson_are_numbered() -> None:
    mine = read(dict(PLAN.data) | {"title": "Mine"})
    written = code(Results(mine, 1, "", {}, {}))
    assert "item 5 right" in (read_code(written) or {})
    assert NAMES[0] in (read_code(written, [mine]) or {})


@given(st.integers(0, 22), st.integers(1, 31))
def test_one_wrong_letter_is_found(place: int, by: int) -> None:
    plain = code(results()).replace("-", "")
    place %= len(plain)
    other = LETTERS[(LETTERS.index(plain[place]) + by) % 32]
    assert read_code(plain[:place] + other + plain[place + 1 :]) is None


@given(st.text(max_size=120))
def test_a_text_is_no_code(text: str) -> None:
    assert read_code(text) is None


def test_no_cell_is_a_formula() -> None:
    text = write_csv([row(results(name='=HYPERLINK("x")')), {"other": "-0.5"}])
    header, first, second = csv.reader(io.StringIO(text))
    assert first[header.index("name")] == '\'=HYPERLINK("x")'
    assert second[header.index("other")] == "-0.5"
