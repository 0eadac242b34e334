"""Sweeps: many runs that are made, stopped and deleted together."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from core.store import tables
from core.store.names import clean_name, is_id, new_id
from core.store.queue import change, held, waits_again
from core.store.records import EpochRow, SweepRow
from core.store.runs import EPOCH, new_run

sweeps = tables.sweeps.c
runs = tables.runs.c

APART = 1e-5
"""Seconds between the runs of a sweep, so that they keep their order in the queue."""

GOES_ON = ("paused", "stopped", "interrupted", "failed")
"""What a run may be to go on with its sweep; those that were ended early were so for a reason."""


def create(
    connection: Connection,
    now: float,
    owner: str,
    name: str,
    settings: dict[str, Any],
    planned: Sequence[tuple[str, dict[str, Any]]],
) -> SweepRow:
    row = SweepRow(new_id(), owner, clean_name(name), settings, now, None)
    connection.execute(insert(tables.sweeps), dataclasses.asdict(row))
    rows = [
        new_run(
            now + trial * APART, owner, name, recipe, "digits", recipe["n_epochs"], "queued", row.id
        )
        | {"trial": trial}
        for trial, (name, recipe) in enumerate(planned)
    ]
    connection.execute(insert(tables.runs), rows)
    return row


def one(connection: Connection, sweep_id: str) -> SweepRow | None:
    if not is_id(sweep_id):
        return None
    row = connection.execute(select(tables.sweeps).where(sweeps.id == sweep_id)).first()
    return None if row is None else SweepRow(*row)


def of_owner(connection: Connection, owner: str) -> list[SweepRow]:
    query = select(tables.sweeps).where(sweeps.owner == owner)
    rows = connection.execute(query.order_by(sweeps.created.desc(), sweeps.id))
    return [SweepRow(*row) for row in rows]


def epochs_of(connection: Connection, sweep_id: str) -> dict[str, list[EpochRow]]:
    """Read all epochs of a sweep's runs, by run."""
    epochs = tables.epochs.c
    query = (
        select(epochs.run_id, *EPOCH)
        .join(tables.runs, runs.id == epochs.run_id)
        .where(runs.sweep == sweep_id)
        .order_by(epochs.run_id, epochs.epoch)
    )
    found: dict[str, list[EpochRow]] = {}
    for run_id, *row in connection.execute(query):
        found.setdefault(run_id, []).append(EpochRow(*row))
    return found


def rename(connection: Connection, sweep_id: str, name: str) -> None:
    here = update(tables.sweeps).where(sweeps.id == sweep_id)
    connection.execute(here.values(name=clean_name(name)))


def remove(connection: Connection, sweep_id: str) -> None:
    """Delete a sweep and its runs; a worker that has one of them finds that it is gone."""
    connection.execute(delete(tables.runs).where(runs.sweep == sweep_id))
    connection.execute(delete(tables.sweeps).where(sweeps.id == sweep_id))


def stop(connection: Connection, now: float, sweep_id: str) -> None:
    """Let nothing of a sweep begin any more; who is at work must be told."""
    here = update(tables.sweeps).where(sweeps.id == sweep_id, sweeps.stopped.is_(None))
    connection.execute(here.values(stopped=now))
    queued = runs.sweep == sweep_id, runs.status == "queued"
    change(connection, *queued, status="stopped", finished_at=now)


def go_on(connection: Connection, now: float, sweep_id: str) -> None:
    """Queue what was stopped or lost, in the sweep's order."""
    here = update(tables.sweeps).where(sweeps.id == sweep_id)
    connection.execute(here.values(stopped=None))
    change(
        connection,
        runs.sweep == sweep_id,
        runs.status.in_(GOES_ON),
        status="queued",
        queued_at=now + runs.trial * APART,
        heartbeat=None,
        finished_at=None,
        message=None,
        message_values={},
    )


def next_round(connection: Connection, now: float, run_id: str, attempt: int) -> bool:
    """Let a run wait until all others of its sweep have come as far; or rest, if they do."""
    return change(connection, *held(run_id, attempt), **waits_again(now))
