"""A disk that is full, a folder that cannot be written, a file that is damaged, files that grow."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Pool, event

from core.store.errors import StoreError
from core.store.store import Store
from tests.core.store.workers import checkpoint, row
from tests.postgres import Server
from tests.small_disk import fill, mounted

FULL = "^The disk is full: what was stored is kept"
UNLIMITED = 2**31  # pages

OPEN_STORE = """
import sys
from core.store.errors import StoreError
from core.store.store import Store
try:
    Store(sys.argv[1])
except StoreError as error:
    print(error)
"""


@dataclass
class Disk:
    """A small disk with a database on it."""

    url: str
    fill: Callable[[], None]
    free: Callable[[], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    """SQLite on 6 MB."""
    with mounted(tmp_path, "6m"):
        url = f"sqlite:///{tmp_path / 'runs.sqlite3'}"
        yield Disk(url, lambda: fill(tmp_path), (tmp_path / "filler").unlink)


@pytest.fixture
def few_pages(tmp_path: Path) -> Iterator[Disk]:
    """SQLite told not to make its file larger; it says the same as on a full disk."""
    pages = UNLIMITED

    def limit(connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")  # never below what there is

    def set_limit(n: int) -> None:
        nonlocal pages
        pages = n

    event.listen(Pool, "checkout", limit)
    url = f"sqlite:///{tmp_path / 'runs.sqlite3'}"
    yield Disk(url, lambda: set_limit(1), lambda: set_limit(UNLIMITED))
    event.remove(Pool, "checkout", limit)


@pytest.fixture
def small_tablespace(postgres: Server) -> Iterator[Disk]:
    """A PostgreSQL that keeps this database on 24 MB."""
    folder = Path(postgres.folder.parent, f"{postgres.folder.name}-small")
    folder.mkdir()
    try:
        with mounted(folder, "24m"):
            place = folder / "tablespace"
            place.mkdir()
            postgres.give(folder)
            postgres.give(place)
            postgres.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
            postgres.execute("CREATE DATABASE small TABLESPACE small")
            postgres.execute("SELECT 1", "small")  # the first connection writes files
            yield Disk(postgres.url("small"), lambda: fill(folder), (folder / "filler").unlink)
            postgres.execute("DROP DATABASE small WITH (FORCE)")
            postgres.execute("DROP TABLESPACE small")
    finally:
        folder.rmdir()


@pytest.fixture(params=["small_disk", "few_pages", "small_tablespace"])
def disk(request: pytest.FixtureRequest) -> Disk:
    disk: Disk = request.getfixturevalue(request.param)
    return disk


def test_on_a_full_disk_nothing_is_lost_and_with_space_it_goes_on(disk: Disk):
    store = Store(disk.url)
    run = store.runs.create("ada", "run", {}, n_epochs=9)
    attempt = store.queue.claim(run.id)
    assert attempt
    store.checkpoints.save_epoch(run.id, attempt, row(1), checkpoint(1), checkpoint(1), best=True)

    def stored() -> tuple[object, ...]:
        weights = store.checkpoints.weights(run.id), store.checkpoints.weights(run.id, "best")
        return (
            store.runs.get(run.id),
            store.runs.epochs(run.id),
            store.checkpoints.of_run(run.id),
            weights,
        )

    before = stored()
    disk.fill()
    bigger = checkpoint(2, 500_000)
    for _ in range(2):  # and it fails alike when tried again
        with pytest.raises(StoreError, match=FULL):
            store.checkpoints.save_epoch(run.id, attempt, row(2), bigger, bigger, best=True)
        with pytest.raises(StoreError, match=FULL):
            store.checkpoints.save(run.id, attempt, bigger)
        with pytest.raises(StoreError, match=FULL):
            store.models.save("ada", "model", {}, checkpoint(1, 2_000_000))
        assert stored() == before
    disk.free()
    store.checkpoints.save_epoch(run.id, attempt, row(2), bigger, bigger, best=False)
    assert stored() != before
    assert store.runs.epochs(run.id) == [row(1), row(2)]
    assert (store.checkpoints.of_run(run.id), store.checkpoints.weights(run.id)) == (
        bigger,
        (2, bigger),
    )
    assert store.checkpoints.weights(run.id, "best") == (1, checkpoint(1))
    assert store.models.of_owner("ada") == []
    store.close()


def test_a_database_that_could_not_be_made_is_made_once_there_is_space(disk: Disk):
    disk.fill()
    with pytest.raises(StoreError, match=FULL):
        Store(disk.url)
    disk.free()
    store = Store(disk.url)
    assert store.runs.create("ada", "run", {}, n_epochs=1).status == "queued"
    store.close()


def test_a_home_that_cannot_be_made_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").touch()
    monkeypatch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(StoreError) as told:
        Store()
    assert str(told.value) == (
        f"The file {tmp_path}/file/home/neuron_ladder.sqlite3 cannot be written: allow it, or"
        " choose another folder with NEURON_LADDER_HOME."
    )


def test_a_folder_without_permission_is_told_in_one_sentence(tmp_path: Path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    command = [sys.executable, "-c", OPEN_STORE, f"sqlite:///{folder}/runs.sqlite3"]
    if os.geteuid() == 0:  # root may write anywhere, unless that is taken from it
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"The file {folder}/runs.sqlite3 cannot be written: allow it,")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("text", "is damaged or no database: move it away"),
        ("a torn page", "is damaged or no database: move it away"),
        ("a folder", "cannot be written: allow it"),
    ],
)
def test_a_damaged_file_is_told_in_one_sentence_and_left_alone(
    tmp_path: Path, what: str, sentence: str
):
    file = tmp_path / "runs.sqlite3"
    if what == "a folder":
        file.mkdir()
    elif what == "text":
        file.write_text("These are my notes.\n" * 1000)
    else:
        store = Store(f"sqlite:///{file}")
        store.runs.create("ada", "run", {}, n_epochs=1)
        store.close()
        with open(file, "r+b") as database:
            database.seek(100)
            database.write(b"\xaa" * 20_000)
    before = None if what == "a folder" else file.read_bytes()
    with pytest.raises(StoreError, match=sentence) as told:
        Store(f"sqlite:///{file}").runs.matching()
    assert str(file) in str(told.value)
    assert before is None or file.read_bytes() == before


def learn(store: Store, n_epochs: int) -> tuple[str, int]:
    """Make a run store epochs with checkpoints of 3 MB, never quite the same size."""
    run = store.runs.create("ada", "run", {}, n_epochs=n_epochs)
    attempt = store.queue.claim(run.id)
    assert attempt
    for epoch in range(1, n_epochs + 1):
        blob = random.Random(epoch).randbytes(3_000_000 + 4 * epoch)
        store.checkpoints.save_epoch(run.id, attempt, row(epoch), blob, blob[:1_000_000], best=True)
    return run.id, attempt


def test_a_long_run_leaves_a_small_file(tmp_path: Path):
    """Of 30 epochs with 5 MB each, what two need; and of a deleted run, nothing."""

    def size() -> int:
        return sum(file.stat().st_size for file in tmp_path.iterdir())

    store = Store(f"sqlite:///{tmp_path / 'runs.sqlite3'}")
    store.close()
    empty = size()
    run_id, attempt = learn(store, n_epochs=30)
    assert size() < 30_000_000
    assert store.queue.end(run_id, attempt, "done")
    store.close()
    assert size() < 2_200_000  # two sets of weights
    store.runs.delete(run_id)
    store.close()
    assert size() < empty + 10_000


def test_postgresql_keeps_no_old_checkpoints(postgres: Server):
    with postgres.database() as url:
        store = Store(url)
        learn(store, n_epochs=39)
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert found
        assert found[0] < 120_000_000  # not 39 · 5 MB
        store.close()
