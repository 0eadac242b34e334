import numpy as np
import pytest

from core.store.errors import Superseded
from core.store.records import EpochRow
from core.store.store import Store
from tests.core.store.workers import row


@pytest.fixture
def run(store: Store) -> str:
    """A run at work, in its first attempt."""
    run = store.runs.create("ada", "run", {}, n_epochs=3)
    assert store.queue.claim(run.id) == 1
    return run.id


def test_an_epoch_is_stored_with_its_checkpoint_and_weights(store: Store, run: str):
    store.checkpoints.save_epoch(run, 1, row(1, loss=0.5), b"after 1", b"one", best=True)
    store.checkpoints.save_epoch(run, 1, row(2, loss=0.7), b"after 2", b"two", best=False)
    assert store.runs.epochs(run) == [row(1, loss=0.5), row(2, loss=0.7)]
    assert store.checkpoints.of_run(run) == b"after 2"
    assert store.checkpoints.weights(run) == (2, b"two")
    assert store.checkpoints.weights(run, "best") == (1, b"one")
    stored = store.runs.get(run)
    assert stored is not None
    assert (stored.epochs_done, stored.seconds) == (2, 1.0)


def test_an_epoch_is_stored_again_where_the_answer_was_lost(store: Store, run: str):
    for _ in range(2):
        store.checkpoints.save_epoch(run, 1, row(1, loss=0.5), b"after 1", b"one", best=True)
    assert store.runs.epochs(run) == [row(1, loss=0.5)]
    assert store.checkpoints.of_run(run) == b"after 1"


def test_numbers_may_be_numpys(store: Store, run: str):
    measured = {"loss": np.float32(0.5), "test_loss": np.float64("nan"), "test_accuracy": None}
    epoch = EpochRow(np.int64(1), np.int64(3 * 10**9), np.float32(0.25), **measured)  # type: ignore[arg-type]
    store.checkpoints.save_epoch(run, 1, epoch, b"c", b"w", best=True)
    assert store.runs.epochs(run) == [EpochRow(1, 3 * 10**9, 0.25, loss=0.5)]
    assert store.checkpoints.weights(run) == (1, b"w")


def test_a_checkpoint_in_mid_epoch_leaves_the_epochs_alone(store: Store, run: str):
    store.checkpoints.save(run, 1, b"in the first")
    assert (
        store.checkpoints.of_run(run),
        store.runs.epochs(run),
        store.checkpoints.weights(run),
    ) == (
        b"in the first",
        [],
        None,
    )
    store.checkpoints.save_epoch(run, 1, row(1), b"after 1", b"one", best=True)
    store.checkpoints.save(run, 1, b"in the second")
    assert store.checkpoints.of_run(run) == b"in the second"
    assert store.runs.epochs(run) == [row(1)]


@pytest.mark.parametrize("lost", ["attempt", "ended", "deleted"])
def test_a_worker_that_lost_its_run_stores_nothing(store: Store, run: str, lost: str):
    store.checkpoints.save_epoch(run, 1, row(1), b"after 1", b"one", best=True)
    attempt = 1
    if lost == "attempt":
        attempt = 2
    elif lost == "ended":
        assert store.queue.end(run, 1, "paused")
    else:
        store.runs.delete(run)
    before = (
        store.runs.get(run),
        store.runs.epochs(run),
        store.checkpoints.of_run(run),
        store.checkpoints.weights(run),
    )
    with pytest.raises(Superseded):
        store.checkpoints.save_epoch(run, attempt, row(2), b"after 2", b"two", best=True)
    with pytest.raises(Superseded):
        store.checkpoints.save(run, attempt, b"in mid-epoch")
    assert before == (
        store.runs.get(run),
        store.runs.epochs(run),
        store.checkpoints.of_run(run),
        store.checkpoints.weights(run),
    )


@pytest.mark.parametrize("status", ["done", "diverged"])
def test_a_finished_run_keeps_its_weights_alone(store: Store, run: str, status):
    store.checkpoints.save_epoch(run, 1, row(1), b"after 1", b"one", best=True)
    assert store.queue.end(run, 1, status)
    assert store.checkpoints.of_run(run) is None
    assert store.checkpoints.weights(run) == store.checkpoints.weights(run, "best") == (1, b"one")
    assert store.runs.epochs(run) == [row(1)]


@pytest.mark.parametrize("status", ["paused", "stopped", "failed", "queued"])
def test_a_run_that_can_go_on_keeps_its_checkpoint(store: Store, run: str, status):
    store.checkpoints.save_epoch(run, 1, row(1), b"after 1", b"one", best=True)
    assert store.queue.end(run, 1, status)
    assert store.checkpoints.of_run(run) == b"after 1"
