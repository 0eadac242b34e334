"""Sweeps on worker processes of this computer."""

import os
import signal
from collections import Counter

import pytest

from core.jobs.jobs import Jobs
from core.lab.playground_run import KIND, PlaygroundRecipe, train_recipe
from core.lab.sweep.plan import sweep_of
from core.lab.sweep.results import progress
from core.planes.playground import Config
from core.planes.playground.data import drawn
from core.store.store import Store
from tests.core.jobs.runs import (
    ENDLESS,
    SHORT,
    submit,
    wait_for_mid_epoch,
    wait_for_status,
)
from tests.core.jobs.sweeping import (
    BASE,
    FEW,
    LONG,
    SWEEP,
    accuracies,
    best,
    cells,
    check_losses,
    expected_epochs,
    runs_of,
    start,
    wait_until_over,
)
from tests.core.jobs.unhurried import take_their_time
from tests.waiting import wait_for

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    """Jobs on two workers, the second of which starts once there is work for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEURON_LADDER_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
        patch.delenv("NEURON_LADDER_SCHEDULER", raising=False)
        patch.setattr("core.jobs.cluster.n_local_workers", lambda: 2)
        take_their_time(patch)
        jobs = Jobs(Store())
        yield jobs
        jobs.close()


def test_on_one_worker_exactly_the_worse_half_ends_in_each_round(jobs, monkeypatch):
    """Before the others: there is no second worker yet."""
    monkeypatch.setattr("core.jobs.cluster.n_local_workers", lambda: 1)
    runs = wait_until_over(jobs.store, start(jobs.store, FEW))
    assert len(jobs._cluster.client.nthreads()) == 1
    assert {run.name: run.epochs_done for run in runs} == expected_epochs(FEW)
    pruned = next(run for run in runs if run.status == "pruned")
    jobs.resume(pruned.id)  # its owner wants to see it all the same
    run = wait_for_status(jobs.store, pruned.id, "done")
    check_losses(jobs.store, run, FEW)


@pytest.mark.proof
def test_hopeless_runs_end_early_and_the_best_does_not(jobs):
    sweep_id = start(jobs.store, SWEEP)
    runs = wait_until_over(jobs.store, sweep_id)
    ends = Counter(run.status for run in runs)
    assert set(ends) == {"done", "pruned"}
    assert 1 <= ends["done"] <= 4  # two, unless somebody was quicker than those to compare with
    assert best(jobs.store, sweep_id) == max(
        max(accuracies(SWEEP.recipe(cell))) for cell in cells(SWEEP)
    )
    assert progress(runs).n_epochs <= 0.65 * 8 * BASE.n_epochs
    for run in runs:
        check_losses(jobs.store, run, SWEEP)  # of the ordinary run that it is
        assert run.epochs_done in {"done": (4,), "pruned": (1, 2)}[run.status]
        assert (run.message is not None) == (run.status == "pruned")
    ended = next(run for run in runs if run.status == "pruned")
    assert ended.message.format(**ended.values).startswith(
        f"Ended early: after epoch {ended.epochs_done} it had read "
    )


@pytest.mark.proof
def test_stop_keeps_what_is_done_and_resume_goes_on(jobs):
    sweep_id = start(jobs.store, LONG)
    wait_for(lambda: progress(runs_of(jobs.store, sweep_id)).n_epochs >= 1, "an epoch")
    jobs.store.sweeps.stop(sweep_id)
    runs = wait_until_over(jobs.store, sweep_id)
    assert Counter(run.status for run in runs)["stopped"] >= 1
    assert 1 <= progress(runs).n_epochs < 3 * LONG.base.n_epochs
    jobs.store.sweeps.resume(sweep_id)
    runs = wait_until_over(jobs.store, sweep_id)
    assert {run.status for run in runs} == {"done"}
    for run in runs:
        check_losses(jobs.store, run, LONG)


@pytest.mark.proof
def test_a_killed_worker_costs_the_epoch_under_way_and_nothing_else(jobs):
    sweep_id = start(jobs.store, LONG)

    def in_mid_epoch() -> bool:
        at_work = [run for run in runs_of(jobs.store, sweep_id) if run.status == "running"]
        lives = [jobs.live(run.id) for run in at_work]
        return len(lives) == 2 and all(live and live.epoch > 1.1 for live in lives)

    wait_for(in_mid_epoch, "two runs to be in their second epoch")
    before = {run.id: run.epochs_done for run in runs_of(jobs.store, sweep_id)}
    pid = next(iter(jobs._cluster.client.run(os.getpid).values()))
    os.kill(pid, signal.SIGKILL)
    runs = wait_until_over(jobs.store, sweep_id)
    assert {run.status for run in runs} == {"done"}
    for run in runs:
        assert run.epochs_done >= before[run.id]
        check_losses(jobs.store, run, LONG)


def test_two_who_sweep_at_once_have_equal_shares(jobs):
    long = sweep_of(ENDLESS, {"batch_size": "32,48,64"}, prunes=False)
    first = start(jobs.store, long, "Ann")
    wait_for(lambda: len(jobs.store.queue.running()) == 2, "Ann to have both places")
    short = sweep_of(SHORT, {"learning_rate": "0.001..0.1:6"}, prunes=False)
    second = start(jobs.store, short, "Bob")

    def owners() -> list[str]:
        return sorted(run.owner for run in jobs.store.queue.running())

    wait_for(lambda: owners() == ["Ann", "Bob"], "each to have a place")

    def bobs_are_done() -> bool:
        at_work = owners()
        assert at_work.count("Bob") <= 1
        assert at_work.count("Ann") >= 1
        return not progress(runs_of(jobs.store, second)).is_active

    wait_for(bobs_are_done, "Bob's runs to be done, though Ann's never end")
    jobs.store.sweeps.delete(first)


def test_a_deleted_sweep_leaves_the_workers_free_and_nothing_behind(jobs):
    sweep_id = start(jobs.store, sweep_of(ENDLESS, {"batch_size": "32,48,64"}))
    wait_for(lambda: len(jobs.store.queue.running()) == 2, "both workers to be busy")
    jobs.store.sweeps.delete(sweep_id)
    assert jobs.store.sweeps.get(sweep_id) is None
    assert jobs.store.runs.matching(sweep=sweep_id) == []
    wait_for_status(jobs.store, submit(jobs, SHORT), "done")
    jobs.store.sweeps.delete(sweep_id)  # there is nothing to delete


def test_the_runs_of_a_playground_are_trained_as_its_page_trains_them(jobs):
    base = PlaygroundRecipe(Config(n_epochs=20), drawn("xor", 40, 0.2, test_share=0.25, seed=0))
    sweep = sweep_of(base, {"learning_rate": "0.03..0.3:3", "hidden_sizes": "none,4"})
    runs = wait_until_over(jobs.store, start(jobs.store, sweep))
    assert {(run.kind, run.status, run.epochs_done) for run in runs} == {(KIND, "done", 20)}
    for run, cell in zip(runs, cells(sweep), strict=True):
        assert jobs.store.runs.epochs(run.id) == train_recipe(sweep.recipe(cell))[1]


def test_a_server_that_closes_hands_its_runs_back(jobs):
    """After the others, which need it."""
    run_id = submit(jobs, ENDLESS)
    wait_for_mid_epoch(jobs, run_id)
    jobs.close()
    run = jobs.store.runs.get(run_id)
    assert run.status == "queued"
    assert run.epochs_done >= 1
