"""A server that is killed in the middle of a sweep, and one that is started again."""

import os
import signal
import subprocess
import sys

import pytest

from core.jobs import heartbeats
from core.jobs import jobs as module
from core.jobs.jobs import Jobs
from core.store.store import Store
from tests.core.jobs.sweeping import SWEEP, check_losses, runs_of, wait_until_over
from tests.waiting import PATIENCE

SERVER = """
import signal
from core.jobs.jobs import Jobs
from core.lab.sweep.results import progress
from core.store.store import Store
from tests.waiting import wait_for
from tests.core.jobs.sweeping import SWEEP, start

if __name__ == "__main__":
    jobs = Jobs(Store())
    sweep_id = start(jobs.store, SWEEP)
    runs = jobs.store.runs
    wait_for(lambda: progress(runs.matching(sweep=sweep_id)).n_epochs >= 3, "some epochs")
    print(sweep_id, flush=True)
    signal.pause()
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
    monkeypatch.delenv("NEURON_LADDER_SCHEDULER", raising=False)
    monkeypatch.setattr("core.jobs.cluster.n_local_workers", lambda: 1)
    return tmp_path


@pytest.mark.proof
def test_the_next_server_goes_on_where_the_sweep_was(home, monkeypatch):
    script = home / "server.py"
    script.write_text(SERVER)
    server = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)},
    )
    assert server.stdout is not None
    sweep_id = server.stdout.readline().strip()
    os.kill(server.pid, signal.SIGKILL)
    server.wait(PATIENCE)
    monkeypatch.setattr(heartbeats, "STALE", 1.0)
    monkeypatch.setattr(module, "STALE", 1.0)
    store = Store()
    before = {run.id: run.epochs_done for run in runs_of(store, sweep_id)}
    assert sum(before.values()) >= 3
    jobs = Jobs(store)
    try:
        runs = wait_until_over(store, sweep_id)  # nobody asks it to
    finally:
        jobs.close()
    assert {run.status for run in runs} == {"done", "pruned"}
    for run in runs:
        assert run.epochs_done >= before[run.id]
        check_losses(store, run, SWEEP)
