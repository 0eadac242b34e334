"""How much a process that works in the background leaves to the others."""

import os

POLITENESS = 10
"""The niceness of a process in the background: the pages that people look at come first."""


def give_way() -> None:
    """Leave the processor to the pages, as soon as one of them needs it."""
    if hasattr(os, "nice"):
        os.nice(max(0, POLITENESS - os.nice(0)))
