"""A worker's line to the store, from a thread of its own, whatever the worker is busy with.

It gives signs of life, and hears what is wanted of the run.
"""

import threading
import time
from types import TracebackType

from distributed import Worker
from distributed.core import Status

from core.store.errors import StoreError
from core.store.records import Order
from core.store.store import Store

BEAT = 2.0
"""Seconds between two heartbeats."""
LOOK = 0.1
"""Seconds between two looks for an order."""

CONNECTED = (Status.running, Status.paused)
"""What a worker is while its scheduler is there; paused, for want of memory."""


class Pulse:
    """The heartbeat of one attempt at one run, as long as the block lasts.

    Parameters
    ----------
    store : Store
    run_id : str
    attempt : int
    worker : distributed.Worker, optional
        Whose scheduler it is that the run came from: once that has gone, the run is lost.
    """

    def __init__(
        self, store: Store, run_id: str, attempt: int, worker: Worker | None = None
    ) -> None:
        self._store, self._run_id, self._attempt, self._worker = store, run_id, attempt, worker
        self._over = threading.Event()
        self._lost = threading.Event()
        self._wanted: Order | None = None
        self._since = 0.0
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    @property
    def lost(self) -> bool:
        """Whether the run belongs to another attempt by now, or the scheduler has gone."""
        return self._lost.is_set()

    @property
    def wanted(self) -> Order | None:
        """The order that the worker is to obey, if there is one."""
        return self._wanted

    @property
    def waits(self) -> float:
        """For how many seconds there has been an order."""
        return time.monotonic() - self._since if self._wanted is not None else 0.0

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()

    def _beat(self) -> None:
        beaten = -BEAT
        while not self._over.is_set() and not self.lost:
            now = time.monotonic()
            try:
                if now - beaten >= BEAT:
                    self._store.queue.beat(self._run_id, self._attempt)
                    beaten = now
                self._hear(*self._store.queue.wanted(self._run_id, self._attempt))
            except StoreError:
                pass  # the store is away: beat on, it may come back
            if self._worker is not None and self._worker.status not in CONNECTED:
                self._lost.set()
            self._over.wait(LOOK)

    def _hear(self, is_mine: bool, wanted: Order | None) -> None:
        if not is_mine and not self._over.is_set():
            self._lost.set()
        if wanted is not None and self._wanted is None:
            self._since = time.monotonic()
        self._wanted = wanted
