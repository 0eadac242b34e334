"""The contest of a sweep, without any training: who is compared, when, and who goes on."""

import pytest

from core.digits.recipe import MODERN
from core.jobs.contest import Hopeless, hopeless, rounds_of
from core.jobs.sweeps import start
from core.lab.sweep.plan import sweep_of
from core.store.records import Run, SweepRow
from core.store.store import Store

TEXTS = {"learning_rate": "1e-4..1e-1:4", "optimiser": "sgd,adam"}
SWEEP = sweep_of(MODERN, TEXTS)  # 30 epochs: compared after 7 and 15 of them


@pytest.fixture
def sweep(store: Store) -> SweepRow:
    return start(store, "ada", "rates", SWEEP)


def first_run(store: Store, sweep: SweepRow) -> Run:
    return min(store.runs.matching(sweep=sweep.id), key=lambda run: run.trial or 0)


def test_the_worse_half_is_hopeless():
    reached = {str(run): run / 10 for run in range(5)}
    verdicts = [hopeless(run, 7, reached) for run in reached]
    assert verdicts[:2] == [Hopeless(7, 0.0, 0.2), Hopeless(7, 0.1, 0.2)]
    assert verdicts[2:] == [None, None, None]  # of an odd number, the larger half goes on


def test_equals_go_on_together():
    reached = dict.fromkeys("abcd", 0.5)
    assert [hopeless(run, 7, reached) for run in reached] == [None] * 4


def test_runs_of_a_sweep_are_compared_after_a_quarter_and_half_of_their_epochs(store, sweep):
    assert rounds_of(store, first_run(store, sweep)) == (7, 15)


def test_a_sweep_that_ends_no_run_early_compares_none(store):
    patient = start(store, "ada", "all", sweep_of(MODERN, TEXTS, prunes=False))
    assert rounds_of(store, first_run(store, patient)) == ()


def test_a_run_by_itself_is_compared_with_none(store):
    assert rounds_of(store, store.runs.create("ada", "alone", {}, n_epochs=30)) == ()


def test_a_run_resumed_alone_after_its_sweep_was_stopped_is_compared_with_none(store, sweep):
    store.sweeps.stop(sweep.id)
    run = first_run(store, sweep)
    assert store.queue.resume(run.id)
    assert rounds_of(store, run) == ()


def test_a_run_resumed_after_its_sweep_had_ended_it_is_not_ended_again(store, sweep):
    run = first_run(store, sweep)
    store.queue.end(run.id, store.queue.claim(run.id), "pruned")
    assert store.queue.resume(run.id)
    assert rounds_of(store, run) == ()
    assert rounds_of(store, store.runs.matching(sweep=sweep.id)[0]) == (7, 15)
