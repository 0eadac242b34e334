"""A PostgreSQL that is not there, goes away, and comes back."""

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from core.store.errors import StoreError
from core.store.store import Store
from tests.core.store.workers import SECONDS, checkpoint, row
from tests.postgres import Server
from tests.waiting import wait_for

GONE = "^The database test_[0-9]+@127.0.0.1 cannot be reached"


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    with postgres.database() as url:
        yield url


def test_a_database_that_goes_away_and_comes_back(postgres: Server, url: str):
    store = Store(url)
    run = store.runs.create("ada", "run", {}, n_epochs=2)
    attempt = store.queue.claim(run.id)
    assert attempt
    store.checkpoints.save_epoch(run.id, attempt, row(1), checkpoint(1), checkpoint(1), best=True)
    before = store.runs.get(run.id)
    postgres.stop()
    try:
        for _ in range(2):
            with pytest.raises(StoreError, match=GONE):
                store.runs.get(run.id)
            with pytest.raises(StoreError, match=GONE):
                store.checkpoints.save_epoch(run.id, attempt, row(2), b"2", b"2", best=True)
        with pytest.raises(StoreError, match=GONE):
            Store(url)
    finally:
        postgres.start()
    assert store.runs.get(run.id) == before
    store.checkpoints.save_epoch(run.id, attempt, row(2), checkpoint(2), checkpoint(2), best=True)
    assert store.runs.epochs(run.id) == [row(1), row(2)]
    assert store.checkpoints.of_run(run.id) == checkpoint(2)
    store.close()


def test_a_restarted_database_is_not_even_noticed(postgres: Server, url: str):
    store = Store(url)
    run = store.runs.create("ada", "run", {}, n_epochs=2)
    postgres.stop()
    postgres.start()
    assert store.runs.matching() == [run]
    store.close()


def test_a_connection_lost_in_mid_transaction_stores_nothing(url: str):
    """The server ends the connection while it waits to store an epoch."""
    store = Store(url)
    run = store.runs.create("ada", "run", {}, n_epochs=2)
    attempt = store.queue.claim(run.id)
    assert attempt
    told: list[str] = []

    def save() -> None:
        try:
            store.checkpoints.save_epoch(run.id, attempt, row(1), b"1", b"1", best=True)
        except StoreError as error:
            told.append(str(error))

    with psycopg.connect(url) as other:
        other.execute("SELECT 1 FROM runs FOR UPDATE")
        saving = threading.Thread(target=save)
        saving.start()
        wait_for(lambda: end_one_that_waits(other), "somebody to wait for a lock")
        saving.join(SECONDS)
    assert [sentence.partition(": ")[0] for sentence in told] == [
        f"The database {url.rpartition('/')[2]}@127.0.0.1 cannot be reached"
    ]
    assert store.runs.epochs(run.id) == []
    assert store.checkpoints.of_run(run.id) is None
    store.checkpoints.save_epoch(run.id, attempt, row(1), b"1", b"1", best=True)
    assert store.runs.epochs(run.id) == [row(1)]
    store.close()


def end_one_that_waits(connection: psycopg.Connection) -> tuple[Any, ...] | None:
    return connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ).fetchone()


@pytest.mark.parametrize("wrong", ["database", "port"])
def test_a_server_or_database_that_is_not_there(postgres: Server, wrong: str):
    url = postgres.url("nowhere")
    if wrong == "port":
        url = url.replace(str(postgres.port), "1")
    with pytest.raises(StoreError) as told:
        Store(url.replace("ladder@", "ladder:secret@"))
    assert str(told.value) == (
        "The database nowhere@127.0.0.1 cannot be reached: is it running, and is its address right?"
    )


def test_a_user_who_may_not_make_tables(postgres: Server, url: str):
    postgres.execute("CREATE ROLE guest LOGIN")
    try:
        with pytest.raises(StoreError, match="does not do what is asked: permission denied"):
            Store(url.replace("ladder@", "guest@"))
    finally:
        postgres.execute("DROP ROLE guest")
