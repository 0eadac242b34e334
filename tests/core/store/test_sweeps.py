"""A sweep: all its runs at once or none, in their order, stopped and gone on with together."""

import dataclasses
import math

import pytest

from core.messages import InputError
from core.store.records import EpochRow, SweepRow
from core.store.store import Store

PLANNED = [(f"learning_rate 0.{n}", {"learning_rate": n / 10, "n_epochs": 4}) for n in range(1, 5)]


@pytest.fixture
def sweep(store: Store) -> SweepRow:
    return store.sweeps.create("ada", "first", {"method": "grid"}, PLANNED)


def statuses(store: Store, sweep: SweepRow) -> list[str]:
    return [
        run.status for run in sorted(store.runs.matching(sweep=sweep.id), key=lambda run: run.trial)
    ]


def trials(store: Store) -> list[int | None]:
    """Give the numbers of the runs that wait, in the queue's order."""
    number = {run.id: run.trial for run in store.runs.matching()}
    return [number[place.id] for place in store.queue.waiting()]


def epoch(number: int, accuracy: float) -> EpochRow:
    return EpochRow(epoch=number, images=100, seconds=1.0, validation_accuracy=accuracy)


def test_its_runs_wait_in_their_order(store, sweep):
    waiting = [store.runs.get(place.id) for place in store.queue.waiting()]
    assert [run.trial for run in waiting] == [0, 1, 2, 3]
    assert [(run.name, run.recipe) for run in waiting] == PLANNED
    assert {(run.owner, run.sweep, run.n_epochs) for run in waiting} == {("ada", sweep.id, 4)}
    assert store.sweeps.get(sweep.id) == sweep
    assert store.sweeps.of_owner("ada") == [sweep]
    assert store.sweeps.of_owner("bob") == []


def test_a_sweep_that_cannot_be_made_whole_leaves_nothing(store):
    with pytest.raises(InputError, match="80 characters"):
        store.sweeps.create("ada", "bad", {}, [*PLANNED, ("", {"n_epochs": 1})])
    assert store.runs.matching() == []
    assert store.sweeps.of_owner("ada") == []


def test_a_single_run_has_no_number(store):
    assert store.runs.create("ada", "alone", {}, n_epochs=1).trial is None


@pytest.mark.parametrize("text", ["", "?", "0123456789abcdef"])
def test_there_is_no_such_sweep(store, text):
    assert store.sweeps.get(text) is None


def test_the_epochs_of_all_runs_at_once(store, sweep):
    first, second, *_ = store.queue.waiting()
    for run, accuracies in ((first, [0.5, 0.75]), (second, [0.25])):
        attempt = store.queue.claim(run.id)
        for number, accuracy in enumerate(accuracies, start=1):
            store.checkpoints.save_epoch(
                run.id, attempt, epoch(number, accuracy), b"", b"", best=True
            )
    alone = store.runs.create("ada", "alone", {}, n_epochs=1, epochs=[epoch(1, 0.1)])
    found = store.sweeps.epochs(sweep.id)
    assert found == {run.id: store.runs.epochs(run.id) for run in (first, second)}
    assert [row.validation_accuracy for row in found[first.id]] == [0.5, 0.75]
    assert alone.id not in found


def test_stop_takes_what_waits_and_leaves_the_rest(store, sweep):
    working, done, *_ = store.queue.waiting()
    store.queue.claim(working.id)
    store.queue.end(done.id, store.queue.claim(done.id), "done")
    store.sweeps.stop(sweep.id)
    assert statuses(store, sweep) == ["running", "done", "stopped", "stopped"]
    assert store.runs.get(working.id).wanted == "stop"
    stopped = store.sweeps.get(sweep.id).stopped
    assert stopped is not None
    store.sweeps.stop(sweep.id)
    assert store.sweeps.get(sweep.id).stopped == stopped


def test_resume_queues_what_was_stopped_or_lost_in_the_sweeps_order(store, sweep):
    runs = store.queue.waiting()
    for run, status in zip(runs, ("failed", "pruned", "diverged"), strict=False):
        store.queue.end(run.id, store.queue.claim(run.id), status, message="why", values={"a": 1})
    store.sweeps.stop(sweep.id)
    assert statuses(store, sweep) == ["failed", "pruned", "diverged", "stopped"]
    store.sweeps.resume(sweep.id)
    assert statuses(store, sweep) == ["queued", "pruned", "diverged", "queued"]
    assert trials(store) == [0, 3]
    assert store.runs.get(runs[0].id).message is None
    assert store.sweeps.get(sweep.id).stopped is None


def test_others_are_left_alone(store, sweep):
    other = store.sweeps.create("bob", "other", {}, PLANNED)
    alone = store.runs.create("ada", "alone", {}, n_epochs=1)
    store.sweeps.stop(sweep.id)
    assert statuses(store, other) == ["queued"] * 4
    store.sweeps.resume(other.id)
    store.sweeps.delete(sweep.id)
    assert store.runs.matching(sweep=sweep.id) == []
    assert store.sweeps.get(sweep.id) is None
    assert store.runs.get(alone.id).status == "queued"
    assert statuses(store, other) == ["queued"] * 4


@pytest.mark.usefixtures("sweep")
def test_the_next_round_comes_after_all_others(store):
    first, *others = store.queue.waiting()
    attempt = store.queue.claim(first.id)
    assert store.queue.give_back(first.id, attempt)
    assert [run.id for run in store.queue.waiting()] == [*(run.id for run in others), first.id]
    assert not store.queue.give_back(first.id, attempt)  # it waits by now


def test_the_next_round_of_a_stopped_sweep_is_a_rest(store, sweep):
    first, *_ = store.queue.waiting()
    attempt = store.queue.claim(first.id)
    store.sweeps.stop(sweep.id)
    assert store.queue.give_back(first.id, attempt)
    assert statuses(store, sweep) == ["stopped"] * 4
    assert store.runs.get(first.id).finished_at is not None


def test_a_run_that_makes_room_rests_with_its_stopped_sweep(store, sweep):
    first, second, *_ = store.queue.waiting()
    attempts = store.queue.claim(first.id), store.queue.claim(second.id)
    assert store.queue.give_back(first.id, attempts[0])
    assert store.runs.get(first.id).status == "queued"
    store.sweeps.stop(sweep.id)
    assert store.queue.give_back(second.id, attempts[1])
    assert statuses(store, sweep) == ["stopped"] * 4
    assert store.queue.resume(second.id)  # its owner lets this one go on alone
    assert store.runs.get(second.id).status == "queued"


def test_rename(store, sweep):
    store.sweeps.rename(sweep.id, "  learning   rates ")
    assert store.sweeps.get(sweep.id) == dataclasses.replace(sweep, name="learning rates")
    with pytest.raises(InputError):
        store.sweeps.rename(sweep.id, "")


def test_a_thousand_runs_are_one_transaction(store):
    sweep = store.sweeps.create("ada", "large", {}, PLANNED * 250)
    assert trials(store) == list(range(1_000))
    store.sweeps.stop(sweep.id)
    store.sweeps.resume(sweep.id)
    assert trials(store) == list(range(1_000))


def reported(store: Store, run_id: str, *accuracies: float, first: int = 1) -> int:
    """Let a worker reach so much in its epochs; its attempt."""
    attempt = store.queue.claim(run_id)
    for number, accuracy in enumerate(accuracies, start=first):
        store.checkpoints.save_epoch(run_id, attempt, epoch(number, accuracy), b"", b"", best=True)
    return attempt


def test_what_all_runs_had_reached_by_an_epoch(store, sweep):
    first, second, third, fourth = (place.id for place in store.queue.waiting())
    reported(store, first, 0.25, 0.125, 0.5)
    reported(store, second, math.nan, math.nan)
    attempt = reported(store, third, 0.75)
    store.sweeps.create("ada", "another", {}, PLANNED)
    assert store.sweeps.reached(sweep.id, 1) == {first: 0.25, second: 0.0, third: 0.75}
    assert store.sweeps.reached(sweep.id, 2) == {first: 0.25, second: 0.0}
    assert store.sweeps.reached(sweep.id, 3) == {first: 0.5}
    assert store.queue.end(third, attempt, "pruned")  # who was ended still counts
    assert store.sweeps.reached(sweep.id, 1)[third] == 0.75
    assert fourth not in store.sweeps.reached(sweep.id, 1)


@pytest.mark.usefixtures("sweep")
def test_a_run_that_its_owner_resumes_after_its_sweep_ended_it_is_spared(store):
    ended, stopped, *_ = (place.id for place in store.queue.waiting())
    store.queue.end(ended, store.queue.claim(ended), "pruned")
    store.queue.order(stopped, "stop")
    assert store.queue.resume(ended)
    assert store.queue.resume(stopped)
    assert [store.sweeps.is_spared(run_id) for run_id in (ended, stopped)] == [True, False]
    store.queue.order(ended, "pause")
    assert store.queue.resume(ended)
    assert store.sweeps.is_spared(ended)
