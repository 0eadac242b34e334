"""A class at a server: on so little that it only shows that it can be measured."""

import pytest

from benchmarks.load import __main__ as command
from benchmarks.load.learners import Told
from benchmarks.load.measuring import KINDS, Plan, Row, turns


@pytest.mark.long
def test_a_class_at_the_app(capsys):
    """Learners move a slider, draw and watch, all are answered, and sessions come and go."""
    assert command.main(["--tiny"]) == 0
    head, one, two, churn_head, *churn = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["learners", "answers"]
    for line, n in ((one, 1), (two, 2)):
        n_learners, answers, p50, p95, p99, errors, megabytes, *_ = map(float, line.split())
        assert (n_learners, errors) == (n, 0)
        assert answers >= n
        assert 0 < p50 <= p95 <= p99
        assert megabytes > 50
    assert churn_head.split()[0] == "sessions"
    assert [line.split()[0] for line in churn] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--learners", "1000"], "There may be 1 to 200 learners."),
        (["--learners", "0"], "There may be 1 to 200 learners."),
        (["--seconds", "1e9"], "A row may take up to 900 seconds."),
        (["--seconds", "nan"], "A row may take up to 900 seconds."),
        (["--churn", "5000"], "At most 2000 sessions may come and go."),
        (["--address", "http://192.0.2.1:80"], "Only a server at http://127.0.0.1"),
        (["--address", "http://example.org"], "Only a server at http://127.0.0.1"),
        (["--pid", "999999999"], "There is no process 999999999."),
    ],
)
def test_nobody_elses_server_and_no_endless_load(arguments, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(sentence)


def test_seven_of_ten_move_a_slider():
    assert [turns(Plan((1,), 1)).count(kind) for kind in KINDS] == [7, 2, 1]


def test_a_row_tells_the_servers_part_and_the_clients():
    told = Told([0.1] * 20)
    told.errors["No answer within 60 s."] = 2
    row = Row(30, told, megabytes=321, server_seconds=5, client_seconds=1, seconds=10)
    line, error = str(row).splitlines()
    assert " ".join(line.split()) == "30 20 0.100 0.100 0.100 2 321 0.50 250.0 0.10"
    assert error.strip() == "2 × No answer within 60 s."
    assert row.n_errors == 2
