"""A worker's sign of life, from a thread of its own, whatever the worker is busy with."""

import threading
from types import TracebackType

from core.store.errors import StoreError
from core.store.store import Store

BEAT = 2.0
"""Seconds between two heartbeats."""


class Pulse:
    """The heartbeat of one attempt at one run, as long as the block lasts.

    Parameters
    ----------
    store : Store
    run_id : str
    attempt : int
    """

    def __init__(self, store: Store, run_id: str, attempt: int) -> None:
        self._store, self._run_id, self._attempt = store, run_id, attempt
        self._over = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    @property
    def lost(self) -> bool:
        """Whether the run belongs to another attempt by now."""
        return self._lost.is_set()

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
        while not self._over.is_set():
            try:
                if not self._store.beat(self._run_id, self._attempt) and not self._over.is_set():
                    self._lost.set()
                    return
            except StoreError:
                pass  # the store is away: beat on, it may come back
            self._over.wait(BEAT)
