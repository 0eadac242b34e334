"""Sweeps: many runs that are made, stopped and deleted together."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from core.store import tables
from core.store.database import Database, insert_once
from core.store.names import clean_name, is_id, new_id
from core.store.queue import change, give_order, queued_again
from core.store.records import RESUMABLE, EpochRow, SweepRow
from core.store.runs import EPOCH, keep_within_limits, new_run

sweeps = tables.sweeps.c
runs = tables.runs.c
epochs = tables.epochs.c

APART = 1e-5
"""Seconds between the runs of a sweep, so that they keep their order in the queue."""

GOES_ON = tuple(status for status in RESUMABLE if status != "pruned")
"""What a run may be to go on with its sweep; those that were ended early were so for a reason."""


class Sweeps:
    """The sweeps of a store.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        owner: str,
        name: str,
        settings: dict[str, Any],
        planned: Sequence[tuple[str, dict[str, Any]]],
        *,
        kind: str = "digits",
        sweep_id: str | None = None,
    ) -> SweepRow:
        """Add a sweep and queue all its runs: all of it, or nothing.

        Parameters
        ----------
        owner, name, settings
            As in `SweepRow`.
        planned : sequence of (name, recipe)
            The runs, in their order.
        kind : str
            As in `Run`, of all of them.
        sweep_id : str, optional
            As in `Runs.create`: who asks twice with one of them gets one sweep.

        Returns
        -------
        SweepRow

        Raises
        ------
        InputError
            If a name is empty or longer than 80 characters, or the owner may not have so many runs
            more.
        """
        with self._database.writing() as (connection, now):
            row: dict[str, Any] = {
                "id": sweep_id or new_id(),
                "owner": owner,
                "name": clean_name(name),
                "settings": settings,
                "created": now,
            }
            if insert_once(connection, tables.sweeps, row) and planned:
                rows = [
                    new_run(
                        now + trial * APART,
                        owner,
                        name,
                        recipe,
                        kind,
                        recipe["n_epochs"],
                        "queued",
                        sweep=row["id"],
                        trial=trial,
                    )
                    for trial, (name, recipe) in enumerate(planned)
                ]
                connection.execute(insert(tables.runs), rows)
                keep_within_limits(connection, now, owner)
            query = select(tables.sweeps).where(sweeps.id == row["id"])
            return SweepRow(*connection.execute(query).one())

    def get(self, sweep_id: str) -> SweepRow | None:
        """Read a sweep; None if there is none with this id."""
        if not is_id(sweep_id):
            return None
        with self._database.reading() as connection:
            query = select(tables.sweeps).where(sweeps.id == sweep_id)
            row = connection.execute(query).first()
        return None if row is None else SweepRow(*row)

    def of_owner(self, owner: str) -> list[SweepRow]:
        """Read the owner's sweeps, the newest first."""
        query = select(tables.sweeps).where(sweeps.owner == owner)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(sweeps.created.desc(), sweeps.id))
            return [SweepRow(*row) for row in rows]

    def epochs(self, sweep_id: str) -> dict[str, list[EpochRow]]:
        """Read the epochs of all runs of a sweep, by the run's id; without those that have none."""
        query = (
            select(epochs.run_id, *EPOCH)
            .join(tables.runs, runs.id == epochs.run_id)
            .where(runs.sweep == sweep_id)
            .order_by(epochs.run_id, epochs.epoch)
        )
        found: dict[str, list[EpochRow]] = {}
        with self._database.reading() as connection:
            for run_id, *row in connection.execute(query):
                found.setdefault(run_id, []).append(EpochRow(*row))
        return found

    def reached(self, sweep_id: str, epoch: int) -> dict[str, float]:
        """Read the best validation accuracy up to an epoch, of all runs of a sweep that have it.

        Parameters
        ----------
        sweep_id : str
        epoch : int

        Returns
        -------
        dict of str to float
            By the run's id; 0 where nothing finite was measured.
        """
        best = func.coalesce(func.max(epochs.validation_accuracy), 0.0).label("best")
        query = (
            select(epochs.run_id, best)
            .join(tables.runs, runs.id == epochs.run_id)
            .where(runs.sweep == sweep_id, epochs.epoch <= epoch)
            .group_by(epochs.run_id)
            .having(func.max(epochs.epoch) == epoch)
        )
        with self._database.reading() as connection:
            return {row.run_id: row.best for row in connection.execute(query)}

    def is_spared(self, run_id: str) -> bool:
        """Tell whether a run's owner let it go on although its sweep had ended it."""
        with self._database.reading() as connection:
            return bool(connection.scalar(select(runs.spared).where(runs.id == run_id)))

    def rename(self, sweep_id: str, name: str) -> None:
        """Give a sweep another name; an `InputError` if it is empty or too long."""
        here = update(tables.sweeps).where(sweeps.id == sweep_id)
        with self._database.writing() as (connection, _):
            connection.execute(here.values(name=clean_name(name)))

    def delete(self, sweep_id: str) -> None:
        """Delete a sweep and its runs; a worker that has one of them finds that it is gone.

        Models saved of them stay.
        """
        with self._database.writing() as (connection, _):
            connection.execute(delete(tables.runs).where(runs.sweep == sweep_id))
            connection.execute(delete(tables.sweeps).where(sweeps.id == sweep_id))
        self._database.give_back_space()

    def stop(self, sweep_id: str) -> None:
        """Take the runs of a sweep out of the queue, and order those at work to stop."""
        here = update(tables.sweeps).where(sweeps.id == sweep_id, sweeps.stopped.is_(None))
        with self._database.writing() as (connection, now):
            connection.execute(here.values(stopped=now))
            give_order(connection, now, runs.sweep == sweep_id, order="stop")

    def resume(self, sweep_id: str) -> None:
        """Queue the runs of a sweep that were stopped, or lost their worker, in their order."""
        here = update(tables.sweeps).where(sweeps.id == sweep_id)
        with self._database.writing() as (connection, now):
            connection.execute(here.values(stopped=None))
            goes_on = runs.sweep == sweep_id, runs.status.in_(GOES_ON)
            changed = queued_again(now) | {"queued_at": now + runs.trial * APART}
            change(connection, *goes_on, **changed)
