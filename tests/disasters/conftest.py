"""Databases, and a Dask scheduler and workers that are processes of their own, over TCP."""

import json
import os
import subprocess
import sys

import pytest

from tests.core.store.conftest import store
from tests.postgres import database_url, postgres
from tests.waiting import PATIENCE, wait_for

__all__ = ["database_url", "postgres", "store"]

COMMAND = [sys.executable, "-m"]


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler without workers."""
    file = tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file"]
    process = subprocess.Popen(
        [*COMMAND, "distributed.cli.dask_scheduler", *options, str(file)],
        stderr=subprocess.DEVNULL,
    )
    told = wait_for(lambda: file.exists() and file.read_text(), "the scheduler")
    yield json.loads(told)["address"]
    process.kill()
    process.wait(PATIENCE)


@pytest.fixture
def start_worker(scheduler, tmp_path):
    """Start a worker process of the scheduler, in a folder of its own."""
    processes = []

    def start() -> subprocess.Popen[bytes]:
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", scheduler]
        process = subprocess.Popen(
            [*COMMAND, "distributed.cli.dask_worker", *options],
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)},
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait(PATIENCE)


@pytest.fixture
def dask(scheduler, start_worker):
    """A scheduler and two workers; its address and the workers' processes."""
    return scheduler, [start_worker(), start_worker()]
