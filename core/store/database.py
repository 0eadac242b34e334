"""The database of the store: transactions, told in a sentence where they fail, and its clock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Double, Table, cast, extract, func, select
from sqlalchemy.dialects import postgresql, sqlite

from core.store import engine
from core.store.address import database_url
from core.store.errors import explained
from core.store.migrate import migrate

INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""How to insert, by the database's dialect: each says in its own way what a conflict is."""


class Database:
    """A database with our tables, made or brought to their newest version.

    Parameters
    ----------
    url : str, optional
        See `core.store.address.database_url`.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = database_url(url)
        with explained(self._url):
            self._engine = engine.make_engine(self._url)
            migrate(self._engine)

    @property
    def url(self) -> str:
        """The address for SQLAlchemy, with its password."""
        return self._url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Close the connections; new ones are opened when they are needed."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with."""
        with explained(self._url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, float]]:
        """Give a transaction, and the time by the clock that all who share the database share."""
        with (
            explained(self._url),
            self._engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection, now(connection)

    def give_back_space(self) -> None:
        """Free the space of what was deleted or replaced, if that can be done now."""
        engine.give_back_space(self._engine)


def insert_once(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row, unless there is one with its id already; tell whether it was inserted."""
    new = INSERT[connection.dialect.name](table).values(row)
    once = new.on_conflict_do_nothing(index_elements=["id"]).returning(table.c.id)
    return connection.execute(once).first() is not None


def now(connection: Connection) -> float:
    """Give the time in seconds since 1970.

    Machines that share a PostgreSQL take its clock: their own may differ, and a worker would seem
    dead. Who shares a file is on one machine.
    """
    if connection.dialect.name == "sqlite":
        return time.time()
    moment = cast(extract("epoch", func.clock_timestamp()), Double)
    return float(connection.scalar(select(moment)) or 0)
