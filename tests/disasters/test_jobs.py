"""A server that is killed, a disk that is full, a database that goes away."""

import os
import signal
import subprocess
import sys

import pytest

from core.jobs import heartbeats
from core.jobs.jobs import Jobs
from core.store.store import Store
from tests.core.jobs.runs import (
    RECIPE,
    expected_losses,
    losses,
    submit,
    wait_for_mid_epoch,
    wait_for_status,
)
from tests.core.jobs.unhurried import take_their_time
from tests.small_disk import fill, mounted
from tests.waiting import PATIENCE, wait_for

SERVER = """
import signal

import pytest

from core.jobs.jobs import Jobs
from core.store.store import Store
from tests.core.jobs.runs import submit, wait_for_mid_epoch
from tests.core.jobs.unhurried import take_their_time

if __name__ == "__main__":
    take_their_time(pytest.MonkeyPatch())
    jobs = Jobs(Store())
    run_id = submit(jobs)
    wait_for_mid_epoch(jobs, run_id)
    pids = jobs._cluster.client.run(__import__("os").getpid).values()
    print(run_id, *pids, flush=True)
    signal.pause()
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
    monkeypatch.delenv("NEURON_LADDER_SCHEDULER", raising=False)
    monkeypatch.setattr("core.jobs.cluster.n_local_workers", lambda: 1)
    take_their_time(monkeypatch)
    return tmp_path


@pytest.fixture
def begin():
    """Begin jobs on a store, and end them after the test."""
    begun = []

    def begin(store: Store) -> Jobs:
        begun.append(Jobs(store))
        return begun[-1]

    yield begin
    for jobs in begun:
        jobs.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.proof
def test_a_killed_server_loses_only_the_epoch_under_way(home, begin, monkeypatch):
    script = home / "server.py"
    script.write_text(SERVER)
    server = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert server.stdout is not None
    run_id, *pids = server.stdout.readline().split()
    os.kill(server.pid, signal.SIGKILL)
    server.wait(PATIENCE)
    for pid in pids:
        wait_for(lambda pid=pid: not is_alive(int(pid)), "the workers to end with their server")
    monkeypatch.setattr(heartbeats, "STALE", 1.0)
    jobs = begin(Store())
    run = wait_for_status(jobs.store, run_id, "interrupted")
    assert 1 <= run.epochs_done < RECIPE.n_epochs
    jobs.resume(run_id)
    wait_for_status(jobs.store, run_id, "done")
    assert losses(jobs.store, run_id) == expected_losses(RECIPE)


@pytest.mark.usefixtures("home")
@pytest.mark.proof
def test_a_database_that_goes_away_and_comes_back(postgres, begin):
    with postgres.database() as url:
        jobs = begin(Store(url))
        goes_away_and_comes_back(jobs, postgres)
        jobs.close()


def goes_away_and_comes_back(jobs, postgres) -> None:
    run_id = submit(jobs)
    wait_for_mid_epoch(jobs, run_id)
    postgres.stop()
    wait_for(lambda: jobs.live(run_id).trouble, "the worker to miss the database")
    message, values = jobs.live(run_id).trouble
    assert "cannot be reached" in message.format(**values)
    postgres.start()
    wait_for(lambda: jobs.live(run_id).trouble is None, "the worker to find the database again")
    wait_for_status(jobs.store, run_id, "done")
    assert losses(jobs.store, run_id) == expected_losses(RECIPE)


def test_a_full_disk_holds_a_run_up_and_loses_nothing(home, begin):
    with mounted(home, "8m"):
        jobs = begin(Store())
        run_id = submit(jobs)
        wait_for_mid_epoch(jobs, run_id)
        fill(home)
        wait_for(lambda: jobs.live(run_id).trouble, "the worker to find the disk full")
        message, values = jobs.live(run_id).trouble
        assert "disk is full" in message.format(**values)
        before = losses(jobs.store, run_id)
        assert before == expected_losses(RECIPE)[: len(before)]
        (home / "filler").unlink()
        wait_for_status(jobs.store, run_id, "done")
        assert losses(jobs.store, run_id) == expected_losses(RECIPE)
        jobs.close()
