"""Which runs have lost their worker: their heartbeat has stood still."""

import time
from collections.abc import Sequence

from core.store.records import Place

STALE = 20.0
"""Seconds without a heartbeat after which a run has no worker any more."""


class Heartbeats:
    """The heartbeats that this process has seen.

    A clock that stands still while the computer sleeps measures how long a heartbeat has stood: so
    a laptop that wakes up does not find all its runs dead.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], tuple[float | None, float]] = {}
        """Each attempt's last heartbeat, and when it was first seen."""

    def missing(self, at_work: Sequence[Place]) -> list[Place]:
        """Give the runs whose heartbeat has stood still for too long.

        Parameters
        ----------
        at_work : sequence of Place
            All runs that are said to be at work.

        Returns
        -------
        list of Place
        """
        clock = time.monotonic()
        before, self._seen = self._seen, {}
        for run in at_work:
            attempt = run.id, run.attempt
            seen = before.get(attempt)
            known = seen is not None and seen[0] == run.heartbeat
            self._seen[attempt] = seen if seen and known else (run.heartbeat, clock)
        return [run for run in at_work if clock - self._seen[run.id, run.attempt][1] > STALE]
