"""What can go wrong with a database, each told in one sentence."""

import errno
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.messages import N_, InputError

log = logging.getLogger(__name__)


class StoreError(InputError):
    """The database does not do what is asked; nothing that was stored before is lost.

    Examples
    --------
    >>> raise StoreError(N_("The database {database} is busy: try again."), database="ladder")
    Traceback (most recent call last):
    core.store.errors.StoreError: The database ladder is busy: try again.
    """


class Superseded(Exception):  # noqa: N818 - no error: somebody else has the run now
    """The run is no longer this worker's: it was ended, handed to another worker, or deleted."""


DISK_FULL = N_(
    "The disk is full: what was stored is kept, but nothing more can be stored until some space"
    " is free."
)
DISK_FAILS = N_("The disk does not read or write {database}: is it full, or broken?")
FOLDER = N_(
    "The file {database} cannot be written: allow it, or choose another folder with"
    " NEURON_LADDER_HOME."
)
DAMAGED = N_(
    "The file {database} is damaged or no database: move it away, or put a copy of it in its place."
)
UNREACHABLE = N_(
    "The database {database} cannot be reached: is it running, and is its address right?"
)
BUSY = N_("The database {database} is busy: try again in a moment.")
NEWER = N_("The database {database} belongs to a newer version of Neuron Ladder: update this one.")
OTHER = N_("The database {database} does not do what is asked: {reason}.")

SQLITE = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_IOERR: DISK_FAILS,
    sqlite3.SQLITE_CANTOPEN: FOLDER,
    sqlite3.SQLITE_READONLY: FOLDER,
    sqlite3.SQLITE_PERM: FOLDER,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
}
POSTGRESQL = {
    "53100": DISK_FULL,
    "53300": BUSY,  # too many connections
    "40P01": BUSY,  # two waited for each other
    "55P03": BUSY,  # a lock was not given in time
}


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what the database says inside the block into a `StoreError`."""
    try:
        yield
    except (DBAPIError, PoolTimeout, sqlite3.Error, OSError) as error:
        raise in_a_sentence(error, url) from error


def in_a_sentence(error: Exception, url: URL) -> StoreError:
    """Give the sentence for an error of the database at `url`."""
    database = where(url)
    cause = getattr(error, "orig", None) or error  # what the driver said
    reason = (str(cause).splitlines() or [type(cause).__name__])[0].rstrip(".")
    log.warning("%s: %s", database, reason)
    if isinstance(cause, sqlite3.Error):
        message = SQLITE.get((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF, OTHER)
    elif isinstance(cause, PoolTimeout):
        message = BUSY
    elif isinstance(cause, OSError):
        message = DISK_FULL if cause.errno in (errno.ENOSPC, errno.EDQUOT) else FOLDER
    else:
        message = from_postgresql(error, getattr(cause, "sqlstate", None))
    return StoreError(message, database=database, reason=reason)


def from_postgresql(error: Exception, state: str | None) -> str:
    """Give the sentence for one of PostgreSQL's states, or for a connection that broke."""
    if state in POSTGRESQL:
        return POSTGRESQL[state]
    if state is None:
        lost = isinstance(error, (OperationalError, InterfaceError))
    else:
        lost = state.startswith(("08", "57P", "28", "3D"))
    return UNREACHABLE if lost else OTHER


def where(url: URL) -> str:
    """Give the name of a database for a sentence: its file, or its host; never a password.

    Examples
    --------
    >>> from sqlalchemy import make_url
    >>> where(make_url("postgresql://ada:secret@example.org/ladder"))
    'ladder@example.org'
    """
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"{url.database}@{url.host or 'localhost'}"
