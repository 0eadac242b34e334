"""Who has a run: the queue, one worker, nobody."""

import math
from typing import get_args

import pytest
from sqlalchemy import create_engine, update

from core.store import tables
from core.store.records import STATUS, Run, Status
from core.store.store import Store
from tests.core.store.workers import row


def queue(store: Store, name: str = "run") -> Run:
    return store.create_run("ada", name, {}, n_epochs=2)


def again(store: Store, run_id: str) -> Run:
    run = store.run(run_id)
    assert run is not None
    return run


def claimed(store: Store) -> tuple[str, int]:
    run = queue(store)
    attempt = store.claim(run.id)
    assert attempt == 1
    return run.id, attempt


def with_status(store: Store, status: Status) -> tuple[str, int]:
    """A run that has come to a status in its usual way, and its attempt."""
    run_id, attempt = claimed(store)
    if status == "interrupted":
        assert store.interrupt_stale(-60) == [run_id]
    elif status != "running":
        assert store.end(run_id, attempt, status)
    assert again(store, run_id).status == status
    return run_id, attempt


def silent_since(store: Store, run_id: str, seconds: float) -> None:
    """Move the run's last sign of life into the past."""
    engine = create_engine(store.url)
    earlier = tables.runs.c.heartbeat - seconds
    with engine.begin() as connection:
        connection.execute(
            update(tables.runs).where(tables.runs.c.id == run_id).values(heartbeat=earlier)
        )
    engine.dispose()


def test_the_first_queued_is_the_first_in_line(store: Store):
    first, second, third = queue(store, "1"), queue(store, "2"), queue(store, "3")
    assert store.queued() == [first, second, third]
    assert store.cancel(first.id, "paused")
    assert store.requeue(first.id)
    assert [run.id for run in store.queued()] == [second.id, third.id, first.id]
    assert store.claim(third.id) == 1
    assert store.claim(second.id) == 1
    assert [run.id for run in store.running()] == [second.id, third.id]
    assert store.end(third.id, 1, "queued")  # given back: it keeps its place
    assert [run.id for run in store.queued()] == [third.id, first.id]
    assert store.claim(third.id) == 2


def test_a_claimed_run_is_its_workers(store: Store):
    run_id, attempt = claimed(store)
    run = again(store, run_id)
    assert (run.status, run.attempt) == ("running", 1)
    assert run.started_at == run.heartbeat is not None
    assert store.claim(run_id) is None
    assert store.beat(run_id, attempt)
    assert not store.beat(run_id, attempt + 1)
    assert (again(store, run_id).heartbeat or 0) >= run.heartbeat


@pytest.mark.parametrize("status", STATUS)
def test_what_can_be_done_with_a_run_in_each_status(store: Store, status: Status):
    """The whole table: which calls find the run as they need it."""
    done = {
        "claim": lambda run_id, _: store.claim(run_id) is not None,
        "cancel": lambda run_id, _: store.cancel(run_id, "stopped"),
        "requeue": lambda run_id, _: store.requeue(run_id),
        "requeue with its attempt": lambda run_id, n: store.requeue(run_id, attempt=n),
        "requeue with an old one": lambda run_id, n: store.requeue(run_id, attempt=n - 1),
        "end": lambda run_id, n: store.end(run_id, n, "failed"),
        "end with an old attempt": lambda run_id, n: store.end(run_id, n - 1, "failed"),
        "beat": lambda run_id, n: store.beat(run_id, n),
        "interrupt": lambda run_id, _: run_id in store.interrupt_stale(-60),
    }
    allowed = {call for call, do in done.items() if do(*with_status(store, status))}
    held = {"requeue", "requeue with its attempt", "requeue with an old one"}
    assert (
        allowed
        == {
            "queued": {"claim", "cancel"},
            "running": {"requeue with its attempt", "end", "beat", "interrupt"},
            "paused": held,
            "stopped": held,
            "failed": held,
            "interrupted": held,
            "pruned": held,
            "done": set(),
            "diverged": set(),
        }[status]
    )


def test_every_status_has_a_name():
    assert set(STATUS) == set(get_args(Status))


def test_why_a_run_ended_may_name_a_number_that_is_none(store: Store):
    run_id, attempt = claimed(store)
    told = {"message": "The loss is {loss}.", "values": {"loss": math.inf}}
    assert store.end(run_id, attempt, "diverged", **told)  # type: ignore[arg-type]
    run = again(store, run_id)
    assert (run.message or "").format(**run.values) == "The loss is inf."


def test_why_a_run_ended_is_kept_until_it_is_queued_again(store: Store):
    run_id, attempt = claimed(store)
    told = {"message": "{n} pictures are missing.", "values": {"n": 3}}
    assert store.end(run_id, attempt, "failed", **told)  # type: ignore[arg-type]
    run = again(store, run_id)
    assert (run.message, run.values, run.heartbeat) == (*told.values(), None)
    assert run.finished_at is not None
    assert run.started_at is not None
    assert store.requeue(run_id)
    queued = again(store, run_id)
    assert (queued.message, queued.values, queued.finished_at) == (None, {}, None)
    assert queued.queued_at >= run.finished_at
    assert store.claim(run_id) == 2
    assert again(store, run_id).started_at > run.started_at  # its new turn


@pytest.mark.parametrize("status", ["paused", "stopped"])
def test_a_run_taken_out_of_the_queue_was_never_at_work(store: Store, status):
    run = queue(store)
    assert store.cancel(run.id, status)
    ended = again(store, run.id)
    assert (ended.status, ended.attempt, ended.started_at) == (status, 0, None)
    assert ended.finished_at is not None
    assert store.claim(run.id) is None


def test_only_workers_that_are_silent_lose_their_runs(store: Store):
    silent, _ = claimed(store)
    alive, attempt = claimed(store)
    waiting = queue(store)
    for run_id in (silent, alive):
        silent_since(store, run_id, 100)
    assert store.beat(alive, attempt)
    assert store.interrupt_stale(50) == [silent]
    assert store.interrupt_stale(50) == []
    assert again(store, silent).status == "interrupted"
    assert again(store, alive).status == "running"
    assert again(store, waiting.id).status == "queued"


def test_a_worker_that_wakes_up_late_changes_nothing(store: Store):
    run_id, old = claimed(store)
    store.save_epoch(run_id, old, row(1), b"one", b"one", best=True)
    assert store.interrupt_stale(-60) == [run_id]
    assert store.requeue(run_id)
    new = store.claim(run_id)
    assert new == old + 1
    before = again(store, run_id)
    assert not store.beat(run_id, old)
    assert not store.end(run_id, old, "done")
    assert not store.requeue(run_id, attempt=old)
    assert again(store, run_id) == before
    store.save_epoch(run_id, new, row(2), b"two", b"two", best=False)
    assert store.checkpoint(run_id) == b"two"
