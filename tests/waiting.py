"""Waiting for something to happen."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 300
"""Seconds until a test waits no longer."""

Found = TypeVar("Found")


def wait_for(look: Callable[[], Found | None], what: str) -> Found:
    """Look again and again until there is something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"Waited in vain for {what}.")
