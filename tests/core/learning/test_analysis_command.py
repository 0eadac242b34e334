"""The command: known classes in, what is true of them out; and what it says of bad files."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.learning.analysis_command import main, report
from core.learning.answer_code import write_code
from core.learning.answer_csv import write_csv
from core.learning.answers import Answers
from core.learning.study import study
from tests import ROOT
from tests.core.learning.rows import EXAMPLE, NOBODY
from tests.core.learning.simulated import RIGHT, simulated_class, true_effect


def told(rows: list[Answers]) -> str:
    return "\n".join(report(study(rows)))


def interval(text: str) -> tuple[float, float]:
    (line,) = [line for line in text.splitlines() if "Hedges' g" in line]
    low, high = line.split("interval ")[1].split(" (")[0].split(" to ")
    return float(low), float(high)


def test_a_known_effect_comes_out_of_several_classes() -> None:
    rng = np.random.default_rng(5)
    rows = [row for number in range(1, 9) for row in simulated_class(rng, 15, 0.9, number)]
    text = told(rows)
    low, high = interval(text)
    assert low < true_effect(0.9) < high
    assert low > 0
    assert "Those who were asked gained more" in text
    assert "240 learners with both halves finished" in text
    assert "Arms of this size find an effect of 0.36 four times out of five." in text
    assert "asked (n = 120) less shown (n = 120)" in text


def test_where_there_is_nothing_it_says_so_and_how_many_it_would_take() -> None:
    text = told(simulated_class(np.random.default_rng(3), 13, 0.0))
    low, high = interval(text)
    assert low < 0 < high
    assert "This is nothing that one could tell from chance." in text
    assert "It does not show that there is no difference" in text
    assert "Arms of this size find an effect of 1.10 four times out of five." in text
    assert "each arm needs 122 learners" in text


def test_without_two_arms_there_is_a_gain_and_no_comparison() -> None:
    rows = [
        replace(row, class_number=0) for row in simulated_class(np.random.default_rng(1), 9, 0.0)
    ]
    text = told(rows)
    assert "No comparison" in text
    assert "no experiment" in text
    assert "Hedges" not in text


def test_if_all_gain_alike_there_is_nothing_to_compare() -> None:
    rows = simulated_class(np.random.default_rng(1), 4, 0.0)
    assert "All gains are the same" in told([replace(r, before=r.after) for r in rows])


@pytest.mark.parametrize("rows", [[], [EXAMPLE], [replace(EXAMPLE, after=NOBODY)]])
def test_of_hardly_anybody_it_says_hardly_anything(rows: list[Answers]) -> None:
    text = told(rows)
    assert text.startswith(f"{len(rows)} row")
    assert "nan" not in text


def test_who_has_all_right_before_leaves_no_normalised_gain() -> None:
    rows = [
        replace(r, before=tuple(RIGHT)) for r in simulated_class(np.random.default_rng(1), 4, 0.0)
    ]
    assert "nan" not in told(rows)


def test_files_of_both_kinds_are_read_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = simulated_class(np.random.default_rng(5), 6, 0.0)
    table, codes = tmp_path / "answers.csv", tmp_path / "codes.txt"
    table.write_text(write_csv(rows[:7]), "utf-8")
    codes.write_text(
        "\n".join(map(write_code, [*rows[5:], replace(EXAMPLE, after=NOBODY)])), "utf-8"
    )
    assert main([str(table), str(codes)]) == 0
    out = capsys.readouterr().out
    assert "15 rows, 12 learners with both halves finished." in out
    assert "Left out: 2 rows of a learner who is there already." in out
    assert "Left out: 1 learner who did not finish the half after." in out
    assert (
        out.splitlines()
        == told([*rows[:7], *rows[5:], replace(EXAMPLE, after=NOBODY)]).splitlines()
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello\n", "Row 1: this is no code, or a letter of it is wrong."),
        (b"\xff\xfe\x00", "It is no text in UTF-8."),
        (b" " * 2_000_001, "A file of answers has no more than 2 MB."),
        (None, "It cannot be read: No such file or directory."),
    ],
)
def test_a_bad_file_is_named_in_one_sentence(
    content: bytes | None, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.csv"
    if content is not None:
        file.write_bytes(content)
    assert main([str(file)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"{file}: {sentence}\n"


@pytest.mark.long
def test_the_command_runs(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(write_csv(simulated_class(np.random.default_rng(0), 8, 0.5)), "utf-8")
    command = [sys.executable, "-m", "core.learning.analyse", str(file)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Hedges' g" in run.stdout
    assert run.stderr == ""
