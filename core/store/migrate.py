"""Bring a database to the newest version of its tables, whatever version it has, once."""

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    text,
)

from core.store.engine import PATIENCE
from core.store.errors import NEWER, StoreError, where
from core.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

VERSION = "0005"
"""The newest of `migrations/versions`."""

VERSION_TABLE = "neuron_ladder_version"
"""Not Alembic's usual name: where sweeps of version 0.1.0 kept a study, Optuna took that one."""

VERSIONS = Table(
    VERSION_TABLE,
    MetaData(),
    Column("version_num", String(32)),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),
)
"""It, as Alembic makes it."""

LOCK = 0x6E6575726F6E
"""Our number among PostgreSQL's advisory locks."""


def migrate(engine: Engine) -> None:
    """Make or upgrade the tables, in one transaction. Only one process does, the others wait.

    Raises
    ------
    StoreError
        If the database has a version that this program does not know.
    """
    is_file = engine.dialect.name == "sqlite"
    if is_file:
        use_log(engine)
    with engine.connect() as connection:
        if version(connection) == VERSION:
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if not is_file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if inspect(connection).has_table(VERSION_TABLE):
            upgrade(connection)
        else:
            make(connection)


def version(connection: Connection) -> str | None:
    """Give the version of the database's tables; None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return found


def make(connection: Connection) -> None:
    """Make the tables of an empty database as they are now, without the way to there."""
    metadata.create_all(connection, checkfirst=False)
    VERSIONS.create(connection, checkfirst=False)
    connection.execute(VERSIONS.insert(), {"version_num": VERSION})


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, if any, in the connection's transaction."""
    from alembic import command  # takes a while, and is needed once with each new version
    from alembic.util import CommandError

    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError as error:
        raise StoreError(NEWER, database=where(connection.engine.url)) from error


def alembic_config(connection: Connection) -> "Config":
    """Tell Alembic where our migrations are, and to use `connection`."""
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def use_log(engine: Engine) -> None:
    """Make a new SQLite file one that writes ahead to a log, and can give space back.

    Readers and the writer then do not wait for each other. SQLite refuses the change, without
    waiting, while another process makes it.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with engine.connect() as connection:
                file = connection.connection.cursor()
                file.execute("PRAGMA auto_vacuum=INCREMENTAL")  # before the log: it makes the file
                file.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
