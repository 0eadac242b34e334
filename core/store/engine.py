"""SQLAlchemy's engine for a database, set up so that no power cut and no second process harms."""

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

PATIENCE = 30
"""Seconds to wait for another process that writes to the same SQLite file."""

PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    # FULL brings every commit to the disk before it returns. NORMAL would keep the file whole too,
    # but a power cut could undo epochs that were already reported as stored.
    "PRAGMA synchronous=FULL",
    "PRAGMA journal_size_limit=16777216",  # the log shrinks back to 16 MB
)

WAITS = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""How soon PostgreSQL's client gives up a server that is silent: seconds, the last milliseconds."""


def make_engine(url: URL) -> Engine:
    """Make an engine; it connects when it is first used. An `OSError` if no folder can be made."""
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url)
    waits = {name: value for name, value in WAITS.items() if name not in url.query}
    return create_engine(url, pool_pre_ping=True, connect_args=waits)


def sqlite_engine(url: URL) -> Engine:
    """Make the engine for a file, and its folder."""
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # Python's own idea of transactions is in the way
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Who means to write says so at once, and waits. A reader that turns into a writer half-way
        # cannot wait: it fails if another was quicker.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def give_back_space(engine: Engine) -> None:
    """Free the space of what was deleted or replaced, if that can be done now.

    SQLite's file shrinks. PostgreSQL keeps every old checkpoint until it cleans up, by itself once
    a minute at best; a quick run would leave gigabytes.
    """
    with contextlib.suppress(SQLAlchemyError, sqlite3.Error), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            file = connection.connection.cursor()
            file.executescript("PRAGMA incremental_vacuum")  # execute would move one page only
        else:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            tables = "checkpoints, weights, models, epochs, class_digits"
            outside.exec_driver_sql(f"VACUUM (SKIP_LOCKED, TRUNCATE off) {tables}")
