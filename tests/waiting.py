"""Waiting for something to happen."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 300
"""Seconds until a test waits no longer."""

Found = TypeVar("Found")


def wait_for(
    look: Callable[[], Found | None], what: str, *, patience: float = PATIENCE, every: float = 0.05
) -> Found:
    """Look again and again until there is something."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(every)
    raise AssertionError(f"Waited in vain for {what}.")
