"""What a run has learned: with every epoch its checkpoint, and its last and best weights."""

from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from core.store import tables
from core.store.errors import Superseded
from core.store.queue import change, held
from core.store.records import EpochRow, Which
from core.store.runs import columns_of

checkpoints = tables.checkpoints.c
weights = tables.weights.c


def save_epoch(
    connection: Connection,
    now: float,
    run_id: str,
    attempt: int,
    epoch: EpochRow,
    checkpoint: bytes,
    learned: bytes,
    best: bool,
) -> None:
    progress = {
        "epochs_done": int(epoch.epoch),
        "seconds": float(epoch.seconds),
        "heartbeat": now,
    }
    if not change(connection, *held(run_id, attempt), **progress):
        raise Superseded(run_id)
    row = columns_of(epoch)  # it is there already if the answer to a first try was lost
    put(connection, tables.epochs, {"run_id": run_id, "epoch": row["epoch"]}, row)
    put(connection, tables.checkpoints, {"run_id": run_id}, {"checkpoint": checkpoint})
    for which in ("last", "best") if best else ("last",):
        key = {"run_id": run_id, "which": which}
        put(connection, tables.weights, key, {"epoch": int(epoch.epoch), "weights": learned})


def save_checkpoint(
    connection: Connection, now: float, run_id: str, attempt: int, checkpoint: bytes
) -> None:
    if not change(connection, *held(run_id, attempt), heartbeat=now):
        raise Superseded(run_id)
    put(connection, tables.checkpoints, {"run_id": run_id}, {"checkpoint": checkpoint})


def put(connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Write the row with this key, whether it is there or not."""
    here = [table.c[name] == value for name, value in key.items()]
    if connection.execute(update(table).where(*here).values(values)).rowcount == 0:
        connection.execute(insert(table), key | values)


def checkpoint_of(connection: Connection, run_id: str) -> bytes | None:
    query = select(checkpoints.checkpoint).where(checkpoints.run_id == run_id)
    found: bytes | None = connection.scalar(query)
    return found


def weights_of(connection: Connection, run_id: str, which: Which) -> tuple[int, bytes] | None:
    query = select(weights.epoch, weights.weights)
    row = connection.execute(query.where(weights.run_id == run_id, weights.which == which)).first()
    return None if row is None else (row.epoch, row.weights)
