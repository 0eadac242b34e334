"""The store: every run with its epochs, a checkpoint to go on from, and the saved models.

An epoch's row, its checkpoint and its weights are one transaction, so that whatever dies, the
database holds whole epochs, and the checkpoint of the last of them.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import Connection, Double, cast, extract, func, select

from core.store import checkpoints, queue, runs, saved_models, sweeps
from core.store.address import database_url
from core.store.engine import give_back_space, make_engine
from core.store.errors import explained
from core.store.migrate import migrate
from core.store.records import EpochRow, Run, SavedModel, Status, SweepRow, Which


class Store:
    """A database of runs. Threads may share one; every process makes its own.

    All methods may raise a `StoreError`: one sentence, such as that the disk is full. What was
    stored before is kept, and the same object works again once the cause is gone.

    Parameters
    ----------
    url : str, optional
        See `core.store.address.database_url`. The tables are made, or brought to their newest
        version.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> folder = TemporaryDirectory(ignore_cleanup_errors=True)
    >>> store = Store(f"sqlite:///{folder.name}/runs.sqlite3")
    >>> run = store.create_run("ada", "first", {"seed": 0}, n_epochs=1)
    >>> attempt = store.claim(run.id)
    >>> epoch = EpochRow(epoch=1, images=60_000, seconds=1.5, loss=0.1)
    >>> store.save_epoch(run.id, attempt, epoch, b"checkpoint", b"weights", best=True)
    >>> store.run(run.id).epochs_done, store.epochs(run.id)[0].loss, store.weights(run.id)
    (1, 0.1, (1, b'weights'))
    >>> store.close()
    >>> folder.cleanup()
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = database_url(url)
        with explained(self._url):
            self._engine = make_engine(self._url)
            migrate(self._engine)

    @property
    def url(self) -> str:
        """The database's address for SQLAlchemy, with its password."""
        return self._url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Close the connections; the store opens new ones if it is used again."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self._url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, float]]:
        """A transaction, and the time by the clock that all who share the database share."""
        with (
            explained(self._url),
            self._engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection, now(connection)

    # Runs

    def create_run(
        self,
        owner: str,
        name: str,
        recipe: dict[str, Any],
        *,
        kind: str = "digits",
        n_epochs: int,
        status: Status = "queued",
        sweep: str | None = None,
        epochs: Sequence[EpochRow] = (),
    ) -> Run:
        """Add a run.

        Parameters
        ----------
        owner, name, recipe, kind, n_epochs, status, sweep
            As in `Run`.
        epochs : sequence of EpochRow
            Of a run that has learned already, such as a lesson's: its whole curve at once.

        Returns
        -------
        Run

        Raises
        ------
        InputError
            If the name is empty or longer than 80 characters.
        """
        with self._writing() as (connection, moment):
            return runs.create(
                connection, moment, owner, name, recipe, kind, n_epochs, status, sweep, epochs
            )

    def run(self, run_id: str) -> Run | None:
        """Read a run; None if there is none with this id."""
        with self._reading() as connection:
            return runs.one(connection, run_id)

    def runs(
        self,
        owner: str | None = None,
        *,
        kind: str | None = None,
        ids: Iterable[str] | None = None,
        sweep: str | None = None,
    ) -> list[Run]:
        """Read the runs that fit all that is given, the newest first."""
        with self._reading() as connection:
            return runs.matching(connection, owner, kind, ids, sweep)

    def epochs(self, run_id: str, after: int = 0) -> list[EpochRow]:
        """Read a run's epochs after number `after`, in their order."""
        with self._reading() as connection:
            return runs.epochs_of(connection, run_id, after)

    def rename_run(self, run_id: str, name: str) -> None:
        """Give a run another name; an `InputError` if it is empty or too long."""
        with self._writing() as (connection, _):
            runs.rename(connection, run_id, name)

    def delete_run(self, run_id: str) -> None:
        """Delete a run, its epochs, checkpoint and weights. A model saved of it stays."""
        with self._writing() as (connection, _):
            runs.remove(connection, run_id)
        give_back_space(self._engine)

    # The queue

    def queued(self) -> list[Run]:
        """Read the runs that wait, the first in the queue first."""
        with self._reading() as connection:
            return queue.with_status(connection, "queued")

    def running(self) -> list[Run]:
        """Read the runs that workers have, the first queued first."""
        with self._reading() as connection:
            return queue.with_status(connection, "running")

    def claim(self, run_id: str) -> int | None:
        """Take a queued run to work on it.

        Returns
        -------
        int or None
            The attempt's number, to show with all that is stored of the run; None if the run is
            not queued, as when another process was quicker.
        """
        with self._writing() as (connection, moment):
            return queue.claim(connection, moment, run_id)

    def requeue(self, run_id: str, *, attempt: int | None = None) -> bool:
        """Put a run that was paused, stopped, interrupted or failed at the end of the queue.

        With `attempt`, also one that is running with this attempt. Tells whether there was one.
        """
        with self._writing() as (connection, moment):
            return queue.requeue(connection, moment, run_id, attempt)

    def end(
        self,
        run_id: str,
        attempt: int,
        status: Literal[
            "paused", "stopped", "done", "diverged", "failed", "interrupted", "pruned", "queued"
        ],
        *,
        message: str | None = None,
        values: dict[str, Any] | None = None,
    ) -> bool:
        """End the work on a run; "queued" gives it back to its old place in the queue.

        Done or diverged it will not go on: its checkpoint is dropped, its weights are kept. Tells
        whether the run was still running with this attempt.
        """
        with self._writing() as (connection, moment):
            ended = queue.end(connection, moment, run_id, attempt, status, message, values)
        if ended and status in queue.FINISHED:
            give_back_space(self._engine)
        return ended

    def cancel(self, run_id: str, status: Literal["paused", "stopped"]) -> bool:
        """Take a run out of the queue; False if it is not there, as when it was just claimed."""
        with self._writing() as (connection, moment):
            return queue.cancel(connection, moment, run_id, status)

    def beat(self, run_id: str, attempt: int) -> bool:
        """Give a sign of life of the run's worker; False if the run is no longer its own."""
        with self._writing() as (connection, moment):
            return queue.beat(connection, moment, run_id, attempt)

    def clock(self) -> float:
        """Read the clock that all who share the database share: seconds since 1970."""
        with self._reading() as connection:
            return now(connection)

    def interrupt_stale(self, seconds: float) -> list[str]:
        """Interrupt the runs whose worker has given no sign of life for so long; their ids."""
        with self._writing() as (connection, moment):
            return queue.interrupt_stale(connection, moment, seconds)

    # Sweeps

    def create_sweep(
        self,
        owner: str,
        name: str,
        settings: dict[str, Any],
        planned: Sequence[tuple[str, dict[str, Any]]],
    ) -> SweepRow:
        """Add a sweep and queue all its runs: all of it, or nothing.

        Parameters
        ----------
        owner, name, settings
            As in `SweepRow`.
        planned : sequence of (name, recipe)
            The runs, in their order.

        Returns
        -------
        SweepRow

        Raises
        ------
        InputError
            If a name is empty or longer than 80 characters.
        """
        with self._writing() as (connection, moment):
            return sweeps.create(connection, moment, owner, name, settings, planned)

    def sweep(self, sweep_id: str) -> SweepRow | None:
        """Read a sweep; None if there is none with this id."""
        with self._reading() as connection:
            return sweeps.one(connection, sweep_id)

    def sweeps(self, owner: str) -> list[SweepRow]:
        """Read the owner's sweeps, the newest first."""
        with self._reading() as connection:
            return sweeps.of_owner(connection, owner)

    def sweep_epochs(self, sweep_id: str) -> dict[str, list[EpochRow]]:
        """Read the epochs of all runs of a sweep, by the run's id; without those that have none."""
        with self._reading() as connection:
            return sweeps.epochs_of(connection, sweep_id)

    def rename_sweep(self, sweep_id: str, name: str) -> None:
        """Give a sweep another name; an `InputError` if it is empty or too long."""
        with self._writing() as (connection, _):
            sweeps.rename(connection, sweep_id, name)

    def delete_sweep(self, sweep_id: str) -> None:
        """Delete a sweep and its runs. Models saved of them stay."""
        with self._writing() as (connection, _):
            sweeps.remove(connection, sweep_id)
        give_back_space(self._engine)

    def stop_sweep(self, sweep_id: str) -> None:
        """Take the runs of a sweep out of the queue, and let none return to it by itself."""
        with self._writing() as (connection, moment):
            sweeps.stop(connection, moment, sweep_id)

    def resume_sweep(self, sweep_id: str) -> None:
        """Queue the runs of a sweep that were stopped, or lost their worker."""
        with self._writing() as (connection, moment):
            sweeps.go_on(connection, moment, sweep_id)

    def next_round(self, run_id: str, attempt: int) -> bool:
        """Put a run behind the others of its sweep; with a stopped sweep it is stopped.

        Tells whether the run was still running with this attempt.
        """
        with self._writing() as (connection, moment):
            return sweeps.next_round(connection, moment, run_id, attempt)

    # What a run learned

    def save_epoch(
        self,
        run_id: str,
        attempt: int,
        epoch: EpochRow,
        checkpoint: bytes,
        weights: bytes,
        *,
        best: bool,
    ) -> None:
        """Store an epoch and what is needed to go on after it: all of it, or nothing.

        Parameters
        ----------
        run_id, attempt
            The run, and the number that `claim` gave.
        epoch : EpochRow
        checkpoint : bytes
            Replaces the one before.
        weights : bytes
            As safetensors; they replace the last ones.
        best : bool
            Whether they are the best so far too.

        Raises
        ------
        Superseded
            If the run is no longer running with this attempt.
        """
        with self._writing() as (connection, moment):
            checkpoints.save_epoch(
                connection, moment, run_id, attempt, epoch, checkpoint, weights, best
            )
        if epoch.epoch % 10 == 0:
            give_back_space(self._engine)

    def save_checkpoint(self, run_id: str, attempt: int, checkpoint: bytes) -> None:
        """Replace the checkpoint in mid-epoch; `Superseded` as in `save_epoch`."""
        with self._writing() as (connection, moment):
            checkpoints.save_checkpoint(connection, moment, run_id, attempt, checkpoint)

    def checkpoint(self, run_id: str) -> bytes | None:
        """Read the checkpoint; None before the first epoch and after the last."""
        with self._reading() as connection:
            return checkpoints.checkpoint_of(connection, run_id)

    def weights(self, run_id: str, which: Which = "last") -> tuple[int, bytes] | None:
        """Read a run's last or best weights and their epoch; None before the first epoch."""
        with self._reading() as connection:
            return checkpoints.weights_of(connection, run_id, which)

    # Saved models

    def save_model(
        self,
        owner: str,
        name: str,
        card: dict[str, Any],
        weights: bytes,
        run_id: str | None = None,
    ) -> str:
        """Save a model; its id. An `InputError` if the name is empty or too long."""
        with self._writing() as (connection, moment):
            return saved_models.save(connection, moment, owner, name, card, weights, run_id)

    def models(self, owner: str) -> list[SavedModel]:
        """Read the owner's models, the newest first, without their weights."""
        with self._reading() as connection:
            return saved_models.of_owner(connection, owner)

    def model(self, model_id: str) -> tuple[SavedModel, bytes] | None:
        """Read a model and its weights; None if there is none with this id."""
        with self._reading() as connection:
            return saved_models.one(connection, model_id)

    def rename_model(self, model_id: str, name: str) -> None:
        """Give a model another name; an `InputError` if it is empty or too long."""
        with self._writing() as (connection, _):
            saved_models.rename(connection, model_id, name)

    def delete_model(self, model_id: str) -> None:
        """Delete a model."""
        with self._writing() as (connection, _):
            saved_models.remove(connection, model_id)
        give_back_space(self._engine)


def now(connection: Connection) -> float:
    """Give the time in seconds since 1970.

    Machines that share a PostgreSQL take its clock: their own may differ, and a worker would seem
    dead. Who shares a file is on one machine.
    """
    if connection.dialect.name == "sqlite":
        return time.time()
    moment = cast(extract("epoch", func.clock_timestamp()), Double)
    return float(connection.scalar(select(moment)) or 0)
