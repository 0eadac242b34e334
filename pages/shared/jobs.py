"""The store and the jobs of this server: one of each, for all its readers."""

import atexit
import functools
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.store.address import database_url
from core.store.errors import StoreError
from core.store.expiry import delete_in_time
from core.store.store import Store

if TYPE_CHECKING:
    from core.jobs.jobs import Jobs

_OPENING = threading.Lock()
"""One reader opens them, and all others wait. Streamlit's cache would do that, but anybody who can
send a server messages can clear it: it would then take the runs of all from their workers."""


def store() -> Store:
    """Return the run store; a StoreError if it cannot be opened."""
    with _OPENING:
        return _store(_url())


def look_after_store() -> None:
    """Open the store if there is one, so that what is over in it is deleted."""
    url = database_url()
    is_there = url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()
    with suppress(StoreError):  # a page that needs it will say why it is away
        if is_there:
            store()


def jobs() -> "Jobs":
    """Return the jobs; the first call of a server starts its connection to workers."""
    with _OPENING:
        return _jobs(_url())


def _url() -> str:
    return database_url().render_as_string(hide_password=False)


@functools.lru_cache(maxsize=8)  # a process has one address, a test a few
def _store(address: str) -> Store:
    store = Store(address)
    delete_in_time(store)
    return store


@functools.lru_cache(maxsize=8)  # as of stores
def _jobs(address: str) -> "Jobs":
    from core.jobs.jobs import Jobs  # and with it Dask, which only these pages need

    jobs = Jobs(_store(address))
    atexit.register(jobs.close)  # before Dask ends its workers: they hand their runs back
    return jobs
