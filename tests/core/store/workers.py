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


def open_at_once(url: str, ready: Barrier, said: "Queue[str]") -> None:
    """Open the store at the same moment as others."""
    ready.wait(SECONDS)
    try:
        store = Store(url)
        said.put(store.runs.create("ada", "mine", {}, n_epochs=1).status)
        store.close()
    except Exception as error:  # for the test to show
        said.put(repr(error))


def claim_all(url: str, ready: Barrier, said: "Queue[list[str]]") -> None:
    """Claim all that is queued, in competition with others."""
    store = Store(url)
    ready.wait(SECONDS)
    said.put([run.id for run in store.queue.waiting() if store.queue.claim(run.id) is not None])
    store.close()


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
