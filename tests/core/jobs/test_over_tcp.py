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
    SHORT,
    expected_losses,
    losses,
    submit,
    wait_for,
    wait_for_mid_epoch,
    wait_for_status,
)

COMMAND = [sys.executable, "-m"]
OPTIONS = ["--no-dashboard", "--scheduler-file"]


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler without workers: the file that says where it is."""
    file = tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", *OPTIONS, str(file)]
    process = subprocess.Popen(
        [*COMMAND, "distributed.cli.dask_scheduler", *options], stderr=subprocess.DEVNULL
    )
    wait_for(file.exists, "the scheduler")
    yield file
    process.kill()
    process.wait(PATIENCE)


@pytest.fixture
def start_worker(scheduler):
    """Start a worker process of the scheduler, in a folder of its own."""
    processes = []

    def start() -> subprocess.Popen[bytes]:
        options = ["--nthreads", "1", "--no-nanny", *OPTIONS, str(scheduler)]
        process = subprocess.Popen(
            [*COMMAND, "distributed.cli.dask_worker", *options],
            stderr=subprocess.DEVNULL,
            cwd=scheduler.parent,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)},
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait(PATIENCE)


def address_in(scheduler):
    """Read where a scheduler is."""
    return json.loads(scheduler.read_text())["address"]


@pytest.fixture
def dask(scheduler, start_worker):
    """A scheduler and two workers; its address and the workers' processes."""
    return address_in(scheduler), [start_worker(), start_worker()]


def test_a_scheduler_without_workers_is_told_until_one_comes(
    scheduler, start_worker, tmp_path, monkeypatch
):
    monkeypatch.setattr("core.jobs.cluster.NO_WORKER", 1)
    jobs = Jobs(Store(f"sqlite:///{tmp_path / 'store'}"), address_in(scheduler))
    try:
        run_id = submit(jobs, SHORT)
        trouble = wait_for(lambda: jobs.trouble, "the trouble to be told")
        assert "has had no worker for 1 seconds" in str(trouble)
        assert jobs.position(run_id) == 1
        start_worker()
        wait_for_status(jobs.store, run_id, "done")
        wait_for(lambda: jobs.trouble is None, "the trouble to end")
    finally:
        jobs.close()


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
