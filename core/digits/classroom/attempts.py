"""How often somebody may try: guess a code, send a digit, open a class."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST_KNOWN = 10_000
"""So many of those who try are remembered, the newest."""


class Attempts:
    """So many in so many seconds; the threads of a server share one.

    Parameters
    ----------
    most : int
    seconds : float
    clock : callable, default=time.monotonic

    Examples
    --------
    >>> now = [0.0]
    >>> attempts = Attempts(2, 60, clock=lambda: now[0])
    >>> [attempts.take("ada") for _ in range(3)], attempts.take("bob")
    ([True, True, False], True)
    >>> now[0] = 61.0
    >>> attempts.take("ada")
    True
    """

    def __init__(
        self, most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._lock = threading.Lock()
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()

    def has_left(self, who: str = "") -> bool:
        """Tell whether somebody may try; it is not counted."""
        with self._lock:
            return len(self._recent(who)) < self._most

    def take(self, who: str = "") -> bool:
        """Count an attempt, and tell whether it may be made; one that may not does not count."""
        with self._lock:
            taken = self._recent(who)
            if len(taken) >= self._most:
                return False
            taken.append(self._clock())
            self._taken[who] = taken
            self._taken.move_to_end(who)
            while len(self._taken) > MOST_KNOWN:
                self._taken.popitem(last=False)
            return True

    def _recent(self, who: str) -> deque[float]:
        taken = self._taken.get(who, deque())
        since = self._clock() - self._seconds
        while taken and taken[0] <= since:
            taken.popleft()
        return taken


WRONG, ALL_WRONG = Attempts(10, 60), Attempts(600, 60)
"""Wrong codes in a minute: of one browser, and of all of a server's."""

OPENED = Attempts(60, 3600)
"""Classes that are opened in an hour, by all of a server's readers."""

SENT = Attempts(30, 60)
"""Digits in a minute, of one hand."""
