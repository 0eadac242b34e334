"""Waiting for something to happen."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 300
"""Seconds until a test waits no longer."""

Found = TypeVar("Found")


def wait_for(
    look: Callable[[], Found | None], what: str, *, patience: float = PATIENCE, every: float = 0.2
) -> Found:
    """Look again and again until there is something: the longer it takes, the less often.

    `every` is the longest pause, in seconds.
    """
    began = time.monotonic()
    while (waited := time.monotonic() - began) < patience:
        found = look()
        if found:
            return found
        time.sleep(min(every, 0.01 + waited / 20))
    raise AssertionError(f"Waited in vain for {what}.")
