"""The same jobs on a scheduler and two worker processes of their own, over TCP."""

import json
import os
import signal
import subprocess
import sys

import pytest

from core.jobs.jobs import Jobs
from core.store.store import Store
from tests.core.jobs.runs import (
    PATIENCE,
    RECIPE,
    expected_losses,
    losses,
    submit,
    wait_for,
    wait_for_mid_epoch,
    wait_for_status,
)


@pytest.fixture
def dask(tmp_path):
    """A scheduler and two workers; their address and the workers' processes."""
    file = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard"]
    processes = [
        subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)],
            stderr=subprocess.DEVNULL,
        )
    ]
    wait_for(file.exists, "the scheduler")
    command = [sys.executable, "-m", "distributed.cli.dask_worker", "--nthreads", "1"]
    processes += [
        subprocess.Popen(
            [*command, "--no-nanny", "--no-dashboard", "--scheduler-file", str(file)],
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)},
        )
        for _ in range(2)
    ]
    yield json.loads(file.read_text())["address"], processes[1:]
    for process in processes:
        process.kill()
        process.wait(PATIENCE)


def test_two_servers_share_a_cluster_and_a_database(dask, database_url):
    address, workers = dask
    one, other = Jobs(Store(database_url), address), Jobs(Store(database_url), address)
    try:
        first, second = submit(one), submit(other, owner="Bob")
        wait_for_mid_epoch(one, first)
        wait_for_mid_epoch(other, second)
        assert other.live(first) is not None
        assert {run.id for run in one.store.running()} == {first, second}
        other.pause(first)  # any server may give orders
        wait_for_status(one.store, first, "paused")
        os.kill(workers[0].pid, signal.SIGKILL)  # Bob's run has this worker, or the other one
        one.resume(first)
        for run_id in (first, second):
            wait_for_status(one.store, run_id, "done")
            assert losses(one.store, run_id) == expected_losses(RECIPE)
    finally:
        one.close()
        other.close()


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("core.jobs.cluster.PATIENCE", 1)
    jobs = Jobs(Store(f"sqlite:///{tmp_path / 'store'}"), "tcp://127.0.0.1:9")
    try:
        trouble = wait_for(lambda: jobs.trouble, "the trouble to be told")
        assert "tcp://127.0.0.1:9" in str(trouble)
        run_id = submit(jobs)
        assert jobs.position(run_id) == 1
    finally:
        jobs.close()
