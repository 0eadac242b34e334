import csv
import io
from pathlib import Path

import pytest

from core.teach.collect_command import main
from core.teach.lesson_results import code, row, write_csv
from tests.core.teach.test_lesson_results import results


def test_one_table_of_files_tables_and_lists_with_each_learner_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ada, bob, cem = (tmp_path / f"{name}.csv" for name in ("ada", "bob", "cem"))
    ada.write_text(write_csv([row(results(1, "Ada"))]), "utf-8")
    bob.write_text("\ufeffname;code;note\n" + f"Bob;{code(results(2))};late\nEve;;ill\n", "utf-8")
    cem.write_text(f"{code(results(3))}\n{code(results(1))}\n", "utf-8")
    assert main([str(ada), str(bob), str(cem)]) == 0
    told = capsys.readouterr()
    table = list(csv.DictReader(io.StringIO(told.out)))
    assert [(one["learner"], one["name"]) for one in table] == [
        ("000001", ""),
        ("000002", "Bob"),
        ("000003", ""),
    ]
    assert {one["one_weight/ow_last right"] for one in table} == {"1"}
    assert told.err == "3 learners, 1 earlier rows left out.\n"


@pytest.mark.parametrize("text", ["", "nothing here", "lesson,mark,learner,name,x\na,b\n"])
def test_a_file_without_results_is_told_by_its_name(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert main([str(tmp_path / "a.csv")]) == 2
    assert "a.csv: " in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere.csv"]) == 2
    assert "cannot be read" in capsys.readouterr().err
