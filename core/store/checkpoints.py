"""What a run has learned: with every epoch its checkpoint, and its last and best weights."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from core.store import tables
from core.store.database import Database
from core.store.errors import Superseded
from core.store.queue import change, held
from core.store.records import EpochRow, Which
from core.store.runs import add_epochs, columns_of

checkpoints = tables.checkpoints.c
weights = tables.weights.c

EVERY = 10
"""Epochs after which the space of replaced checkpoints is given back."""


class Checkpoints:
    """What the runs of a store have learned.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_epoch(
        self,
        run_id: str,
        attempt: int,
        epoch: EpochRow,
        checkpoint: bytes,
        learned: bytes,
        *,
        best: bool,
    ) -> None:
        """Store an epoch and what is needed to go on after it: all of it, or nothing.

        Parameters
        ----------
        run_id, attempt
            The run, and the number that `Queue.claim` gave.
        epoch : EpochRow
        checkpoint : bytes
            Replaces the one before.
        learned : bytes
            The weights, as safetensors; they replace the last ones.
        best : bool
            Whether they are the best so far too.

        Raises
        ------
        Superseded
            If the run is no longer running with this attempt.
        """
        progress = {"epochs_done": int(epoch.epoch), "seconds": float(epoch.seconds)}
        with self._database.writing() as (connection, now):
            if not change(connection, *held(run_id, attempt), **progress, heartbeat=now):
                raise Superseded(run_id)
            row = columns_of(epoch)  # it is there already if the answer to a first try was lost
            put(connection, tables.epochs, {"run_id": run_id, "epoch": row["epoch"]}, row)
            put(connection, tables.checkpoints, {"run_id": run_id}, {"checkpoint": checkpoint})
            for which in ("last", "best") if best else ("last",):
                key = {"run_id": run_id, "which": which}
                values = {"epoch": int(epoch.epoch), "weights": learned}
                put(connection, tables.weights, key, values)
        if epoch.epoch % EVERY == 0:
            self._database.give_back_space()

    def save_curve(self, run_id: str, attempt: int, epochs: Sequence[EpochRow]) -> None:
        """Store all epochs of a run that has learned in one go; `Superseded` as in `save_epoch`."""
        done = max((int(row.epoch) for row in epochs), default=0)
        with self._database.writing() as (connection, now):
            if not change(connection, *held(run_id, attempt), epochs_done=done, heartbeat=now):
                raise Superseded(run_id)
            rows = tables.epochs.c.run_id == run_id  # of an earlier try
            connection.execute(delete(tables.epochs).where(rows))
            add_epochs(connection, run_id, epochs)

    def save(self, run_id: str, attempt: int, checkpoint: bytes) -> None:
        """Replace the checkpoint in mid-epoch; `Superseded` as in `save_epoch`."""
        with self._database.writing() as (connection, now):
            if not change(connection, *held(run_id, attempt), heartbeat=now):
                raise Superseded(run_id)
            put(connection, tables.checkpoints, {"run_id": run_id}, {"checkpoint": checkpoint})

    def of_run(self, run_id: str) -> bytes | None:
        """Read the checkpoint; None before the first epoch and after the last."""
        query = select(checkpoints.checkpoint).where(checkpoints.run_id == run_id)
        with self._database.reading() as connection:
            found: bytes | None = connection.scalar(query)
        return found

    def weights(self, run_id: str, which: Which = "last") -> tuple[int, bytes] | None:
        """Read a run's last or best weights and their epoch; None before the first epoch."""
        query = select(weights.epoch, weights.weights)
        here = query.where(weights.run_id == run_id, weights.which == which)
        with self._database.reading() as connection:
            row = connection.execute(here).first()
        return None if row is None else (row.epoch, row.weights)


def put(connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Write the row with this key, whether it is there or not."""
    here = [table.c[name] == value for name, value in key.items()]
    if connection.execute(update(table).where(*here).values(values)).rowcount == 0:
        connection.execute(insert(table), key | values)
