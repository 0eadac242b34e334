"""Who has a run: the queue, one worker, nobody."""

import dataclasses
import itertools
import math
from typing import get_args

import pytest
from sqlalchemy import create_engine, event, update

from core.store import tables
from core.store.records import STATUS, Order, Run, Status
from core.store.store import Store
from tests.core.store.workers import row


def queue(store: Store, name: str = "run") -> Run:
    return store.runs.create("ada", name, {}, n_epochs=2)


def again(store: Store, run_id: str) -> Run:
    run = store.runs.get(run_id)
    assert run is not None
    return run


def claimed(store: Store) -> tuple[str, int]:
    run = queue(store)
    attempt = store.queue.claim(run.id)
    assert attempt == 1
    return run.id, attempt


def let_go(store: Store, run_id: str, attempt: int, order: Order | None = None) -> None:
    """Give an order, and let the worker obey it."""
    if order is not None:
        assert store.queue.order(run_id, order)
    assert store.queue.give_back(run_id, attempt)


def with_status(store: Store, status: Status) -> tuple[str, int]:
    """A run that has come to a status in its usual way, and its attempt."""
    run_id, attempt = claimed(store)
    if status == "interrupted":
        assert store.queue.interrupt_stale(-60) == [run_id]
    elif status in ("paused", "stopped", "queued"):
        let_go(store, run_id, attempt, {"paused": "pause", "stopped": "stop"}.get(status))
    elif status != "running":
        assert store.queue.end(run_id, attempt, status)
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

    def waiting() -> list[str]:
        return [place.id for place in store.queue.waiting()]

    assert waiting() == [first.id, second.id, third.id]
    assert store.queue.order(first.id, "pause")
    assert store.queue.resume(first.id)
    assert waiting() == [second.id, third.id, first.id]
    assert store.queue.claim(third.id) == 1
    assert store.queue.claim(second.id) == 1
    assert [place.id for place in store.queue.running()] == [second.id, third.id]
    let_go(store, third.id, 1, "make room")
    assert waiting() == [first.id, third.id]
    assert store.queue.claim(third.id) == 2


def test_a_place_is_the_few_columns_of_a_run_that_the_queue_needs(store: Store):
    run_id, _ = claimed(store)
    assert store.queue.order(run_id, "pause")
    run, (place,) = again(store, run_id), store.queue.running()
    assert dataclasses.asdict(place).items() <= dataclasses.asdict(run).items()
    assert place.wanted == "pause"


def test_a_claimed_run_is_its_workers(store: Store):
    run_id, attempt = claimed(store)
    run = again(store, run_id)
    assert (run.status, run.attempt) == ("running", 1)
    assert run.started_at == run.heartbeat is not None
    assert store.queue.claim(run_id) is None
    assert store.queue.beat(run_id, attempt)
    assert not store.queue.beat(run_id, attempt + 1)
    assert (again(store, run_id).heartbeat or 0) >= run.heartbeat


@pytest.mark.parametrize("status", STATUS)
def test_what_can_be_done_with_a_run_in_each_status(store: Store, status: Status):
    """The whole table: which calls find the run as they need it."""
    done = {
        "claim": lambda run_id, _: store.queue.claim(run_id) is not None,
        "stop": lambda run_id, _: store.queue.order(run_id, "stop"),
        "pause": lambda run_id, _: store.queue.order(run_id, "pause"),
        "make room": lambda run_id, _: store.queue.order(run_id, "make room"),
        "resume": lambda run_id, _: store.queue.resume(run_id),
        "give back": lambda run_id, n: store.queue.give_back(run_id, n),
        "give back with an old attempt": lambda run_id, n: store.queue.give_back(run_id, n - 1),
        "end": lambda run_id, n: store.queue.end(run_id, n, "failed"),
        "end with an old attempt": lambda run_id, n: store.queue.end(run_id, n - 1, "failed"),
        "beat": lambda run_id, n: store.queue.beat(run_id, n),
        "interrupt": lambda run_id, n: store.queue.interrupt(run_id, n),
        "interrupt an old attempt": lambda run_id, n: store.queue.interrupt(run_id, n - 1),
        "find it silent": lambda run_id, _: run_id in store.queue.interrupt_stale(-60),
    }
    allowed = {call for call, do in done.items() if do(*with_status(store, status))}
    at_work = {"stop", "pause", "make room", "give back", "end", "beat", "interrupt"}
    assert (
        allowed
        == {
            "queued": {"claim", "stop", "pause"},
            "running": at_work | {"find it silent"},
            "paused": {"resume"},
            "stopped": {"resume"},
            "failed": {"resume"},
            "interrupted": {"resume"},
            "pruned": {"resume"},
            "done": set(),
            "diverged": set(),
        }[status]
    )


def test_every_status_has_a_name():
    assert set(STATUS) == set(get_args(Status))


def test_why_a_run_ended_may_name_a_number_that_is_none(store: Store):
    run_id, attempt = claimed(store)
    told = {"message": "The loss is {loss}.", "values": {"loss": math.inf}}
    assert store.queue.end(run_id, attempt, "diverged", **told)  # type: ignore[arg-type]
    run = again(store, run_id)
    assert (run.message or "").format(**run.values) == "The loss is inf."


def test_why_a_run_ended_is_kept_until_it_is_queued_again(store: Store):
    run_id, attempt = claimed(store)
    told = {"message": "{n} pictures are missing.", "values": {"n": 3}}
    assert store.queue.end(run_id, attempt, "failed", **told)  # type: ignore[arg-type]
    run = again(store, run_id)
    assert (run.message, run.values, run.heartbeat) == (*told.values(), None)
    assert run.finished_at is not None
    assert run.started_at is not None
    assert store.queue.resume(run_id)
    queued = again(store, run_id)
    assert (queued.message, queued.values, queued.finished_at) == (None, {}, None)
    assert queued.queued_at >= run.finished_at
    assert store.queue.claim(run_id) == 2
    assert again(store, run_id).started_at > run.started_at  # its new turn


@pytest.mark.parametrize(("order", "status"), [("pause", "paused"), ("stop", "stopped")])
def test_a_run_taken_out_of_the_queue_was_never_at_work(store: Store, order, status):
    run = queue(store)
    assert store.queue.order(run.id, order)
    ended = again(store, run.id)
    assert (ended.status, ended.attempt, ended.started_at) == (status, 0, None)
    assert ended.finished_at is not None
    assert store.queue.claim(run.id) is None


def test_only_workers_that_are_silent_lose_their_runs(store: Store):
    silent, _ = claimed(store)
    alive, attempt = claimed(store)
    waiting = queue(store)
    for run_id in (silent, alive):
        silent_since(store, run_id, 100)
    assert store.queue.beat(alive, attempt)
    assert store.queue.interrupt_stale(50) == [silent]
    assert store.queue.interrupt_stale(50) == []
    assert again(store, silent).status == "interrupted"
    assert again(store, alive).status == "running"
    assert again(store, waiting.id).status == "queued"


def test_a_worker_that_wakes_up_late_changes_nothing(store: Store):
    run_id, old = claimed(store)
    store.checkpoints.save_epoch(run_id, old, row(1), b"one", b"one", best=True)
    assert store.queue.interrupt_stale(-60) == [run_id]
    assert store.queue.resume(run_id)
    new = store.queue.claim(run_id)
    assert new == old + 1
    before = again(store, run_id)
    assert not store.queue.beat(run_id, old)
    assert not store.queue.end(run_id, old, "done")
    assert not store.queue.give_back(run_id, old)
    assert again(store, run_id) == before
    store.checkpoints.save_epoch(run_id, new, row(2), b"two", b"two", best=False)
    assert store.checkpoints.of_run(run_id) == b"two"


ENDS = {None: "queued", "make room": "queued", "pause": "paused", "stop": "stopped"}
"""What a run is once its worker has let go of it, by the order it had."""


@pytest.mark.parametrize("orders", list(itertools.permutations([*ENDS][1:])))
def test_of_several_orders_the_strongest_is_obeyed(store: Store, orders):
    """Whatever comes first, and whenever it comes: also after the worker has seen another."""
    run_id, attempt = claimed(store)
    strength = list(ENDS)
    before = None
    for order in orders:
        is_stronger = strength.index(order) > strength.index(before)
        assert store.queue.order(run_id, order) == is_stronger
        before = order if is_stronger else before
        assert store.queue.wanted(run_id, attempt) == (True, before)
    assert before == "stop"
    assert store.queue.give_back(run_id, attempt)
    run = again(store, run_id)
    assert (run.status, run.wanted, run.heartbeat) == ("stopped", None, None)


@pytest.mark.parametrize(("order", "status"), ENDS.items())
def test_giving_a_run_back_obeys_what_was_wanted_of_it(store: Store, order, status):
    run_id, attempt = claimed(store)
    let_go(store, run_id, attempt, order)
    run = again(store, run_id)
    assert (run.status, run.wanted) == (status, None)
    assert (run.finished_at is None) == (status == "queued")


@pytest.mark.parametrize(
    ("order", "status"), (ENDS | {None: "interrupted", "make room": "interrupted"}).items()
)
@pytest.mark.parametrize("call", ["interrupt", "interrupt_stale"])
def test_a_run_whose_worker_died_is_what_was_wanted_of_it(store: Store, order, status, call):
    run_id, attempt = claimed(store)
    if order is not None:
        assert store.queue.order(run_id, order)
    if call == "interrupt":
        assert store.queue.interrupt(run_id, attempt) == (status == "interrupted")
    else:
        expected = [run_id] if status == "interrupted" else []
        assert store.queue.interrupt_stale(-60) == expected
    run = again(store, run_id)
    assert (run.status, run.wanted) == (status, None)
    assert run.finished_at is not None


def test_an_order_is_of_one_attempt(store: Store):
    run_id, attempt = claimed(store)
    let_go(store, run_id, attempt, "pause")
    assert store.queue.wanted(run_id, attempt) == (False, None)
    assert store.queue.resume(run_id)
    assert store.queue.claim(run_id) == attempt + 1
    assert store.queue.wanted(run_id, attempt + 1) == (True, None)
    assert store.queue.wanted(run_id, attempt) == (False, None)


def test_a_thousand_that_wait_are_read_without_their_recipes(store: Store):
    recipe = {"n_epochs": 1, "note": "x" * 1_000}
    store.sweeps.create("ada", "large", {}, [(f"run {n}", recipe) for n in range(1_000)])
    statements = []
    engine = store._database._engine
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    assert len(store.queue.waiting()) == 1_000
    assert all("recipe" not in statement for statement in statements)
    assert any("queued_at" in statement for statement in statements)
