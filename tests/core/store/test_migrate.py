"""The migrations and the tables' metadata are two tellings of the same."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import ProgrammingError

from core.store.address import database_url as address
from core.store.engine import make_engine
from core.store.errors import StoreError
from core.store.migrate import (
    VERSION,
    VERSION_TABLE,
    alembic_config,
    make,
    migrate,
    upgrade,
    version,
)
from core.store.store import Store
from core.store.tables import metadata


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(address(database_url))
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    """What Alembic would change to come from the database to the metadata."""
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_server_default": True}
        found: list[object] = compare_metadata(
            MigrationContext.configure(connection, opts=options), metadata
        )
    return found


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, as `migrate` begins one."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@pytest.mark.parametrize("way", [make, upgrade])
def test_an_empty_database_gets_exactly_the_tables_at_once_and_by_all_migrations(
    engine: Engine, way: Callable[[Connection], None]
):
    assert differences(engine)  # of an empty database
    with writing(engine) as connection:
        way(connection)
        assert version(connection) == VERSION
        key = inspect(connection).get_pk_constraint(VERSION_TABLE)
        assert key["constrained_columns"] == ["version_num"]
    assert differences(engine) == []
    with engine.connect() as connection:  # what it does not compare: a foreign key's action
        for table in metadata.tables.values():
            keys = inspect(connection).get_foreign_keys(table.name)
            made = {(key["referred_table"], key["options"]["ondelete"]) for key in keys}
            assert made == {(key.column.table.name, key.ondelete) for key in table.foreign_keys}


def test_every_migration_can_be_undone_and_done_again(engine: Engine):
    migrate(engine)
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
    newest = [script.revision for script in scripts.walk_revisions()]
    for below in (*newest[1:], "base"):
        with writing(engine) as connection:
            command.downgrade(alembic_config(connection), below)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == [VERSION_TABLE]
    migrate(engine)
    assert differences(engine) == []


def test_the_newest_version_is_the_last_migration(engine: Engine):
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [VERSION]


def test_a_migration_that_fails_leaves_nothing_behind(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise RuntimeError("the power is gone")

    migrate(engine)
    with writing(engine) as connection:
        command.downgrade(alembic_config(connection), "base")
    with monkeypatch.context() as patched:
        patched.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", fail)
        with pytest.raises(RuntimeError, match="power"):
            migrate(engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == [VERSION_TABLE]
        assert version(connection) is None
    migrate(engine)
    assert differences(engine) == []


def test_a_database_that_cannot_be_made_stays_empty(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patched:
        patched.setattr("core.store.migrate.VERSION", object())  # what no table takes
        with pytest.raises(ProgrammingError):
            migrate(engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    migrate(engine)
    assert differences(engine) == []


def test_what_was_stored_is_there_when_the_store_is_opened_again(database_url: str):
    store = Store(database_url)
    run = store.runs.create("ada", "run", {}, n_epochs=1)
    store.close()
    again = Store(database_url)
    assert again.runs.matching() == [run]
    again.close()


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine, database_url: str):
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match="belongs to a newer version of Neuron Ladder"):
        Store(database_url)
    with engine.connect() as connection:
        assert version(connection) == "9999"


def test_another_program_can_keep_its_own_version_in_the_same_database(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('v3.2.0.a')"))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "v3.2.0.a"
        assert version(connection) == VERSION


def test_a_new_file_that_another_process_holds_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "runs.sqlite3"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("core.store.engine.PATIENCE", 0)  # SQLite does not always wait by itself
    monkeypatch.setattr("core.store.migrate.time.sleep", lambda _: other.rollback())
    store = Store(f"sqlite:///{file}")
    assert store.runs.matching() == []
    store.close()
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


def test_a_database_that_is_ready_is_opened_without_alembic(tmp_path: Path):
    """A worker opens the store for every run."""
    url = f"sqlite:///{tmp_path / 'runs.sqlite3'}"
    Store(url).close()
    program = (
        "import sys; from core.store.store import Store; Store(sys.argv[1]);"
        " assert not {'alembic', 'psycopg', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, url], check=True)
