"""The jobs of one server: a queue in the store, workers in a Dask cluster, orders and news.

The store is the queue: what waits, what is at work and how far it is outlives every process. A
thread of each server looks at it once a second, gives free workers their next run by the rules of
`core.jobs.fair`, and finds the runs whose worker is gone. Several servers may share one store and
one cluster.
"""

import contextlib
import logging
import os
import threading
import time
from typing import TYPE_CHECKING, Any

from distributed import Future

from core.jobs.cluster import SCHEDULER, Cluster
from core.jobs.fair import in_order, who_makes_room
from core.jobs.heartbeats import STALE, Heartbeats
from core.jobs.live import Live
from core.jobs.work import train_run, warm_up
from core.jobs.worker_processes import out_of_reach
from core.messages import N_, InputError
from core.store.errors import StoreError
from core.store.records import Place
from core.store.store import Store

if TYPE_CHECKING:
    from core.digits.duration import Speed

EVERY = 1.0
"""Seconds between two looks at the queue, where nothing calls for one sooner."""
GRACE = 20.0
"""Seconds for a worker to obey; after that its process is ended."""
HANDS_BACK = 10.0
"""Seconds for the workers of a server that closes to store what they have."""
REMEMBERED = 1_000
"""Runs whose newest event is kept."""

log = logging.getLogger(__name__)


class Jobs:
    """The runs that learners start, and the workers that train them.

    Parameters
    ----------
    store : Store
    scheduler : str, optional
        The address of a Dask scheduler; by default ``NEURON_LADDER_SCHEDULER``, and without that
        worker processes are started on this computer.
    """

    def __init__(self, store: Store, scheduler: str | None = None) -> None:
        self.store = store
        self._scheduler = scheduler or os.environ.get(SCHEDULER) or None
        self._cluster: Cluster | None = None
        self._speed: Speed | None = None
        self._warm: Future[Any] | None = None
        self._lives: dict[str, Live] = {}
        self._futures: dict[str, Future[Any]] = {}
        self._disobeys: dict[tuple[str, int], float] = {}
        """Since when an attempt has had an order; by this process's clock."""
        self._heartbeats = Heartbeats()
        self._trouble: InputError | None = None
        self._wake = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        with out_of_reach():
            self._thread.start()

    # What a page asks for.

    def submit(self, owner: str, name: str, recipe: dict[str, Any], **more: Any) -> str:
        """Put a run into the queue.

        Parameters
        ----------
        owner : str
        name : str
            What its owner calls it.
        recipe : dict
            As `core.digits.recipe.to_dict` gives it.
        **more
            For `Runs.create`.

        Returns
        -------
        str
            The id of the run.

        Raises
        ------
        InputError
            If the name is not allowed.
        StoreError
            If the run cannot be stored.
        """
        run = self.store.runs.create(owner, name, recipe, n_epochs=recipe["n_epochs"], **more)
        self._wake.set()
        return run.id

    def pause(self, run_id: str) -> None:
        """Let a run stop at this update, to go on from it later; nothing of it is lost."""
        self.store.queue.order(run_id, "pause")

    def stop(self, run_id: str) -> None:
        """End a run after its last whole epoch; the epoch under way is dropped."""
        self.store.queue.order(run_id, "stop")

    def resume(self, run_id: str) -> None:
        """Put a run that has not come to its end into the queue again."""
        self.store.queue.resume(run_id)
        self._wake.set()

    def position(self, run_id: str) -> int | None:
        """Give the place of a run in the queue, 1 for the next; None if it does not wait."""
        waiting = in_order(self.store.queue.waiting(), self.store.queue.running())
        ids = [run.id for run in waiting]
        return ids.index(run_id) + 1 if run_id in ids else None

    def live(self, run_id: str) -> Live | None:
        """Give the newest that a worker told about a run."""
        return self._lives.get(run_id)

    @property
    def n_places(self) -> int:
        """How many runs can be at work at once; 0 while there is no connection to workers."""
        return self._cluster.n_places() if self._cluster is not None else 0

    @property
    def speed(self) -> "Speed | None":
        """How fast a worker is, once it has been measured."""
        return self._speed

    @property
    def trouble(self) -> InputError | None:
        """What keeps this server from starting runs now."""
        return self._trouble

    def close(self) -> None:
        """Leave the cluster; workers on this computer end, and their runs wait in the queue."""
        self._closing = True
        self._wake.set()
        self._thread.join()
        if self._cluster is not None:
            if self._cluster.is_local:
                self._hand_back()
            self._cluster.close()
            self._cluster = None

    # The thread.

    def _work(self) -> None:
        looked = False
        while not self._closing:
            try:
                self._see_to_lost(first=not looked)  # also while no scheduler answers
                self._connect()
                self._look()
                looked = True
                self._trouble = None
            except InputError as error:  # the store or the scheduler is away: try again
                self._trouble = error
            except Exception:
                log.exception("The queue could not be looked at.")
            self._wake.wait(EVERY)
            self._wake.clear()

    def _connect(self) -> None:
        """Make sure that there is a connection to a scheduler."""
        if self._cluster is not None and not self._cluster.is_alive:
            self._cluster.close()
            self._cluster = None
            self._futures.clear()
        if self._cluster is None:
            self._cluster = Cluster(self._scheduler, self._hear)
            self._warm = self._cluster.client.submit(warm_up, pure=False)
            self._warm.add_done_callback(self._measured)

    def _measured(self, warm: Future[Any]) -> None:
        if warm.status == "finished":
            self._speed = warm.result()
        self._warm = None  # else Dask would do it again if the worker that did it died

    def _hand_back(self) -> None:
        """Let the runs that workers of this server have make room: another server may have them."""
        with contextlib.suppress(InputError):  # without the store they are interrupted
            for run in self._at_work():
                self.store.queue.order(run.id, "make room")
            deadline = time.monotonic() + HANDS_BACK
            while self._at_work() and time.monotonic() < deadline:
                time.sleep(0.05)

    def _at_work(self) -> list[Place]:
        """Read which runs workers have from this server."""
        return [run for run in self.store.queue.running() if run.id in self._futures]

    def _see_to_lost(self, *, first: bool) -> None:
        """Interrupt the runs that have lost their worker; on a first look, of servers long gone."""
        queue = self.store.queue
        for run_id in queue.interrupt_stale(STALE) if first else ():
            self._lost(run_id)
        at_work = queue.running()
        for run in at_work:
            if run.id in self._futures:  # it may have no worker yet, or a new one is on its way
                queue.beat(run.id, run.attempt)
        for run in self._heartbeats.missing(at_work):
            if queue.interrupt(run.id, run.attempt):
                self._lost(run.id)

    def _look(self) -> None:
        """Start what can start, and make room where it is fair."""
        assert self._cluster is not None
        queue = self.store.queue
        at_work, waiting = queue.running(), queue.waiting()
        self._end_disobedient(at_work)
        if at_work or waiting:
            self._cluster.grow(len(at_work) + len(waiting))
            self._cluster.require_workers()
        if not waiting:
            return
        n_free = min(self._cluster.n_free(), self._cluster.n_places() - len(at_work))
        for run in in_order(waiting, at_work)[: max(0, n_free)]:
            self._start(run)
        at_work, waiting = queue.running(), queue.waiting()
        if len(at_work) >= self._cluster.n_places():
            gives_way = who_makes_room(waiting, at_work, queue.clock())
            if gives_way is not None:
                queue.order(gives_way.id, "make room")

    def _lost(self, run_id: str) -> None:
        """See to a run that has lost its worker: one of a sweep at work goes on by itself."""
        run = self.store.runs.get(run_id)
        sweep = self.store.sweeps.get(run.sweep) if run is not None and run.sweep else None
        if sweep is not None and sweep.stopped is None:
            self.store.queue.resume(run_id)

    def _start(self, run: Place) -> None:
        """Give a waiting run to a free worker, unless another server was quicker.

        If the worker dies, Dask gives the run to another, and it goes on from its last epoch.
        """
        assert self._cluster is not None
        attempt = self.store.queue.claim(run.id)
        if attempt is None:
            return
        future = self._cluster.client.submit(
            train_run,
            self.store.url,
            run.id,
            attempt,
            key=f"train-{run.id}-{attempt}",
            pure=False,
        )
        self._futures[run.id] = future
        future.add_done_callback(lambda future: self._ended(future, run.id, attempt))

    def _ended(self, future: Future[Any], run_id: str, attempt: int) -> None:
        """Forget a job that is over; where its workers died again and again, say so."""
        if self._futures.get(run_id) is future:
            del self._futures[run_id]
        if future.status == "error":
            error = future.exception()
            log.error("The job of run %s failed: %r", run_id, error)
            with contextlib.suppress(StoreError):  # then its heartbeat will be missed
                self.store.queue.end(
                    run_id,
                    attempt,
                    "failed",
                    message=N_("The worker that trained it broke down: {error}"),
                    values={"error": type(error).__name__},
                )
        self._wake.set()

    def _hear(self, live: Live) -> None:
        self._lives.pop(live.run, None)
        self._lives[live.run] = live
        while len(self._lives) > REMEMBERED:
            del self._lives[next(iter(self._lives))]

    def _end_disobedient(self, at_work: list[Place]) -> None:
        """End the processes of workers that did not obey in time: the last resort."""
        assert self._cluster is not None
        ordered = [run for run in at_work if run.wanted is not None and run.id in self._futures]
        before, now = self._disobeys, time.monotonic()
        self._disobeys = {
            (run.id, run.attempt): before.get((run.id, run.attempt), now) for run in ordered
        }
        for (run_id, attempt), since in self._disobeys.items():
            if now - since > GRACE:
                self.store.queue.give_back(run_id, attempt)
                self._cluster.end_task(f"train-{run_id}-{attempt}", self._futures.get(run_id))
