"""The store and the jobs of a server: one of each, whatever its readers send."""

import threading

import pytest
import streamlit as st

from pages.shared import jobs as module


def test_nobody_takes_the_runs_of_all_from_their_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit clears its caches for whoever sends it that message."""
    monkeypatch.undo()
    closed: list[str] = []
    monkeypatch.setattr("core.jobs.jobs.Jobs", lambda _store: _Jobs(closed))
    module._jobs.cache_clear()
    jobs, store = module.jobs(), module.store()
    st.cache_resource.clear()
    assert module.jobs() is jobs
    assert module.store() is store
    assert not closed
    module._jobs.cache_clear()


def test_the_first_readers_of_a_server_share_one_store() -> None:
    module._store.cache_clear()
    found = []
    readers = [threading.Thread(target=lambda: found.append(module.store())) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


class _Jobs:
    def __init__(self, closed: list[str]) -> None:
        self._closed = closed

    def close(self) -> None:
        self._closed.append("closed")
