import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.duration import is_slow, span
from core.lab.sweep.pace import Pace


def told(times: list[float], total: int) -> list[tuple[float, float, float]]:
    """What is told as each of `total` parts is done at its time: now, the least, the most."""
    pace = Pace()
    pace.look(0.0, 0)
    estimates = []
    for done, now in enumerate(times, start=1):
        pace.look(now, done)
        left = pace.left(now, total)
        if left is not None:
            estimates.append((now, *left))
    return estimates


@given(st.floats(0, 1000), st.floats(0.01, 100), st.integers(3, 50))
def test_of_a_steady_pace_the_range_holds_the_truth_however_long_the_start(
    start: float, each: float, total: int
) -> None:
    times = [start + each * i for i in range(total)]
    for now, least, most in told(times, total):
        left = times[-1] - now
        assert least <= left + 1e-6 * times[-1]
        assert most >= left - 1e-6 * times[-1]
        assert most <= 2 * left + 1e-6 * times[-1]


def test_a_start_of_ten_seconds_is_not_taken_for_the_pace() -> None:
    """A sweep of 8 s whose workers took 10 s to start read 12 min after its first epoch."""
    times = [10 + 0.1 * i for i in range(80)]
    assert max(most for _, _, most in told(times, 80)) < 20


@given(st.lists(st.floats(0.5, 2), min_size=5, max_size=60))
def test_no_estimate_grows_tenfold_while_the_pace_changes_fourfold(waits: list[float]) -> None:
    times = [sum(waits[: i + 1]) for i in range(len(waits))]
    ends = [now + most for now, _, most in told(times, len(waits) + 1)]
    assert all(end < 10 * before for i, end in enumerate(ends) for before in ends[:i])


def test_what_stands_still_is_expected_later_and_later() -> None:
    pace = Pace()
    for second in range(10):
        pace.look(second, second)
    at_once, after = pace.left(9, 20), pace.left(900, 20)
    assert at_once is not None
    assert after is not None
    assert after[1] > 10 * at_once[1]


def test_nothing_is_told_before_two_parts_are_seen_to_end() -> None:
    pace = Pace()
    for now, done in [(0.0, 7), (1.0, 7), (2.0, 8)]:
        pace.look(now, done)
        assert pace.left(now, 20) is None


def test_on_a_busy_machine_the_range_says_so_and_ninety_seconds_for_three_are_told() -> None:
    assert span(3, load=0, n_at_once=1, n_cores=2) == (3, 6)
    assert span(3, load=30, n_at_once=1, n_cores=2)[1] == pytest.approx(93)
    assert is_slow(93, expected=3)
    assert is_slow(12 * 60, expected=8)
