"""A worker obeys although the store fails meanwhile: without a cluster, without any training."""

from types import SimpleNamespace
from typing import Any

import pytest

from core.jobs import work
from core.jobs.pulse import Pulse
from core.jobs.work import Work
from core.store.checkpoints import Checkpoints
from core.store.errors import BUSY, StoreError
from core.store.queue import Queue
from core.store.records import EpochRow, Order, Run
from core.store.store import Store
from tests.core.jobs.runs import again
from tests.waiting import wait_for


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the worker tells the servers, one after the other."""
    told: list[Any] = []
    worker = SimpleNamespace(log_event=lambda _topic, message: told.append(message))
    monkeypatch.setattr("core.jobs.report.get_worker", lambda: worker)
    monkeypatch.setattr(work, "RETRY", 0.01)
    return told


def at_work(store: Store) -> Run:
    """A run of three epochs, one of them done, in the hands of a worker."""
    run = store.runs.create("ada", "first", {}, n_epochs=3)
    attempt = store.queue.claim(run.id)
    assert attempt
    row = EpochRow(epoch=1, images=1, seconds=1.0)
    store.checkpoints.save_epoch(run.id, attempt, row, b"epoch 1", b"", best=True)
    return again(store, run.id)


def learning(run: Run, pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> Work:
    """A worker that learns until an order comes, and then is in the middle of epoch 2."""
    mid_epoch = SimpleNamespace(checkpoint=lambda: b"mid-epoch 2")
    monkeypatch.setattr(Work, "resumed", lambda _: mid_epoch)

    def learn(*_: Any) -> str:
        wait_for(lambda: pulse.wanted, "an order")
        return "ordered"

    monkeypatch.setattr(Work, "learn", learn)
    return Work(pulse._store, run, pulse)


def failing(n_times: int, monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[int]:
    """Let a method say that the database is busy the first few times; count the calls."""
    calls: list[int] = []
    does = getattr(owner, name)

    def fails(*arguments: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) <= n_times:
            raise StoreError(BUSY, database="runs.sqlite3")
        return does(*arguments, **more)

    monkeypatch.setattr(owner, name, fails)
    return calls


@pytest.mark.parametrize(("owner", "name"), [(Checkpoints, "save"), (Queue, "give_back")])
@pytest.mark.parametrize("waits", [0, 0.01], ids=["at once", "after the longest wait"])
def test_an_order_being_obeyed_is_carried_out_although_the_store_fails(
    store: Store,
    told: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    name: str,
    waits: float,
) -> None:
    monkeypatch.setattr(work, "WAIT", waits)
    calls = failing(5, monkeypatch, owner, name)
    run = at_work(store)
    with Pulse(store, run.id, run.attempt) as pulse:
        store.queue.order(run.id, "pause")
        learning(run, pulse, monkeypatch).do()
    assert len(calls) == 6
    assert again(store, run.id).status == "paused"
    assert store.checkpoints.of_run(run.id) == b"mid-epoch 2"
    assert [message["trouble"] is None for message in told] == [False, True]


@pytest.mark.parametrize(
    ("order", "status", "checkpoint"),
    [
        ("pause", "paused", b"mid-epoch 2"),
        ("make room", "queued", b"mid-epoch 2"),
        ("stop", "stopped", b"epoch 1"),
    ],
)
@pytest.mark.usefixtures("told")
def test_every_order_is_obeyed(
    store: Store, monkeypatch: pytest.MonkeyPatch, order: Order, status: str, checkpoint: bytes
) -> None:
    run = at_work(store)
    with Pulse(store, run.id, run.attempt) as pulse:
        store.queue.order(run.id, order)
        learning(run, pulse, monkeypatch).do()
    assert again(store, run.id).status == status
    assert store.checkpoints.of_run(run.id) == checkpoint


@pytest.mark.parametrize(("order", "status"), [("pause", "paused"), ("stop", "stopped")])
@pytest.mark.usefixtures("told")
def test_an_order_that_comes_while_a_run_makes_room_is_obeyed(
    store: Store, monkeypatch: pytest.MonkeyPatch, order: Order, status: str
) -> None:
    """It comes after the worker stopped learning, and before the run is back in the queue."""
    run = at_work(store)
    saves = Checkpoints.save

    def save_then_order(checkpoints: Checkpoints, *arguments: Any) -> None:
        saves(checkpoints, *arguments)
        assert store.queue.order(run.id, order)

    monkeypatch.setattr(Checkpoints, "save", save_then_order)
    with Pulse(store, run.id, run.attempt) as pulse:
        store.queue.order(run.id, "make room")
        learning(run, pulse, monkeypatch).do()
    assert again(store, run.id).status == status
    assert store.queue.waiting() == []


@pytest.mark.usefixtures("told")
def test_an_order_ends_the_wait_for_a_store_that_takes_no_epoch(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "WAIT", 0.01)
    run = at_work(store)
    calls = failing(10**9, monkeypatch, Checkpoints, "save_epoch")
    with Pulse(store, run.id, run.attempt) as pulse:
        one = learning(run, pulse, monkeypatch)

        def learn(*_: Any) -> None:
            store.queue.order(run.id, "stop")
            one.retry(store.checkpoints.save_epoch)

        monkeypatch.setattr(one, "learn", learn)
        one.do()
    assert calls
    assert again(store, run.id).status == "stopped"
    assert store.checkpoints.of_run(run.id) == b"epoch 1"
