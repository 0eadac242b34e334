"""The same jobs on a scheduler and two worker processes of their own, over TCP."""

import os
import signal

import pytest

from core.jobs.jobs import Jobs
from core.store.store import Store
from tests.core.jobs.runs import (
    ENDLESS,
    SHORT,
    stop_and_compare,
    submit,
    wait_for_mid_epoch,
    wait_for_status,
)
from tests.waiting import wait_for


@pytest.mark.proof
def test_a_scheduler_without_workers_is_told_until_one_comes(
    scheduler, start_worker, tmp_path, monkeypatch
):
    monkeypatch.setattr("core.jobs.cluster.NO_WORKER", 1)
    jobs = Jobs(Store(f"sqlite:///{tmp_path / 'store'}"), scheduler)
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


@pytest.mark.proof
def test_two_servers_share_a_cluster_and_a_database(dask, tmp_path):
    address, workers = dask
    url = f"sqlite:///{tmp_path / 'store'}"  # PostgreSQL: test_sweeps_over_tcp
    one, other = Jobs(Store(url), address), Jobs(Store(url), address)
    try:
        first, second = submit(one, ENDLESS), submit(other, ENDLESS, owner="Bob")
        wait_for_mid_epoch(one, first)
        wait_for_mid_epoch(other, second)
        assert other.live(first) is not None
        assert {run.id for run in one.store.queue.running()} == {first, second}
        other.pause(first)  # any server may give orders
        wait_for_status(one.store, first, "paused")
        os.kill(workers[0].pid, signal.SIGKILL)  # Bob's run has this worker, or the other one
        one.resume(first)
        stood = {run_id: one.store.runs.get(run_id).epochs_done for run_id in (first, second)}

        def one_that_went_on() -> str | None:
            return next((i for i in stood if one.store.runs.get(i).epochs_done > stood[i]), None)

        while stood:  # one worker is left: who waits for it gets it when the other is stopped
            run_id = wait_for(one_that_went_on, "a run to go on")
            del stood[run_id]
            stop_and_compare(other, run_id)
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
