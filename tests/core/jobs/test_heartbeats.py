import pytest

from core.jobs import heartbeats
from core.jobs.fair import Ticket
from core.jobs.heartbeats import STALE, Heartbeats


class Beating(Ticket):
    """A run with a heartbeat."""

    attempt = 1

    def __init__(self, heartbeat: float) -> None:
        super().__init__("run", "Ann")
        object.__setattr__(self, "heartbeat", heartbeat)


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 0.0

        def monotonic(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(heartbeats, "time", clock)
    return clock


def test_a_beating_run_is_not_missing(clock):
    seen = Heartbeats()
    for second in range(100):
        clock.now = second
        assert seen.missing([Beating(1000 + second)]) == []


def test_a_run_whose_heartbeat_stands_still_is_missing(clock):
    seen, run = Heartbeats(), Beating(1000)
    assert seen.missing([run]) == []
    clock.now = STALE
    assert seen.missing([run]) == []
    clock.now = STALE + 0.1
    assert seen.missing([run]) == [run]


def test_a_new_attempt_is_another_heart(clock):
    seen, run = Heartbeats(), Beating(1000)
    seen.missing([run])
    clock.now = STALE + 0.1
    resumed = Beating(1000)
    object.__setattr__(resumed, "attempt", 2)
    assert seen.missing([resumed]) == []
