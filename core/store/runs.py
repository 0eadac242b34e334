"""Runs and their epochs: make, read, rename and delete them."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from core.store import tables
from core.store.names import clean_name, finite, is_id, new_id
from core.store.records import EpochRow, Run, Status

runs = tables.runs.c
EPOCH = [tables.epochs.c[field.name] for field in dataclasses.fields(EpochRow)]


def create(
    connection: Connection,
    now: float,
    owner: str,
    name: str,
    recipe: dict[str, Any],
    kind: str,
    n_epochs: int,
    status: Status,
    sweep: str | None,
    epochs: Sequence[EpochRow],
) -> Run:
    values = new_run(now, owner, name, recipe, kind, n_epochs, status, sweep, epochs)
    connection.execute(insert(tables.runs), values)
    add_epochs(connection, values["id"], epochs)
    return found(connection, runs.id == values["id"])[0]


def new_run(
    now: float,
    owner: str,
    name: str,
    recipe: dict[str, Any],
    kind: str,
    n_epochs: int,
    status: Status,
    sweep: str | None,
    epochs: Sequence[EpochRow] = (),
) -> dict[str, Any]:
    """Give the row of a new run."""
    ended = status not in ("queued", "running")
    return {
        "id": new_id(),
        "owner": owner,
        "name": clean_name(name),
        "kind": kind,
        "recipe": recipe,
        "status": status,
        "attempt": 0,
        "n_epochs": n_epochs,
        "epochs_done": int(epochs[-1].epoch) if epochs else 0,
        "created": now,
        "queued_at": now,
        "finished_at": now if ended else None,
        "seconds": float(epochs[-1].seconds) if epochs else 0.0,
        "message_values": {},
        "sweep": sweep,
    }


def add_epochs(connection: Connection, run_id: str, epochs: Iterable[EpochRow]) -> None:
    """Add rows; a number that is not finite becomes NULL."""
    rows = [{"run_id": run_id, **columns_of(epoch)} for epoch in epochs]
    if rows:
        connection.execute(insert(tables.epochs), rows)


def columns_of(epoch: EpochRow) -> dict[str, float | None]:
    """Give an epoch's columns as the database can hold them."""
    row = {name: finite(value) for name, value in dataclasses.asdict(epoch).items()}
    return row | {"epoch": int(epoch.epoch), "images": int(epoch.images)}


def found(connection: Connection, *conditions: ColumnElement[bool]) -> list[Run]:
    """Read the runs that meet all conditions, the newest first."""
    query = select(tables.runs).where(*conditions).order_by(runs.created.desc(), runs.id)
    return [from_row(row) for row in connection.execute(query)]


def from_row(row: Row[Any]) -> Run:
    """Make a run of its row."""
    columns = dict(row._mapping)
    message_values = columns.pop("message_values")
    return Run(**columns, values=message_values)


def one(connection: Connection, run_id: str) -> Run | None:
    return next(iter(found(connection, runs.id == run_id)), None) if is_id(run_id) else None


def matching(
    connection: Connection,
    owner: str | None,
    kind: str | None,
    ids: Iterable[str] | None,
    sweep: str | None,
) -> list[Run]:
    conditions = []
    if owner is not None:
        conditions.append(runs.owner == owner)
    if kind is not None:
        conditions.append(runs.kind == kind)
    if ids is not None:
        conditions.append(runs.id.in_({run_id for run_id in ids if is_id(run_id)}))
    if sweep is not None:
        conditions.append(runs.sweep == sweep)
    return found(connection, *conditions)


def epochs_of(connection: Connection, run_id: str, after: int) -> list[EpochRow]:
    epochs = tables.epochs.c
    query = select(*EPOCH).where(epochs.run_id == run_id, epochs.epoch > after)
    return [EpochRow(*row) for row in connection.execute(query.order_by(epochs.epoch))]


def rename(connection: Connection, run_id: str, name: str) -> None:
    connection.execute(update(tables.runs).where(runs.id == run_id).values(name=clean_name(name)))


def remove(connection: Connection, run_id: str) -> None:
    """Delete a run, and with it its epochs, checkpoint and weights: the tables say so."""
    connection.execute(delete(tables.runs).where(runs.id == run_id))
