"""Two servers are upgraded from 0.1.0 one after the other: for a while both versions run.

The store of 0.1.0 is taken out of the repository's history, and runs in a process of its own.
"""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.store.store import Store
from tests import ROOT
from tests.core.store.workers import row
from tests.postgres import database_url, postgres

__all__ = ["database_url", "postgres"]

COMMIT = "c503fb767767a5fec3a0a729dea7a732ad58801a"
"""The last one of version 0.1.0."""

OLD = """
import sys
from core.store.records import EpochRow
from core.store.store import Store

store = Store(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    print(repr(eval(line)), flush=True)
"""

Say = Callable[[str], str]


@pytest.fixture
def old_server(database_url: str, tmp_path: Path) -> Iterator[Callable[[], Say]]:
    """Start a server's store of version 0.1.0, which does what it is told in Python."""
    archive = ["git", "-C", str(ROOT), "archive", COMMIT, "core"]
    done = subprocess.run(archive, capture_output=True)
    if done.returncode:
        pytest.skip("the history of the repository is not here")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as files:
        files.extractall(tmp_path, filter="data")
    processes: list[subprocess.Popen[str]] = []

    def start() -> Say:
        process = subprocess.Popen(
            [sys.executable, "-c", OLD, database_url],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdin
        assert process.stdout
        tell, hear = process.stdin, process.stdout
        if hear.readline() != "ready\n":
            assert process.stderr
            raise RuntimeError(process.stderr.read())

        def say(command: str) -> str:
            print(command, file=tell, flush=True)
            return hear.readline().strip()

        return say

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.long
def test_both_versions_share_a_store_until_the_last_old_server_has_gone(
    old_server: Callable[[], Say], database_url: str
) -> None:
    old = old_server()
    mine = old("store.create_run('ada', 'begun', {'seed': 1}, n_epochs=2).id").strip("'")
    assert old(f"store.claim('{mine}')") == "1"
    new = Store(database_url)  # the other server is upgraded, and with it the tables
    try:
        waits = new.runs.create("Bob", "waits", {"seed": 2}, n_epochs=2)
        epoch = "EpochRow(epoch={}, images=60000, seconds=0.5)"
        for n in (1, 2):
            stored = f"'{mine}', 1, {epoch.format(n)}, b'so far', b'weights', best=True"
            old(f"store.save_epoch({stored})")
        assert old(f"store.beat('{mine}', 1)") == "True"
        assert [run.id for run in new.queue.running()] == [mine]
        assert old(f"store.end('{mine}', 1, 'done')") == "True"
        found = new.runs.get(mine)
        assert found is not None
        assert (found.status, found.epochs_done, found.wanted) == ("done", 2, None)
        assert new.checkpoints.weights(mine) == (2, b"weights")

        assert old(f"store.run('{waits.id}').name") == "'waits'"  # what the new one made
        assert old(f"store.claim('{waits.id}')") == "1"
        assert new.queue.claim(waits.id) is None
        new.queue.order(waits.id, "pause")  # the old worker does not know of it, and finishes
        assert old(f"store.end('{waits.id}', 1, 'done')") == "True"
        later = old("store.create_run('Eve', 'later', {}, n_epochs=1).id").strip("'")
        attempt = new.queue.claim(later)
        assert attempt == 1
        new.checkpoints.save_epoch(later, 1, row(1), b"so far", b"weights", best=True)
        assert new.queue.end(later, 1, "done")
        assert old(f"store.run('{later}').status") == "'done'"
        with pytest.raises(RuntimeError, match="belongs to a newer version of Neuron Ladder"):
            old_server()  # an old server that starts now says so, and changes nothing
        assert {run.status for run in new.runs.matching()} == {"done"}
    finally:
        new.close()
