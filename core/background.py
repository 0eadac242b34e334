"""A training run that goes on beside the page that shows it, and can be stopped and resumed.

A lesson that takes long is a generator of records. Here a thread of its own reads them, so that
the reader may move sliders, look at another page and come back. Between two records it can be
stopped; the generator then waits where it is, and goes on from there.
"""

import os
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from typing import Generic, Literal, TypeVar

Record = TypeVar("Record")

State = Literal["waiting", "running", "stopped", "done", "failed"]
"""Waiting for a free place, at work, between two records, at the end, or ended by an error."""

_PLACES = threading.BoundedSemaphore(os.cpu_count() or 1)
"""So many runs work at once in this process; the others wait."""


class BackgroundRun(Generic[Record]):
    """A stream of records, read in the background from the moment it is made.

    A run that nobody holds any more (its browser has gone) stops at its next record.

    Parameters
    ----------
    stream : iterator
        Gives the records; it is read by one thread at a time.

    Examples
    --------
    >>> run = BackgroundRun(iter("abc"))
    >>> run.wait()
    >>> run.state, list(run.records)
    ('done', ['a', 'b', 'c'])
    """

    def __init__(self, stream: Iterator[Record]) -> None:
        self._work: _Work[Record] = _Work(stream)
        weakref.finalize(self, self._work.stopping.set)
        self.resume()

    @property
    def state(self) -> State:
        """What the run is doing."""
        return self._work.state

    @property
    def is_active(self) -> bool:
        """Whether the run is at work or will be once a place is free."""
        return self._work.state in ("waiting", "running")

    @property
    def records(self) -> Sequence[Record]:
        """The records so far, in their order; a copy."""
        return self._work.records[:]

    @property
    def seconds(self) -> float:
        """How long the run has been at work, waiting and pauses left out."""
        return self._work.seconds

    @property
    def error(self) -> Exception | None:
        """What ended a failed run."""
        return self._work.error

    def stop(self) -> None:
        """Stop at the next record; returns at once. A run at its end stays there."""
        self._work.stopping.set()

    def resume(self) -> None:
        """Go on where the run stopped. Nothing happens to one that is at work or at its end."""
        if self._work.stopping.is_set():
            self.wait()  # for the record under way
        if self._work.state == "stopped":
            self._work.begin()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the run stops or ends, at most so many seconds."""
        if self._work.thread is not None:
            self._work.thread.join(seconds)


class _Work(Generic[Record]):
    """What the thread holds: the run itself it must not, or the run would live as long as it."""

    def __init__(self, stream: Iterator[Record]) -> None:
        self.stream = stream
        self.records: list[Record] = []
        self.stopping = threading.Event()
        self.state: State = "stopped"
        self.error: Exception | None = None
        self.seconds = 0.0
        self.thread: threading.Thread | None = None

    def begin(self) -> None:
        self.stopping.clear()
        self.state = "waiting"
        self.thread = threading.Thread(target=self.work, name="training", daemon=True)
        self.thread.start()

    def work(self) -> None:
        while not _PLACES.acquire(timeout=0.1):
            if self.stopping.is_set():
                self.state = "stopped"
                return
        try:
            self.state = "running"
            self.state = self.read()
        finally:
            _PLACES.release()

    def read(self) -> State:
        """Read the stream to its end, or until the run is to stop."""
        try:
            while not self.stopping.is_set():
                began = time.perf_counter()
                self.records.append(next(self.stream))
                self.seconds += time.perf_counter() - began
        except StopIteration:
            return "done"
        except Exception as error:
            self.error = error
            return "failed"
        return "stopped"
