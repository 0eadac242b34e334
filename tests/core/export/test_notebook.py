"""Every lesson's run as a notebook, and as an exercise that tells right from wrong."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import noisy_line
from core.export.notebook import Texts, as_exercise, as_notebook, with_blanks
from core.lines import weight_and_bias
from core.lines.weight_and_bias.program import program
from tests.core.export.cases import CASES, check_same, every_lesson, some
from tests.core.export.conftest import Run

TEXTS = Texts("Steigung", "Wie?", [r"\hat y = w", r"w \leftarrow w"], "Erklärt: ŷ.", "**Merke.**")


def code(text: str) -> list[str]:
    """The code of a notebook's cells."""
    cells = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def marks(text: str) -> dict[str, dict[str, Any]]:
    """What nbgrader is told of each cell."""
    cells = json.loads(text)["cells"]
    return {c["id"]: c["metadata"]["nbgrader"] for c in cells if "nbgrader" in c["metadata"]}


@every_lesson
@some(4)
@given(st.data())
def test_notebook_and_solved_exercise_make_the_very_run(
    name: str, run_alone: Run, data: st.DataObject
) -> None:
    case = CASES[name](data.draw)
    check_same(name, run_alone(code(as_notebook(case.program, TEXTS))), case.history)
    solved = code(as_exercise(case.program, TEXTS, solved=True))
    check_same(name, run_alone(solved), case.history)


@every_lesson
@some(1)
@given(st.data())
def test_an_empty_exercise_fails_its_first_check(
    name: str, run_alone: Run, data: st.DataObject
) -> None:
    case = CASES[name](data.draw)
    text = as_exercise(case.program, TEXTS)
    found = run_alone(code(text))
    assert found["error"].startswith("NotImplementedError")
    graded = [i for i, mark in enumerate(marks(text).values()) if mark["grade"]]
    assert found["done"] == graded[0]
    assert "SOLUTION" not in text


SAMPLES, DESCRIBED = noisy_line(20), {"samples": "noisy_line", "n_samples": 20}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("weight -= learning_rate", "weight += learning_rate"),
        ("bias -= learning_rate * gradient_bias", "bias -= learning_rate * gradient_weight"),
        ("-2 * x[i] * error", "-x[i] * error"),
        ("bias -= learning_rate * gradient_bias", "pass"),
    ],
)
def test_a_wrong_solution_fails(run_alone: Run, right: str, wrong: str) -> None:
    exercise = program(SAMPLES, weight_and_bias.Config(), DESCRIBED)
    cells = code(as_exercise(exercise, TEXTS, solved=True))
    assert sum(right in cell for cell in cells) == 1
    found = run_alone([cell.replace(right, wrong) for cell in cells])
    assert found["error"].startswith("AssertionError")


@pytest.mark.parametrize("batch_size", [1, 8, None])
def test_at_least_three_updates_are_compared_and_those_of_an_epoch(
    batch_size: int | None,
) -> None:
    exercise = program(SAMPLES, weight_and_bias.Config(batch_size=batch_size), DESCRIBED)
    history = exercise.first()
    assert history.n_records > 3
    assert history.epoch[-1] >= 1
    checks = [cell for cell in code(as_exercise(exercise, TEXTS)) if "assert_allclose" in cell]
    assert len(checks) == 2
    for value in history.params[[1, -1]].ravel().tolist():
        assert any(repr(value) in check for check in checks)


def test_what_the_page_says_is_in_the_notebook() -> None:
    exercise = program(SAMPLES, weight_and_bias.Config(), DESCRIBED)
    for text in (as_notebook(exercise, TEXTS), as_exercise(exercise, TEXTS)):
        cells = json.loads(text)["cells"]
        words = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        for said in (TEXTS.title, TEXTS.question, TEXTS.explained, TEXTS.remember):
            assert said in words
        assert all(f"$${formula}$$" in words for formula in TEXTS.formulas)


def test_the_notebooks_own_words_are_translated() -> None:
    exercise = program(SAMPLES, weight_and_bias.Config(), DESCRIBED)
    text = as_exercise(exercise, TEXTS, translate=str.upper)
    assert "## SETTINGS" in text
    assert "## YOUR TURN" in text


def test_the_notebooks_are_valid() -> None:
    nbformat = pytest.importorskip("nbformat")
    exercise = program(SAMPLES, weight_and_bias.Config(), DESCRIBED)
    for text in (as_notebook(exercise, TEXTS), as_exercise(exercise, TEXTS)):
        nbformat.validate(nbformat.reads(text, as_version=nbformat.NO_CONVERT))


def test_the_exercise_is_marked_for_nbgrader() -> None:
    exercise = program(SAMPLES, weight_and_bias.Config(), DESCRIBED)
    empty, solved = (as_exercise(exercise, TEXTS, solved=solved) for solved in (False, True))
    assert marks(empty) == marks(solved)
    found = marks(empty)
    assert [name for name, mark in found.items() if mark["solution"]] == ["update"]
    assert [mark["points"] for mark in found.values() if mark["grade"]] == [1, 2]
    for name, mark in found.items():
        assert (mark["grade_id"], mark["schema_version"], mark["task"]) == (name, 3, False)
        assert mark["locked"] is not mark["solution"]
        assert ("points" in mark) is mark["grade"]
    assert solved.count("### BEGIN SOLUTION") == solved.count("### END SOLUTION") == 2
    assert not marks(as_notebook(exercise, TEXTS))


def test_a_place_that_the_loop_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="no line begins with 'v -= '"):
        with_blanks("def f(w):\n    w -= 1", [("v -= ", "w")], solved=False)
