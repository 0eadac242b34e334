"""Where the database is: a file in the user's data folder, or a PostgreSQL of one's own."""

import os
from pathlib import Path

import platformdirs
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.messages import N_
from core.store.errors import StoreError

DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
"""How an address may start, and what SQLAlchemy drives it with."""


def home() -> Path:
    """Give the folder for what the app keeps; it need not exist yet.

    Returns
    -------
    Path
        ``$NEURON_LADDER_HOME``, or the system's place for a user's data.

    Examples
    --------
    >>> home().is_absolute()
    True
    """
    chosen = os.environ.get("NEURON_LADDER_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("neuron-ladder", appauthor=False))


def picture_folder() -> Path:
    """Give the folder for pictures made to learn from; without it they are made again."""
    return home() / "pictures"


def database_url(given: str | None = None) -> URL:
    """Give the address of the database.

    Parameters
    ----------
    given : str, optional
        Such as ``postgresql://user:password@host/database`` or ``sqlite:////folder/file``. Without
        it ``$NEURON_LADDER_DATABASE_URL`` counts, and then a file in the `home` folder.

    Returns
    -------
    sqlalchemy.URL

    Raises
    ------
    StoreError
        If it is none of these.

    Examples
    --------
    >>> database_url("postgresql://ada@example.org/ladder").drivername
    'postgresql+psycopg'
    >>> database_url("mysql://example.org/ladder")
    Traceback (most recent call last):
    core.store.errors.StoreError: NEURON_LADDER_DATABASE_URL must look like
    postgresql://user:password@host/database or sqlite:////folder/file.
    """
    text = given or os.environ.get("NEURON_LADDER_DATABASE_URL")
    if not text:
        return URL.create("sqlite", database=str(home() / "neuron_ladder.sqlite3"))
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise unusable() from None
    # A database in memory would be another one for every process.
    if url.drivername not in DRIVERS or url.database in (None, "", ":memory:"):
        raise unusable()
    return url.set(drivername=DRIVERS[url.drivername])


def unusable() -> StoreError:
    """Give the error for an address that names no database of a kind we can use."""
    return StoreError(  # it may hold a password: it is not repeated
        N_(
            "NEURON_LADDER_DATABASE_URL must look like postgresql://user:password@host/database or"
            " sqlite:////folder/file."
        )
    )
