"""The store and the jobs of this server: one of each, for all its readers."""

import atexit
from typing import TYPE_CHECKING

import streamlit as st

from core.store.address import database_url
from core.store.store import Store

if TYPE_CHECKING:
    from core.jobs.jobs import Jobs


def store() -> Store:
    """Return the run store; a StoreError if it cannot be opened."""
    return _store(_url())


def jobs() -> "Jobs":
    """Return the jobs; the first call of a server starts its connection to workers."""
    return _jobs(_url())


def _url() -> str:
    return database_url().render_as_string(hide_password=False)


@st.cache_resource(show_spinner=False)
def _store(address: str) -> Store:
    return Store(address)


@st.cache_resource(show_spinner=False, on_release=lambda jobs: jobs.close())
def _jobs(address: str) -> "Jobs":
    from core.jobs.jobs import Jobs  # and with it Dask, which only these pages need

    jobs = Jobs(_store(address))
    atexit.register(jobs.close)  # before Dask ends its workers: they hand their runs back
    return jobs
