"""A sweep: all its runs at once or none, in their order, stopped and gone on with together."""

import dataclasses

import pytest

from core.messages import InputError
from core.store.records import EpochRow, SweepRow
from core.store.store import Store

PLANNED = [(f"learning_rate 0.{n}", {"learning_rate": n / 10, "n_epochs": 4}) for n in range(1, 5)]


@pytest.fixture
def sweep(store: Store) -> SweepRow:
    return store.create_sweep("ada", "first", {"method": "grid"}, PLANNED)


def statuses(store: Store, sweep: SweepRow) -> list[str]:
    return [run.status for run in sorted(store.runs(sweep=sweep.id), key=lambda run: run.trial)]


def epoch(number: int, accuracy: float) -> EpochRow:
    return EpochRow(epoch=number, images=100, seconds=1.0, validation_accuracy=accuracy)


def test_its_runs_wait_in_their_order(store, sweep):
    waiting = store.queued()
    assert [run.trial for run in waiting] == [0, 1, 2, 3]
    assert [(run.name, run.recipe) for run in waiting] == PLANNED
    assert {(run.owner, run.sweep, run.n_epochs) for run in waiting} == {("ada", sweep.id, 4)}
    assert store.sweep(sweep.id) == sweep
    assert store.sweeps("ada") == [sweep]
    assert store.sweeps("bob") == []


def test_a_sweep_that_cannot_be_made_whole_leaves_nothing(store):
    with pytest.raises(InputError, match="80 characters"):
        store.create_sweep("ada", "bad", {}, [*PLANNED, ("", {"n_epochs": 1})])
    assert store.runs() == []
    assert store.sweeps("ada") == []


def test_a_single_run_has_no_number(store):
    assert store.create_run("ada", "alone", {}, n_epochs=1).trial is None


@pytest.mark.parametrize("text", ["", "?", "0123456789abcdef"])
def test_there_is_no_such_sweep(store, text):
    assert store.sweep(text) is None


def test_the_epochs_of_all_runs_at_once(store, sweep):
    first, second, *_ = store.queued()
    for run, accuracies in ((first, [0.5, 0.75]), (second, [0.25])):
        attempt = store.claim(run.id)
        for number, accuracy in enumerate(accuracies, start=1):
            store.save_epoch(run.id, attempt, epoch(number, accuracy), b"", b"", best=True)
    alone = store.create_run("ada", "alone", {}, n_epochs=1, epochs=[epoch(1, 0.1)])
    found = store.sweep_epochs(sweep.id)
    assert found == {run.id: store.epochs(run.id) for run in (first, second)}
    assert [row.validation_accuracy for row in found[first.id]] == [0.5, 0.75]
    assert alone.id not in found


def test_stop_takes_what_waits_and_leaves_the_rest(store, sweep):
    working, done, *_ = store.queued()
    store.claim(working.id)
    store.end(done.id, store.claim(done.id), "done")
    store.stop_sweep(sweep.id)
    assert statuses(store, sweep) == ["running", "done", "stopped", "stopped"]
    stopped = store.sweep(sweep.id).stopped
    assert stopped is not None
    store.stop_sweep(sweep.id)
    assert store.sweep(sweep.id).stopped == stopped


def test_resume_queues_what_was_stopped_or_lost_in_the_sweeps_order(store, sweep):
    runs = store.queued()
    for run, status in zip(runs, ("failed", "pruned", "diverged"), strict=False):
        store.end(run.id, store.claim(run.id), status, message="why", values={"a": 1})
    store.stop_sweep(sweep.id)
    assert statuses(store, sweep) == ["failed", "pruned", "diverged", "stopped"]
    store.resume_sweep(sweep.id)
    assert statuses(store, sweep) == ["queued", "pruned", "diverged", "queued"]
    assert [run.trial for run in store.queued()] == [0, 3]
    assert store.run(runs[0].id).message is None
    assert store.sweep(sweep.id).stopped is None


def test_others_are_left_alone(store, sweep):
    other = store.create_sweep("bob", "other", {}, PLANNED)
    alone = store.create_run("ada", "alone", {}, n_epochs=1)
    store.stop_sweep(sweep.id)
    assert statuses(store, other) == ["queued"] * 4
    store.resume_sweep(other.id)
    store.delete_sweep(sweep.id)
    assert store.runs(sweep=sweep.id) == []
    assert store.sweep(sweep.id) is None
    assert store.run(alone.id).status == "queued"
    assert statuses(store, other) == ["queued"] * 4


@pytest.mark.usefixtures("sweep")
def test_the_next_round_comes_after_all_others(store):
    first, *others = store.queued()
    attempt = store.claim(first.id)
    assert store.next_round(first.id, attempt)
    assert [run.id for run in store.queued()] == [*(run.id for run in others), first.id]
    assert not store.next_round(first.id, attempt)  # it waits by now


def test_the_next_round_of_a_stopped_sweep_is_a_rest(store, sweep):
    first, *_ = store.queued()
    attempt = store.claim(first.id)
    store.stop_sweep(sweep.id)
    assert store.next_round(first.id, attempt)
    assert statuses(store, sweep) == ["stopped"] * 4
    assert store.run(first.id).finished_at is not None


def test_a_run_that_makes_room_rests_with_its_stopped_sweep(store, sweep):
    first, second, *_ = store.queued()
    attempts = store.claim(first.id), store.claim(second.id)
    assert store.requeue(first.id, attempt=attempts[0])
    assert store.run(first.id).status == "queued"
    store.stop_sweep(sweep.id)
    assert store.requeue(second.id, attempt=attempts[1])
    assert statuses(store, sweep) == ["stopped"] * 4
    assert store.requeue(second.id)  # its owner lets this one go on alone
    assert store.run(second.id).status == "queued"


def test_rename(store, sweep):
    store.rename_sweep(sweep.id, "  learning   rates ")
    assert store.sweep(sweep.id) == dataclasses.replace(sweep, name="learning rates")
    with pytest.raises(InputError):
        store.rename_sweep(sweep.id, "")


def test_a_thousand_runs_are_one_transaction(store):
    sweep = store.create_sweep("ada", "large", {}, PLANNED * 250)
    assert [run.trial for run in store.queued()] == list(range(1_000))
    store.stop_sweep(sweep.id)
    store.resume_sweep(sweep.id)
    assert [run.trial for run in store.queued()] == list(range(1_000))
