"""What the tests' other processes do, and how to start them."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any

from core.store.records import EpochRow
from core.store.store import Store

SECONDS = 60  # the longest a test waits for another process
processes = multiprocessing.get_context("spawn")


def row(epoch: int, **measured: float) -> EpochRow:
    """An epoch's row with numbers that follow from its number."""
    return EpochRow(epoch, images=100 * epoch, seconds=0.5 * epoch, **measured)


def checkpoint(epoch: int, size: int = 300_000) -> bytes:
    """A checkpoint that says all over which epoch it is of."""
    return epoch.to_bytes(4, "big") * (size // 4)


def start(work: Callable[..., None], *arguments: Any) -> BaseProcess:
    process = processes.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def open_queue_and_claim(
    url: str, n_runs: int, ready: Barrier, said: "Queue[list[str] | str]"
) -> None:
    """Open the store at the same moment as others, and compete for all that is queued there."""
    ready.wait(SECONDS)
    try:
        store = Store(url)
        for i in range(n_runs):
            store.runs.create("ada", str(i), {}, n_epochs=1)
        ready.wait(SECONDS)
        said.put([run.id for run in store.queue.waiting() if store.queue.claim(run.id) is not None])
        store.close()
    except Exception as error:  # for the test to show
        ready.abort()
        said.put(repr(error))


def learn(url: str, run_id: str) -> None:
    """Claim a run and store epochs, on from its checkpoint, until somebody kills the process."""
    store = Store(url)
    attempt = store.queue.claim(run_id)
    assert attempt is not None
    begun = store.checkpoints.of_run(run_id)
    epoch = 0 if begun is None else int.from_bytes(begun[:4], "big")
    while True:
        epoch += 1
        blob = checkpoint(epoch)
        best = epoch % 3 == 0
        store.checkpoints.save_epoch(
            run_id, attempt, row(epoch, loss=1 / epoch), blob, blob, best=best
        )
