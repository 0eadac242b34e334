"""How worker processes of this computer start: fast where that is possible, and deaf to Ctrl-C."""

import functools
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

import dask
from distributed.utils import get_mp_context

PRELOAD = (
    "distributed.nanny",
    "core.jobs.work",
    "core.digits.train.speed",
    "torch._dynamo",  # PyTorch imports it with the first optimiser
)
"""What every run needs."""


@functools.cache
def use_fork_server() -> None:
    """Let Dask start each worker as a copy of a process that has imported what a run needs.

    To import it takes seconds, a copy a quarter of one, and the copies share the memory. A worker
    that starts again, as after Stop, is there at once.

    Elsewhere than on Linux each worker starts from nothing: the libraries of macOS do not bear a
    copy of themselves, and Windows makes none.
    """
    if sys.platform != "linux":
        return
    dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"})
    get_mp_context().set_forkserver_preload(list(PRELOAD))  # in the place of Dask's own list


@contextmanager
def out_of_reach() -> Iterator[None]:
    """Begin threads that Ctrl-C does not reach, nor any process they start.

    It reaches all processes of a terminal, and is meant for the server, which lets its workers
    store what they have. A worker ignores it, but not yet while it imports what it needs.
    """
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    resource_tracker.ensure_running()  # else it begins with the first worker, and lifts the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
