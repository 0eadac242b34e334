"""A class that writes digits: on so little that it only shows that it can be measured."""

import pytest

from benchmarks.load import __main__ as command
from benchmarks.load.a_class import PAGE, ClassRow
from benchmarks.load.learners import Told
from benchmarks.load.measuring import Row
from core.ladder import PATHS


@pytest.mark.long
def test_a_class_loses_no_digit(capsys):
    assert command.main(["--class", "--tiny"]) == 0
    head, one, kept_of_one, two, kept_of_two = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["learners", "answers"]
    assert [line.split()[:2] for line in (one, two)] == [["1", "10"], ["2", "20"]]
    assert kept_of_one.strip() == "10 digits kept, 0 lost"
    assert kept_of_two.strip() == "20 digits kept, 0 lost"


def test_a_lost_digit_is_an_error():
    row = ClassRow(Row(2, Told([0.1] * 20), 300, 1, 1, 60), n_kept=19)
    assert (row.n_lost, row.n_errors) == (1, 1)
    assert str(row).splitlines()[1].strip() == "19 digits kept, 1 lost"


def test_a_class_is_written_at_a_server_of_its_own_alone(capsys):
    assert PAGE in PATHS
    with pytest.raises(SystemExit):
        command.main(["--class", "--address", "http://127.0.0.1:8501"])
    assert "at a server that is started for them" in capsys.readouterr().err
