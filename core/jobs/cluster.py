"""The workers: processes on this computer, started when needed, or a Dask cluster of machines."""

import functools
import logging
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

import dask
from dask.system import CPU_COUNT
from distributed import Client, Future, LocalCluster
from distributed.system import MEMORY_LIMIT
from distributed.utils import LoopRunner
from tornado.ioloop import IOLoop

from core.jobs.live import TOPIC, Live, from_message
from core.jobs.worker_processes import use_fork_server
from core.messages import N_, InputError

SCHEDULER = "NEURON_LADDER_SCHEDULER"
"""The environment's name for the address of a Dask scheduler, such as tcp://host:8786."""
PATIENCE = 10
"""Seconds to wait for a scheduler's answer."""
NO_WORKER = 60
"""Seconds without any worker until that is trouble."""
MEMORY_OF_A_WORKER = 2**30
"""Bytes: torch, MNIST as numbers, and room to learn."""


class SchedulerError(InputError):
    """The scheduler cannot be used, told in one sentence."""


class Cluster:
    """A connection to workers, each of which trains one run at a time on one thread.

    Parameters
    ----------
    scheduler : str, optional
        The address of a scheduler; without one, workers are started on this computer.
    hear : callable
        Is called with every `Live` that a worker tells, in a thread of Dask's.

    Raises
    ------
    SchedulerError
        If there is no scheduler at that address, or no worker can be started here.
    """

    def __init__(self, scheduler: str | None, hear: Callable[[Live], None]) -> None:
        self._local: LocalCluster | None = None
        self._last_worker = time.monotonic()  # when there was one, or could not yet be one
        try:
            if scheduler is None:
                self._local = start_local()
                address: str | LocalCluster = self._local
            else:
                address = scheduler
            self._client = Client(
                address, timeout=PATIENCE, set_as_default=False, loop=event_loop()
            )
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            self._stop_local()
            if scheduler is None:
                raise SchedulerError(
                    N_("No worker process can be started on this computer: {reason}"), reason=error
                ) from error
            raise SchedulerError(
                N_(
                    "The Dask scheduler at {address} does not answer: start it, or correct"
                    " {variable}."
                ),
                address=scheduler,
                variable=SCHEDULER,
            ) from error
        self._client.subscribe_topic(TOPIC, lambda event: hear(from_message(event[1])))

    @property
    def client(self) -> Client:
        """Dask's client."""
        return self._client

    @property
    def is_alive(self) -> bool:
        """Whether the scheduler still answers."""
        return bool(self._client.status == "running")

    @property
    def is_local(self) -> bool:
        """Whether the workers are this process's own, and end with it."""
        return self._local is not None

    def n_places(self) -> int:
        """Give how many runs can be at work at once."""
        if self._local is not None:
            return n_local_workers()
        return sum(self._client.nthreads().values())

    def n_free(self) -> int:
        """Give how many threads of the workers have nothing to do."""
        tasks: Mapping[str, Any] = self._client.processing()
        threads: Mapping[str, int] = self._client.nthreads()
        return sum(max(0, n - len(tasks.get(worker, ()))) for worker, n in threads.items())

    def require_workers(self) -> None:
        """Raise a SchedulerError if there has been no worker for too long."""
        if self._client.nthreads():
            self._last_worker = time.monotonic()
        elif time.monotonic() - self._last_worker > NO_WORKER:
            if self.is_local:
                raise SchedulerError(
                    N_(
                        "No worker process has started on this computer within {seconds} seconds:"
                        " it may have too little memory."
                    ),
                    seconds=NO_WORKER,
                )
            raise SchedulerError(
                N_(
                    "The Dask scheduler has had no worker for {seconds} seconds: start one with"
                    " {command}."
                ),
                seconds=NO_WORKER,
                command="dask worker",
            )

    def grow(self, n_workers: int) -> None:
        """Start more workers on this computer, up to so many and one for each core at most."""
        if self._local is None:
            return
        wanted = min(n_workers, n_local_workers())
        if wanted > len(self._local.worker_spec):
            self._local.scale(wanted)

    def end_task(self, key: str, future: Future[Any] | None) -> None:
        """End the process that works on a task, and do not begin the task again."""
        tasks: Mapping[str, Any] = self._client.processing()
        workers = [worker for worker, keys in tasks.items() if key in keys]
        if future is not None:
            future.cancel(force=True)
        if workers:
            self._client.restart_workers(workers, timeout=PATIENCE, raise_for_error=False)

    def close(self) -> None:
        """Leave the scheduler; end the workers of this computer."""
        self._client.close(timeout=PATIENCE)
        self._stop_local()

    def _stop_local(self) -> None:
        if self._local is not None:
            self._local.close(timeout=PATIENCE)


def start_local() -> LocalCluster:
    """Start a scheduler with one worker process, for this process alone.

    It answers on loopback, and only to who holds the certificate made for it: whoever reaches a
    scheduler can run code there.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    use_fork_server()
    dask.config.set(
        {
            "distributed.comm.timeouts.tcp": "60s",  # a busy computer is slow to answer
            "distributed.worker.profile.enabled": False,  # looks at a worker 100 times a second
            # Dask gives memory back at once, and then each update waits for a thousand new pages.
            "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
        }
    )
    return LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit=None,
        security=True,
        silence_logs=logging.CRITICAL,
        preload="core.jobs.worker_preload",
        env=dict(os.environ),  # as it is now, not as it was when the fork server was started
        loop=event_loop(),
    )


@functools.cache
def event_loop() -> IOLoop:
    """Give the loop of all connections of this process, in a thread of its own.

    Each `Client` would start one, and one that finds no scheduler would leave it behind.
    """
    runner = LoopRunner()
    runner.start()
    loop: IOLoop = runner.loop
    return loop


def n_local_workers() -> int:
    """Give how many workers this computer can have: one for each core, as far as memory goes."""
    return max(1, min(CPU_COUNT, MEMORY_LIMIT // MEMORY_OF_A_WORKER))
