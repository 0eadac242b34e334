import dataclasses
import math
import time

import pytest

from core.messages import InputError
from core.store.store import Store
from tests.core.store.workers import row


def test_a_run_is_what_was_put_in(store: Store):
    recipe = {"learning_rate": 0.1, "layer_sizes": [784, 10], "name": "学习", "seed": None}
    before = time.time()
    run = store.runs.create("ada", "  my\nfirst run ", recipe, n_epochs=7)
    assert (run.owner, run.name, run.kind, run.recipe) == ("ada", "my first run", "digits", recipe)
    assert (run.status, run.attempt, run.n_epochs, run.epochs_done) == ("queued", 0, 7, 0)
    assert before - 5 < run.created == run.queued_at < time.time() + 5
    assert run.started_at is run.heartbeat is run.finished_at is run.message is None
    assert (run.seconds, run.values, run.sweep, run.wanted) == (0, {}, None, None)
    assert store.runs.get(run.id) == run
    assert store.runs.epochs(run.id) == []
    assert store.checkpoints.of_run(run.id) is store.checkpoints.weights(run.id) is None


def test_a_lesson_is_stored_with_its_whole_curve(store: Store):
    curve = [row(1, loss=0.5, test_accuracy=0.25), row(2, loss=math.inf), row(3, loss=math.nan)]
    run = store.runs.create(
        "ada", "line", {}, kind="lines/one_weight", n_epochs=3, status="done", epochs=curve
    )
    assert (run.status, run.epochs_done, run.seconds) == ("done", 3, 1.5)
    assert run.finished_at == run.created
    assert store.runs.epochs(run.id) == [
        curve[0],
        row(2),
        row(3),
    ]  # what is not finite is no number
    assert store.runs.epochs(run.id, after=2) == [row(3)]
    assert store.queue.waiting() == []


def test_runs_are_found_by_owner_kind_sweep_and_id_the_newest_first(store: Store):
    first = store.runs.create("ada", "1", {}, n_epochs=1)
    sweep = store.sweeps.create("ada", "2", {}, [("2", {"n_epochs": 1})])
    (second,) = store.runs.matching(sweep=sweep.id)
    third = store.runs.create("bob", "3", {}, n_epochs=1, kind="lines/one_weight")
    assert store.runs.matching() == [third, second, first]
    assert store.runs.matching("ada") == [second, first]
    assert store.runs.matching("nobody") == []
    assert store.runs.matching(kind="lines/one_weight") == [third]
    assert store.runs.matching("ada", alone=True) == [first]
    assert store.runs.matching("bob", sweep=sweep.id) == []
    assert store.runs.names("ada", "digits") == {"1"}
    assert store.runs.matching(ids=[third.id, first.id, third.id]) == [third, first]
    assert store.runs.matching(ids=[]) == []


@pytest.mark.parametrize("wrong", ["", "0" * 16, "x", "\x00" * 16, "\ud800", "' OR 1=1 --"])
def test_what_stands_in_a_link_need_not_be_an_id(store: Store, wrong: str):
    run = store.runs.create("ada", "1", {}, n_epochs=1)
    assert store.runs.get(wrong) is None
    assert store.models.get(wrong) is None
    assert store.runs.matching(ids=[wrong, run.id]) == [run]


def test_a_run_is_renamed(store: Store):
    run = store.runs.create("ada", "old", {}, n_epochs=1)
    store.runs.rename(run.id, "two\x00lines\r\nand 更多 🙂")
    assert store.runs.get(run.id) == dataclasses.replace(run, name="two lines and 更多 🙂")


@pytest.mark.parametrize("name", ["", " \t\n", "x" * 81, "\x00"])
def test_a_name_has_1_to_80_characters(store: Store, name: str):
    run = store.runs.create("ada", "x" * 80, {}, n_epochs=1)
    model = store.models.save("ada", "x" * 80, {}, b"")
    for give in (
        lambda: store.runs.create("ada", name, {}, n_epochs=1),
        lambda: store.models.save("ada", name, {}, b""),
        lambda: store.runs.rename(run.id, name),
        lambda: store.models.rename(model, name),
    ):
        with pytest.raises(InputError, match="must have 1 to 80 characters, not"):
            give()
    assert store.runs.matching() == [run]
    assert [saved.name for saved in store.models.of_owner("ada")] == ["x" * 80]


def test_a_deleted_run_takes_all_with_it_but_its_saved_model(store: Store):
    kept = store.runs.create("ada", "kept", {}, n_epochs=1)
    run = store.runs.create("ada", "gone", {}, n_epochs=1)
    for learner in (kept, run):
        attempt = store.queue.claim(learner.id)
        assert attempt
        store.checkpoints.save_epoch(learner.id, attempt, row(1), b"c", b"w", best=True)
    model = store.models.save("ada", "of it", {"accuracy": 0.9}, b"weights", run.id)
    store.runs.delete(run.id)
    assert store.runs.get(run.id) is None
    assert store.runs.epochs(run.id) == []
    assert store.checkpoints.of_run(run.id) is None
    assert store.checkpoints.weights(run.id) is store.checkpoints.weights(run.id, "best") is None
    (saved, weights) = store.models.get(model) or pytest.fail("the model is gone too")
    assert (saved.run, weights) == (None, b"weights")
    assert store.runs.matching() == [store.runs.get(kept.id)]
    assert store.runs.epochs(kept.id) == [row(1)]
    assert store.checkpoints.weights(kept.id, "best") == (1, b"w")
