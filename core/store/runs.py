"""Runs and their epochs: make, read, rename and delete them."""

import dataclasses
import os
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from core.hyperparameters import check_whole
from core.messages import N_, require
from core.store import tables
from core.store.database import Database, insert_once
from core.store.names import clean_name, finite, is_id, new_id
from core.store.records import ACTIVE, EpochRow, Run, Status

runs = tables.runs.c
RUN = [column for column in runs if column.name != "spared"]
EPOCH = [tables.epochs.c[field.name] for field in dataclasses.fields(EpochRow)]

MOST_RUNS, MOST_JOBS = "NEURON_LADDER_MOST_RUNS", "NEURON_LADDER_MOST_JOBS"
"""The environment variables that say how many runs a person may keep, and how many of them may wait
or be at work at once; without them as many as there is room for."""

KEEP_DAYS = "NEURON_LADDER_KEEP_DAYS"
"""And for how many days after its end a run is kept; without it until its owner deletes it."""


class Runs:
    """The runs of a store.

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
        recipe: dict[str, Any],
        *,
        kind: str = "digits",
        n_epochs: int,
        status: Status = "queued",
        epochs: Sequence[EpochRow] = (),
        run_id: str | None = None,
    ) -> Run:
        """Add a run.

        Parameters
        ----------
        owner, name, recipe, kind, n_epochs, status
            As in `Run`.
        epochs : sequence of EpochRow
            Of a run that has learned already, such as a lesson's: its whole curve at once.
        run_id : str, optional
            Drawn with `core.store.names.new_id` before anyone asked for the run: who asks twice
            with one of them gets one run.

        Returns
        -------
        Run

        Raises
        ------
        InputError
            If the name is empty or longer than 80 characters, or the owner has as many runs as
            `MOST_RUNS` or `MOST_JOBS` allow.
        """
        with self._database.writing() as (connection, now):
            row = new_run(now, owner, name, recipe, kind, n_epochs, status, epochs, run_id=run_id)
            if insert_once(connection, tables.runs, row):
                add_epochs(connection, row["id"], epochs)
                keep_within_limits(connection, now, owner)
            return found(connection, runs.id == row["id"])[0]

    def get(self, run_id: str) -> Run | None:
        """Read a run; None if there is none with this id."""
        if not is_id(run_id):
            return None
        with self._database.reading() as connection:
            return next(iter(found(connection, runs.id == run_id)), None)

    def matching(
        self,
        owner: str | None = None,
        *,
        kind: str | None = None,
        ids: Iterable[str] | None = None,
        sweep: str | None = None,
        alone: bool = False,
    ) -> list[Run]:
        """Read the runs that fit all that is given, the newest first; `alone`: of no sweep."""
        conditions = fitting(owner, kind, ids, sweep, alone=alone)
        with self._database.reading() as connection:
            return found(connection, *conditions)

    def names(self, owner: str, kind: str) -> set[str]:
        """Read what the owner's runs of a kind are called, without those of sweeps."""
        query = select(runs.name).where(*fitting(owner, kind, alone=True))
        with self._database.reading() as connection:
            return set(connection.scalars(query))

    def epochs(self, run_id: str, after: int = 0) -> list[EpochRow]:
        """Read a run's epochs after number `after`, in their order."""
        epochs = tables.epochs.c
        query = select(*EPOCH).where(epochs.run_id == run_id, epochs.epoch > after)
        with self._database.reading() as connection:
            return [EpochRow(*row) for row in connection.execute(query.order_by(epochs.epoch))]

    def rename(self, run_id: str, name: str) -> None:
        """Give a run another name; an `InputError` if it is empty or too long."""
        changed = update(tables.runs).where(runs.id == run_id).values(name=clean_name(name))
        with self._database.writing() as (connection, _):
            connection.execute(changed)

    def delete(self, run_id: str) -> None:
        """Delete a run, its epochs, checkpoint and weights. A model saved of it stays."""
        with self._database.writing() as (connection, _):
            connection.execute(delete(tables.runs).where(runs.id == run_id))
        self._database.give_back_space()


def fitting(
    owner: str | None = None,
    kind: str | None = None,
    ids: Iterable[str] | None = None,
    sweep: str | None = None,
    *,
    alone: bool = False,
) -> list[ColumnElement[bool]]:
    """Give the conditions for `Runs.matching`."""
    conditions = []
    if owner is not None:
        conditions.append(runs.owner == owner)
    if kind is not None:
        conditions.append(runs.kind == kind)
    if ids is not None:
        conditions.append(runs.id.in_({run_id for run_id in ids if is_id(run_id)}))
    if sweep is not None:
        conditions.append(runs.sweep == sweep)
    if alone:
        conditions.append(runs.sweep.is_(None))
    return conditions


def keep_within_limits(connection: Connection, now: float, owner: str) -> None:
    """Delete everybody's runs that are too old; an `InputError` if the owner now has too many."""
    days = limit(KEEP_DAYS)
    if days is not None:
        delete_older(connection, now - 86_400 * days)
    owned = select(func.count()).select_from(tables.runs).where(runs.owner == owner)
    most, most_jobs = limit(MOST_RUNS), limit(MOST_JOBS)
    if most is not None:
        n = connection.scalar(owned) or 0
        sentence = N_(
            "This server keeps {most} runs a person, and you would have {n}: delete some on Compare"
            " or Sweep, or begin fewer."
        )
        require(n <= most, sentence, most=most, n=n)
    if most_jobs is not None:
        n = connection.scalar(owned.where(runs.status.in_(ACTIVE))) or 0
        sentence = N_(
            "On this server {most} runs of a person may wait or be at work at once, and you would"
            " have {n}: wait for some, stop some, or begin fewer."
        )
        require(n <= most_jobs, sentence, most=most_jobs, n=n)


def delete_older(connection: Connection, moment: float) -> None:
    """Delete runs that ended before a moment, with sweeps and saved networks that are as old."""
    ended = func.coalesce(runs.finished_at, runs.created)
    connection.execute(delete(tables.runs).where(runs.status.not_in(ACTIVE), ended < moment))
    sweeps, models = tables.sweeps.c, tables.models.c
    has_runs = select(runs.id).where(runs.sweep == sweeps.id).exists()
    connection.execute(delete(tables.sweeps).where(sweeps.created < moment, ~has_runs))
    connection.execute(delete(tables.models).where(models.created < moment))


def limit(variable: str) -> int | None:
    """Return what the environment allows; None where it says nothing.

    Raises
    ------
    InputError
        If it says anything but a whole number.
    """
    text = os.environ.get(variable, "").strip()
    if not text:
        return None
    value = int(text) if text.isdecimal() else text
    check_whole(variable, value)
    return int(value)


def new_run(
    now: float,
    owner: str,
    name: str,
    recipe: dict[str, Any],
    kind: str,
    n_epochs: int,
    status: Status,
    epochs: Sequence[EpochRow] = (),
    *,
    run_id: str | None = None,
    sweep: str | None = None,
    trial: int | None = None,
) -> dict[str, Any]:
    """Give the row of a new run."""
    return {
        "id": run_id or new_id(),
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
        "finished_at": None if status in ACTIVE else now,
        "seconds": float(epochs[-1].seconds) if epochs else 0.0,
        "message_values": {},
        "sweep": sweep,
        "trial": trial,
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
    query = select(*RUN).where(*conditions).order_by(runs.created.desc(), runs.id)
    return [from_row(row) for row in connection.execute(query)]


def from_row(row: Row[Any]) -> Run:
    """Make a run of its row."""
    columns = dict(row._mapping)
    message_values = columns.pop("message_values")
    return Run(**columns, values=message_values)
