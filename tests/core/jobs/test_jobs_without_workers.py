"""What the jobs decide, without Dask: the test says who is free, and plays the workers."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from core.digits.recipe import to_dict
from core.jobs import jobs as module
from core.jobs.heartbeats import STALE
from core.jobs.jobs import Jobs
from core.messages import InputError
from core.store.database import Database
from core.store.errors import BUSY, StoreError
from core.store.store import Store
from tests.core.jobs.runs import RECIPE, again, submit, wait_for_status
from tests.waiting import wait_for


class OnePlace:
    """A cluster of one worker, which does nothing with what it gets."""

    is_alive, is_local = True, True

    def __init__(self, *_: Any) -> None:
        self.client = self
        self.given: list[tuple[str, int]] = []
        self.ended: list[str] = []
        self.free = 1

    def submit(self, function: Any, *arguments: Any, **_: Any) -> Any:
        if function is module.train_run:
            _address, run_id, attempt = arguments
            self.given.append((run_id, attempt))
            self.free -= 1
        return SimpleNamespace(add_done_callback=lambda _: None, status="pending")

    def n_places(self) -> int:
        return 1

    def n_free(self) -> int:
        return self.free

    def end_task(self, key: str, _future: Any) -> None:
        self.ended.append(key)

    def grow(self, n_workers: int) -> None: ...

    def require_workers(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def jobs(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    monkeypatch.setattr(module, "Cluster", OnePlace)
    monkeypatch.setattr(module, "EVERY", 0.02)
    monkeypatch.setattr(module, "HANDS_BACK", 0.1)
    jobs = Jobs(store)
    yield jobs
    jobs.close()


def cluster(jobs: Jobs) -> OnePlace:
    found: Any = wait_for(lambda: jobs._cluster, "the cluster")
    return found  # type: ignore[no-any-return]


def at_work(jobs: Jobs) -> str:
    run_id = submit(jobs)
    wait_for(lambda: (run_id, 1) in cluster(jobs).given, "the worker to have it")
    return run_id


def test_the_free_place_is_filled_and_the_others_wait_in_their_order(jobs: Jobs) -> None:
    first = at_work(jobs)
    second, third = submit(jobs), submit(jobs)
    assert [jobs.position(one) for one in (first, second, third)] == [None, 1, 2]
    jobs.store.queue.end(first, 1, "done")
    cluster(jobs).free = 1
    wait_for(lambda: (second, 1) in cluster(jobs).given, "the next one to have the place")
    assert cluster(jobs).given == [(first, 1), (second, 1)]
    assert jobs.position(third) == 1


def test_an_order_is_the_run_s_and_the_worker_is_left_alone(jobs: Jobs) -> None:
    run_id = at_work(jobs)
    jobs.pause(run_id)
    assert again(jobs.store, run_id).wanted == "pause"
    jobs.stop(run_id)
    assert again(jobs.store, run_id).wanted == "stop"
    assert cluster(jobs).ended == []
    waiting = submit(jobs)
    jobs.stop(waiting)
    assert again(jobs.store, waiting).status == "stopped"
    jobs.resume(waiting)
    assert again(jobs.store, waiting).status == "queued"


def test_a_worker_that_does_not_obey_in_time_is_ended_and_its_order_carried_out(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE", 0.1)
    run_id = at_work(jobs)
    jobs.pause(run_id)
    wait_for_status(jobs.store, run_id, "paused")
    wait_for(lambda: cluster(jobs).ended, "the worker's end")
    assert cluster(jobs).ended[0] == f"train-{run_id}-1"


def test_who_has_had_the_place_for_long_makes_room_for_a_newcomer(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = at_work(jobs)
    newcomer = submit(jobs, owner="Bob")
    monkeypatch.setattr(module, "who_makes_room", lambda _waiting, at_work, _now: at_work[0])
    wait_for(lambda: again(jobs.store, run_id).wanted == "make room", "the order to make room")
    assert jobs.position(newcomer) == 1
    assert jobs.store.queue.give_back(run_id, 1)
    cluster(jobs).free = 1
    wait_for(lambda: (newcomer, 1) in cluster(jobs).given, "the newcomer to have the place")


@pytest.mark.parametrize(("of_a_sweep", "status"), [(False, "interrupted"), (True, "queued")])
def test_a_run_whose_worker_went_silent_is_found(
    store: Store, monkeypatch: pytest.MonkeyPatch, of_a_sweep: bool, status: str
) -> None:
    """At the first look, of a server long gone; one of a sweep goes on by itself."""
    recipe = to_dict(RECIPE)
    store.sweeps.create("ada", "of a sweep", {}, [("one", recipe)])
    store.runs.create("ada", "alone", recipe, n_epochs=5)
    run_id = next(run.id for run in store.runs.matching() if (run.sweep is not None) == of_a_sweep)
    other = next(run.id for run in store.runs.matching() if run.id != run_id)
    store.queue.order(other, "stop")
    with monkeypatch.context() as patch:
        patch.setattr("core.store.database.now", lambda _: 1_000.0)
        assert store.queue.claim(run_id) == 1
    assert store.queue.clock() - 1_000 > STALE
    monkeypatch.setattr(module, "Cluster", no_workers)
    jobs = Jobs(store)
    try:
        wait_for(lambda: again(store, run_id).status == status, status)
    finally:
        jobs.close()


def no_workers(*_: Any) -> Any:
    cluster = OnePlace()
    cluster.free = 0
    return cluster


def test_a_store_that_is_away_is_trouble_until_it_is_back(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster(jobs)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "reading", away)
        trouble = wait_for(lambda: jobs.trouble, "the trouble")
        assert isinstance(trouble, InputError)
        assert "busy" in str(trouble)
    wait_for(lambda: jobs.trouble is None, "the end of the trouble")
    at_work(jobs)


def away(*_: object) -> Any:
    raise StoreError(BUSY, database="runs.sqlite3")


def test_a_server_that_closes_lets_its_runs_make_room(jobs: Jobs) -> None:
    run_id = at_work(jobs)
    jobs.close()
    assert again(jobs.store, run_id).wanted == "make room"
