"""Every row can be measured: one that cannot is found here, in a tiny size, not after ten minutes.

No time is compared with anything: what a row says, it says in its real size.
"""

import pytest

from benchmarks import __main__ as command
from benchmarks.table import Measurement, Row
from tests.benchmarks.tiny import check_every_row

IN_BROWSERS = ("pages that come", "answers of pages", "first visits", "pages while runs learn")
"""What starts servers and browsers and waits for them."""

SOME_ANSWERS = (
    "slider to chart: one-line app",
    "stroke, less the canvas's own 200 ms: answer, Inside the network open",
)
"""Of what is measured in a browser: the plain app's slider, and a stroke on our page."""


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(name, marks=pytest.mark.proof if name in IN_BROWSERS else pytest.mark.long)
        for name in command.PARTS
    ],
)
def test_every_row_can_be_measured(part):
    check_every_row(command.PARTS[part])


@pytest.mark.long
def test_a_slider_and_a_stroke_can_be_measured():
    check_every_row(command.PARTS["answers of pages"], only=SOME_ANSWERS)


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
