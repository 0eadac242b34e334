"""Who has a run: the queue, a worker with the attempt's number, or nobody.

Every change is one conditional UPDATE. Of two processes that try the same, the second finds that
the condition no longer holds, and changes nothing.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, exists, or_, select, update

from core.store import tables
from core.store.records import Run, Status
from core.store.runs import from_row, runs

RESUMABLE = ("paused", "stopped", "interrupted", "failed", "pruned")
FINISHED = ("done", "diverged")


def change(connection: Connection, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Change the run that meets the conditions; tell whether there was one."""
    return connection.execute(update(tables.runs).where(*conditions).values(values)).rowcount > 0


def with_status(connection: Connection, status: Status) -> list[Run]:
    """Read the runs with a status, the first queued first."""
    query = select(tables.runs).where(runs.status == status)
    return [from_row(row) for row in connection.execute(query.order_by(runs.queued_at, runs.id))]


def held(run_id: str, attempt: int) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions under which a worker still has a run."""
    return runs.id == run_id, runs.status == "running", runs.attempt == attempt


def claim(connection: Connection, now: float, run_id: str) -> int | None:
    """Take a run out of the queue; None if another was quicker."""
    claimed = change(
        connection,
        runs.id == run_id,
        runs.status == "queued",
        status="running",
        attempt=runs.attempt + 1,
        started_at=now,
        heartbeat=now,
    )
    return connection.scalar(select(runs.attempt).where(runs.id == run_id)) if claimed else None


def waits_again(now: float) -> dict[str, Any]:
    """Give what becomes of a run that its worker puts back: it rests if its sweep was stopped."""
    sweeps = tables.sweeps.c
    stopped = exists().where(sweeps.id == runs.sweep, sweeps.stopped.is_not(None))
    return {
        "status": case((stopped, "stopped"), else_="queued"),
        "queued_at": now,
        "heartbeat": None,
        "finished_at": case((stopped, now), else_=None),
    }


def requeue(connection: Connection, now: float, run_id: str, attempt: int | None) -> bool:
    """Put a run at the queue's end."""
    free = runs.status.in_(RESUMABLE)
    mine = and_(runs.status == "running", runs.attempt == attempt)
    wanted = {"status": "queued", "queued_at": now, "heartbeat": None, "finished_at": None}
    return change(
        connection,
        runs.id == run_id,
        free if attempt is None else or_(free, mine),
        **(wanted if attempt is None else waits_again(now)),
        message=None,
        message_values={},
    )


def end(
    connection: Connection,
    now: float,
    run_id: str,
    attempt: int,
    status: Status,
    message: str | None,
    values: dict[str, Any] | None,
) -> bool:
    """Take a run from its worker. At its end it needs its optimiser no more."""
    ended = change(
        connection,
        *held(run_id, attempt),
        status=status,
        heartbeat=None,
        finished_at=None if status == "queued" else now,
        message=message,
        message_values=values or {},
    )
    if ended and status in FINISHED:
        connection.execute(delete(tables.checkpoints).where(tables.checkpoints.c.run_id == run_id))
    return ended


def cancel(connection: Connection, now: float, run_id: str, status: Status) -> bool:
    """Take a run out of the queue before anyone claimed it."""
    queued = (runs.id == run_id, runs.status == "queued")
    return change(connection, *queued, status=status, finished_at=now)


def beat(connection: Connection, now: float, run_id: str, attempt: int) -> bool:
    """Note that a run's worker is alive; False if it is no longer its worker."""
    return change(connection, *held(run_id, attempt), heartbeat=now)


def interrupt_stale(connection: Connection, now: float, seconds: float) -> list[str]:
    """Take runs from workers that have been silent for so long."""
    silent = (runs.status == "running", runs.heartbeat < now - seconds)
    ids = connection.scalars(select(runs.id).where(*silent).order_by(runs.queued_at)).all()
    ended = {"status": "interrupted", "heartbeat": None, "finished_at": now}
    return [run_id for run_id in ids if change(connection, runs.id == run_id, *silent, **ended)]
