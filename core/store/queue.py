"""Who has a run, and what is wanted of it: the queue, a worker with its attempt's number, orders.

Every change is one conditional UPDATE. Of two processes that try the same, the second finds that
the condition no longer holds, and changes nothing. An order is a column of the run, so whoever has
the store can give one, and whatever gives the run back obeys it in the same update.
"""

from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    delete,
    exists,
    or_,
    select,
    update,
)

from core.store import tables
from core.store.database import Database, now
from core.store.records import RESUMABLE, Order, Place, Status

runs = tables.runs.c
PLACE = [
    runs[name]
    for name in ("id", "owner", "queued_at", "started_at", "attempt", "heartbeat", "wanted")
]

FINISHED = ("done", "diverged")

ORDERS: tuple[Order, ...] = ("make room", "pause", "stop")
"""Of two orders to one run, the later of these is obeyed."""

OBEYED: dict[Order, Status] = {"pause": "paused", "stop": "stopped"}
"""What a run is after an order of its owner."""


class Queue:
    """The queue of a store: what waits, and what workers have.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self) -> list[Place]:
        """Read what waits, the first in the queue first."""
        return self._places("queued")

    def running(self) -> list[Place]:
        """Read what workers have, the first queued first."""
        return self._places("running")

    def claim(self, run_id: str) -> int | None:
        """Take a queued run to work on it.

        Returns
        -------
        int or None
            The attempt's number, to show with all that is stored of the run; None if the run is
            not queued, as when another process was quicker.
        """
        mine = {"status": "running", "attempt": runs.attempt + 1, "wanted": None}
        with self._database.writing() as (connection, now):
            queued = runs.id == run_id, runs.status == "queued"
            if not change(connection, *queued, **mine, started_at=now, heartbeat=now):
                return None
            return connection.scalar(select(runs.attempt).where(runs.id == run_id))

    def resume(self, run_id: str) -> bool:
        """Put a run that was paused, stopped, interrupted, failed or pruned at the queue's end.

        One that its sweep had ended early is not compared again. Tells whether there was one.
        """
        with self._database.writing() as (connection, now):
            return change(
                connection,
                runs.id == run_id,
                runs.status.in_(RESUMABLE),
                **queued_again(now),
                spared=or_(runs.spared, runs.status == "pruned"),
            )

    def order(self, run_id: str, order: Order) -> bool:
        """Say what is wanted of a run that waits or is at work.

        One that waits obeys at once, and needs not make room. Of two orders to a run at work, stop
        goes before pause, and both before making room. Tells whether anything changed.
        """
        with self._database.writing() as (connection, now):
            return give_order(connection, now, runs.id == run_id, order=order)

    def wanted(self, run_id: str, attempt: int) -> tuple[bool, Order | None]:
        """Read whether the run is still this attempt's, and what is wanted of it."""
        with self._database.reading() as connection:
            row = connection.execute(select(runs.wanted).where(*held(run_id, attempt))).first()
            return (False, None) if row is None else (True, row.wanted)

    def give_back(self, run_id: str, attempt: int) -> bool:
        """Let go of a run as was wanted of it; else it waits again, behind all others.

        With a sweep that was stopped it rests. Tells whether it was still this attempt's.
        """
        with self._database.writing() as (connection, now):
            status = obeying(else_=case((sweep_rests(), "stopped"), else_="queued"))
            finished_at = case((status == "queued", None), else_=now)
            changed = queued_again(now) | {"status": status, "finished_at": finished_at}
            return change(connection, *held(run_id, attempt), **changed)

    def end(
        self,
        run_id: str,
        attempt: int,
        status: Literal["done", "diverged", "failed", "pruned"],
        *,
        message: str | None = None,
        values: dict[str, Any] | None = None,
    ) -> bool:
        """End the work on a run.

        Done or diverged it will not go on: its checkpoint is dropped, its weights are kept. Tells
        whether the run was still running with this attempt.
        """
        with self._database.writing() as (connection, now):
            told = {"message": message, "message_values": values or {}}
            ended = change(connection, *held(run_id, attempt), **over(now), **told, status=status)
            if ended and status in FINISHED:
                run = tables.checkpoints.c.run_id == run_id
                connection.execute(delete(tables.checkpoints).where(run))
        if ended and status in FINISHED:
            self._database.give_back_space()
        return ended

    def beat(self, run_id: str, attempt: int) -> bool:
        """Give a sign of life of the run's worker; False if the run is no longer its own."""
        with self._database.writing() as (connection, now):
            return change(connection, *held(run_id, attempt), heartbeat=now)

    def clock(self) -> float:
        """Read the clock that all who share the database share: seconds since 1970."""
        with self._database.reading() as connection:
            return now(connection)

    def interrupt(self, run_id: str, attempt: int) -> bool:
        """Take a run from a worker that is gone; it is then what was wanted of it, or interrupted.

        Tells whether it was interrupted.
        """
        with self._database.writing() as (connection, now):
            return interrupt(connection, now, *held(run_id, attempt))

    def interrupt_stale(self, seconds: float) -> list[str]:
        """Interrupt the runs whose worker has given no sign of life for so long; their ids."""
        with self._database.writing() as (connection, now):
            silent = runs.status == "running", runs.heartbeat < now - seconds
            query = select(runs.id).where(*silent).order_by(runs.queued_at)
            ids = connection.scalars(query).all()
            return [one for one in ids if interrupt(connection, now, runs.id == one, *silent)]

    def _places(self, status: Status) -> list[Place]:
        query = select(*PLACE).where(runs.status == status).order_by(runs.queued_at, runs.id)
        with self._database.reading() as connection:
            return [Place(*row) for row in connection.execute(query)]


def change(connection: Connection, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Change the runs that meet the conditions; tell whether there was one."""
    return connection.execute(update(tables.runs).where(*conditions).values(values)).rowcount > 0


def held(run_id: str, attempt: int) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions under which a worker still has a run."""
    return runs.id == run_id, runs.status == "running", runs.attempt == attempt


def queued_again(now: float) -> dict[str, Any]:
    """Give what becomes of a run that waits in the queue again."""
    return {
        "status": "queued",
        "wanted": None,
        "queued_at": now,
        "heartbeat": None,
        "finished_at": None,
        "message": None,
        "message_values": {},
    }


def over(now: float) -> dict[str, Any]:
    """Give what becomes of a run that leaves its worker."""
    return {"wanted": None, "heartbeat": None, "finished_at": now}


def give_order(
    connection: Connection, now: float, *conditions: ColumnElement[bool], order: Order
) -> bool:
    """Order all runs that meet the conditions; what only waits obeys in the same update."""
    waits, is_new = runs.status == "queued", or_(runs.wanted.is_(None), stronger_than_before(order))
    if order == "make room":
        return change(connection, *conditions, runs.status == "running", is_new, wanted=order)
    return change(
        connection,
        *conditions,
        or_(waits, and_(runs.status == "running", is_new)),
        status=case((waits, OBEYED[order]), else_=runs.status),
        wanted=case((waits, None), else_=order),
        finished_at=case((waits, now), else_=runs.finished_at),
    )


def stronger_than_before(order: Order) -> ColumnElement[bool]:
    """Give the condition that an order goes before the one that a run has."""
    return runs.wanted.in_(ORDERS[: ORDERS.index(order)])


def obeying(*, else_: ColumnElement[str] | None = None) -> ColumnElement[str]:
    """Give the status of a run without its worker: what its owner wanted, if anything."""
    return case(*((runs.wanted == order, status) for order, status in OBEYED.items()), else_=else_)


def sweep_rests() -> ColumnElement[bool]:
    """Give the condition that a run's sweep was stopped."""
    return exists().where(tables.sweeps.c.id == runs.sweep, tables.sweeps.c.stopped.is_not(None))


def interrupt(connection: Connection, now: float, *conditions: ColumnElement[bool]) -> bool:
    """Take runs from a worker that is gone; tell whether one is interrupted, and not as wanted."""
    obeys = change(
        connection,
        *conditions,
        runs.wanted.in_(OBEYED),
        **over(now) | {"status": obeying()},
    )
    return not obeys and change(connection, *conditions, **over(now), status="interrupted")
