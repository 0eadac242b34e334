import gc
import os
import threading
from collections.abc import Iterator

import pytest

from core.background import BackgroundRun

SECONDS = 20  # the longest a test waits before it fails


class Gate:
    """A stream that gives its next number only when told to."""

    def __init__(self, n_records: int) -> None:
        self.n_records = n_records
        self.allowed = threading.Semaphore(0)
        self.given = threading.Semaphore(0)

    def __iter__(self) -> Iterator[int]:
        for i in range(self.n_records):
            assert self.allowed.acquire(timeout=SECONDS)
            self.given.release()
            yield i

    def allow(self) -> None:
        """Let one record through, and return when it is on its way."""
        self.allowed.release()
        assert self.given.acquire(timeout=SECONDS)


def test_a_run_reads_its_stream_to_the_end():
    run = BackgroundRun(iter(range(3)))
    run.wait(SECONDS)
    assert (run.state, run.records, run.error) == ("done", [0, 1, 2], None)
    assert not run.is_active


def test_a_stopped_run_goes_on_where_it_was():
    gate = Gate(3)
    run = BackgroundRun(iter(gate))
    gate.allow()
    run.stop()
    gate.allow()  # the record under way
    run.wait(SECONDS)
    assert (run.state, run.records) == ("stopped", [0, 1])
    gate.allowed.release()
    run.resume()
    run.wait(SECONDS)
    assert (run.state, run.records) == ("done", [0, 1, 2])


def test_a_resumed_run_at_its_end_stays_there():
    run = BackgroundRun(iter("ab"))
    run.wait(SECONDS)
    run.stop()
    run.resume()
    run.wait(SECONDS)
    assert (run.state, run.records) == ("done", ["a", "b"])


def test_an_error_ends_a_run_and_is_kept_with_the_records():
    def stream() -> Iterator[int]:
        yield 1
        raise OSError("no room")

    run = BackgroundRun(stream())
    run.wait(SECONDS)
    assert (run.state, run.records) == ("failed", [1])
    assert isinstance(run.error, OSError)


@pytest.fixture
def full_house() -> Iterator[list[tuple[Gate, BackgroundRun[int]]]]:
    """As many runs at work as there are places."""
    gates = [Gate(2) for _ in range(os.cpu_count() or 1)]
    runs = [(gate, BackgroundRun(iter(gate))) for gate in gates]
    for gate in gates:
        gate.allow()
    yield runs
    for gate, run in runs:
        gate.allowed.release()
        run.wait(SECONDS)


def test_a_run_waits_for_a_free_place(full_house):
    late = BackgroundRun(iter("ab"))
    late.wait(0.05)
    assert (late.state, late.records) == ("waiting", [])
    gate, run = full_house[0]
    gate.allow()
    run.wait(SECONDS)
    late.wait(SECONDS)
    assert (late.state, late.records) == ("done", ["a", "b"])


def test_a_waiting_run_can_be_stopped_and_resumed(full_house):
    late = BackgroundRun(iter("ab"))
    late.stop()
    late.wait(SECONDS)
    assert (late.state, late.records) == ("stopped", [])
    late.resume()
    assert late.is_active
    gate, run = full_house[0]
    gate.allow()
    run.wait(SECONDS)
    late.wait(SECONDS)
    assert late.records == ["a", "b"]


def test_a_run_that_nobody_holds_stops():
    gate = Gate(1000)
    run = BackgroundRun(iter(gate))
    gate.allow()
    thread = run._work.thread
    assert thread is not None
    del run
    gc.collect()
    gate.allow()  # the record under way
    thread.join(SECONDS)
    assert not thread.is_alive()


def test_the_time_at_work_leaves_out_pauses():
    gate = Gate(2)
    run = BackgroundRun(iter(gate))
    gate.allow()
    run.stop()
    gate.allow()
    run.wait(SECONDS)
    at_work = run.seconds
    assert at_work > 0
    run.wait(0.05)
    assert run.seconds == at_work
