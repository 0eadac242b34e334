"""A sweep on a scheduler and two workers of their own, with a PostgreSQL."""

import os
import signal

import pytest

from core.jobs.jobs import Jobs
from core.lab.sweep.results import progress
from core.store.store import Store
from tests.core.jobs.sweeping import (
    SWEEP,
    accuracies,
    best,
    cells,
    check_losses,
    start,
    wait_until_over,
)
from tests.waiting import wait_for


@pytest.mark.proof
def test_two_servers_sweep_and_a_worker_dies(dask, postgres):
    address, workers = dask
    with postgres.database() as url:
        one, other = Jobs(Store(url), address), Jobs(Store(url), address)
        sweep_twice(one, other, workers)


def sweep_twice(one: Jobs, other: Jobs, workers) -> None:
    try:
        first, second = start(one.store, SWEEP), start(other.store, SWEEP, "Bob")
        wait_for(
            lambda: progress(one.store.runs.matching(sweep=first)).n_epochs >= 3, "some epochs"
        )
        os.kill(workers[0].pid, signal.SIGKILL)
        for sweep_id in (first, second):
            runs = wait_until_over(one.store, sweep_id)
            assert {run.status for run in runs} == {"done", "pruned"}
            for run in runs:
                check_losses(one.store, run, SWEEP)
            assert best(one.store, sweep_id) == max(
                max(accuracies(SWEEP.recipe(cell))) for cell in cells(SWEEP)
            )
    finally:
        one.close()
        other.close()
