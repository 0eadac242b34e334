"""Workers that take their time: an epoch of a test takes a second, but hardly any work.

So a test can interfere in the middle of an epoch also on a busy machine, and a run that is still
learning whenever somebody looks takes no time from the others.
"""

import time

import pytest
from distributed import LocalCluster

from core.jobs.report import Reporter

PAUSE = 0.01
"""Seconds after each update: not a wait, as `tests.waiting` has them, but the work itself."""


def dask_setup(worker: object) -> None:  # noqa: ARG001 - Dask gives it
    """Let a worker process rest after each update, in which it also tells how far it is."""
    progress = Reporter.progress

    def rest_and_tell(*arguments: object) -> None:
        time.sleep(PAUSE)
        progress(*arguments)

    Reporter.progress = rest_and_tell


def take_their_time(patch: pytest.MonkeyPatch) -> None:
    """Let the workers that this process starts be such."""

    def start(*, preload: str, **options: object) -> LocalCluster:
        return LocalCluster(preload=[preload, __name__], **options)

    patch.setattr("core.jobs.cluster.LocalCluster", start)
