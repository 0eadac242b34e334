"""Several processes and threads at one database, and one that is killed."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.store.store import Store
from tests.core.store.workers import (
    SECONDS,
    checkpoint,
    learn,
    open_queue_and_claim,
    processes,
    row,
    start,
)
from tests.waiting import wait_for

N_PROCESSES = 3


def together(work, *arguments) -> list:
    """Start `work` in several processes at the same moment; what each had to say."""
    ready, said = processes.Barrier(N_PROCESSES), processes.Queue()
    started = [start(work, *arguments, ready, said) for _ in range(N_PROCESSES)]
    answers = [said.get(timeout=SECONDS) for _ in started]
    for process in started:
        process.join(SECONDS)
    return answers


def test_several_processes_open_a_fresh_database_at_once_and_each_run_is_claimed_by_one(
    database_url: str,
):
    claimed = together(open_queue_and_claim, database_url, 14)
    assert all(isinstance(ids, list) for ids in claimed), claimed
    store = Store(database_url)
    queued = [run.id for run in store.runs.matching("ada")]
    assert len(queued) == 14 * N_PROCESSES
    assert Counter(run_id for ids in claimed for run_id in ids) == Counter(queued)
    assert {run.attempt for run in store.queue.running()} == {1}
    store.close()


def test_threads_share_a_store(store: Store):
    def work(number: int) -> str:
        run = store.runs.create("ada", str(number), {}, n_epochs=5)
        attempt = store.queue.claim(run.id)
        assert attempt == 1
        for epoch in range(1, 6):
            blob = checkpoint(epoch, 20_000)
            store.checkpoints.save_epoch(run.id, attempt, row(epoch), blob, blob, best=True)
            assert store.queue.beat(run.id, attempt)
            assert store.checkpoints.of_run(run.id) == blob
            assert len(store.runs.epochs(run.id)) == epoch
        assert store.queue.end(run.id, attempt, "done")
        return run.id

    with ThreadPoolExecutor(16) as threads:
        done = list(threads.map(work, range(16)))
    assert {run.id for run in store.runs.matching("ada")} == set(done)
    assert {(run.status, run.epochs_done) for run in store.runs.matching()} == {("done", 5)}


def test_a_killed_worker_leaves_whole_epochs_to_go_on_from(store: Store):
    rng = random.Random(0)
    run = store.runs.create("ada", "run", {}, n_epochs=10**6)
    reached = 0
    for attempt in (1, 2):
        worker = start(learn, store.url, run.id)
        goal = reached + rng.randint(2, 12)
        wait_for(
            lambda goal=goal: store.runs.epochs(run.id, after=goal - 1),
            "the worker to store an epoch",
        )
        worker.join(rng.random() * 0.05)  # to be hit at any place of a transaction
        assert worker.is_alive()
        worker.kill()
        worker.join(SECONDS)
        store.close()  # and open the database anew
        # A server may still be busy with what the dead worker sent last; then it counts.
        assert store.queue.interrupt_stale(-60) == [run.id]
        now = store.runs.get(run.id)
        assert now is not None
        assert (now.status, now.attempt) == ("interrupted", attempt)
        reached = now.epochs_done
        assert reached >= goal
        rows = store.runs.epochs(run.id)
        assert rows == [row(epoch, loss=1 / epoch) for epoch in range(1, reached + 1)]
        assert now.seconds == rows[-1].seconds
        assert store.checkpoints.of_run(run.id) == checkpoint(reached)
        assert store.checkpoints.weights(run.id) == (reached, checkpoint(reached))
        best = reached - reached % 3
        assert store.checkpoints.weights(run.id, "best") == (
            (best, checkpoint(best)) if best else None
        )
        assert store.queue.resume(run.id)


def test_a_file_outlives_a_power_cut(tmp_path: Path):
    """A test cannot cut the power: this is what SQLite says is needed."""
    store = Store(f"sqlite:///{tmp_path / 'runs.sqlite3'}")
    with store._database.reading() as connection:
        for pragma, value in {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    store.close()
