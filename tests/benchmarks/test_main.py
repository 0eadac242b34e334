"""Every row can be measured: one that cannot is found here, in a tiny size, not after ten minutes.

No time is compared with anything: what a row says, it says in its real size.
"""

import pytest

from benchmarks import __main__ as command
from benchmarks.table import Measurement, Row
from tests.benchmarks.tiny import check_every_row

SLOW = {"pages that come", "first visits", "pages while runs learn"}
"""What starts servers and browsers and waits for them, as ``answers of pages`` does."""


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(name, marks=pytest.mark.proof if name in SLOW else pytest.mark.long)
        for name in command.PARTS
    ],
)
def test_every_row_can_be_measured(part):
    check_every_row(command.PARTS[part])


def one_row(*, tiny):
    yield Measurement("one", lambda: [Row("one", 0.001 if tiny else 1)])


def broken(**_):
    yield Measurement("broken", lambda: [1 / 0])


def test_the_exit_code_tells_at_the_end_whether_a_row_failed(monkeypatch, capsys):
    monkeypatch.setattr(command, "PARTS", {"first": one_row, "bad": broken, "last": one_row})
    assert command.main([]) == 1
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        *("ms", "1000.00", "failed", "1000.00")
    ]
    monkeypatch.setattr(command, "PARTS", {"first": one_row})
    assert command.main(["--tiny"]) == 0
    assert "1.00  one" in capsys.readouterr().out
