import time

import pytest

from core.jobs import heartbeats
from core.jobs.fair import Ticket, who_makes_room
from core.jobs.heartbeats import STALE, Heartbeats
from core.store.store import Store


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


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_that_jumps_by_a_day_takes_no_run_from_its_worker(tmp_path, monkeypatch, days):
    store, seen = Store(f"sqlite:///{tmp_path / 'store'}"), Heartbeats()
    run = store.runs.create("Ann", "run", {}, n_epochs=1)
    store.queue.claim(run.id)
    assert store.queue.beat(run.id, 1)
    assert seen.missing(store.queue.running()) == []
    clock = time.time
    monkeypatch.setattr("core.store.database.time.time", lambda: clock() + days * 86_400)
    waits = store.runs.create("Bob", "run", {}, n_epochs=1)
    assert seen.missing(store.queue.running()) == []
    assert store.queue.beat(run.id, 1)
    assert seen.missing(store.queue.running()) == []
    at_work = store.queue.running()
    gives_way = who_makes_room(store.queue.waiting(), at_work, store.queue.clock())
    assert gives_way is not None  # Bob does not wait for a day
    assert store.queue.end(run.id, 1, "done")
    assert store.queue.claim(waits.id) == 1
    store.close()
