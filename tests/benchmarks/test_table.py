import math

import pytest

from benchmarks.table import Measurement, Row, UnavailableError, print_rows


def lines(capsys):
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


def test_a_row_is_printed_before_the_next_is_measured(capsys):
    seen = []

    def rows():
        for i in (1, 2):
            seen.extend(lines(capsys))
            yield Row(f"row {i}", i)

    assert print_rows("all", [Measurement("two", rows)]) == 0
    assert seen == ["1000.00  row 1"]
    assert lines(capsys) == ["2000.00  row 2"]


def test_a_row_that_fails_says_why_and_the_others_go_on(capsys):
    def half():
        yield Row("first", 1)
        raise RuntimeError("There is no second.\nBut there is a call log.")

    measurements = [
        Measurement("half", half),
        Measurement("silent", lambda: [next(iter(()))]),
        Measurement("whole", lambda: [Row("third", 3, "a note")]),
    ]
    assert print_rows("all", measurements) == 2
    assert lines(capsys) == [
        "1000.00  first",
        "failed  half – RuntimeError: There is no second.",
        "failed  silent – StopIteration",
        "3000.00  third – a note",
    ]


def test_what_cannot_be_made_ready_fails_under_the_parts_name(capsys):
    def measurements():
        yield Measurement("one", lambda: [Row("one", 1)])
        raise OSError("no server")

    assert print_rows("pages", measurements()) == 1
    assert lines(capsys) == ["1000.00  one", "failed  pages – OSError: no server"]


def test_what_this_machine_has_not_is_no_failure(capsys):
    def measurements():
        raise UnavailableError("needs Chromium")
        yield

    assert print_rows("pages", measurements()) == 0
    assert lines(capsys) == ["left out  pages – needs Chromium"]


@pytest.mark.parametrize("seconds", [math.nan, math.inf])
def test_a_time_that_is_none_is_a_failure(seconds, capsys):
    assert print_rows("all", [Measurement("none", lambda: [Row("none", seconds)])]) == 1
    assert lines(capsys) == [f"failed  none – ValueError: none: {seconds} is no time."]


def test_an_end_by_hand_ends_the_servers_too():
    ended = []

    def interrupted():
        raise KeyboardInterrupt

    def measurements():
        try:
            yield Measurement("one", interrupted)
        finally:
            ended.append("server")

    with pytest.raises(KeyboardInterrupt):
        print_rows("pages", measurements())
    assert ended == ["server"]
