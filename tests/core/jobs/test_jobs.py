"""The jobs on worker processes of this computer."""

import dataclasses
import itertools
import os
import signal

import pytest

from core.digits.recipe import MODERN, to_dict
from core.digits.train.loop import Training
from core.jobs import jobs as module
from core.jobs.fair import in_order
from core.jobs.jobs import Jobs
from core.jobs.work import digits
from core.store.store import Store
from tests.core.jobs.runs import (
    ENDLESS,
    RECIPE,
    SHORT,
    expected_losses,
    losses,
    stop_and_compare,
    submit,
    wait_for_mid_epoch,
    wait_for_status,
)
from tests.core.jobs.unhurried import take_their_time
from tests.waiting import wait_for

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    """Jobs with a store of their own, on two workers."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEURON_LADDER_HOME", str(home))
        patch.delenv("NEURON_LADDER_DATABASE_URL", raising=False)
        patch.delenv("NEURON_LADDER_SCHEDULER", raising=False)
        patch.setattr("core.jobs.cluster.n_local_workers", lambda: 2)
        take_their_time(patch)
        jobs = Jobs(Store())
        yield jobs
        jobs.close()


def test_the_speed_of_a_worker_is_measured(jobs):
    assert wait_for(lambda: jobs.speed, "the speed of a worker") is not None
    assert jobs.n_places == 2
    assert jobs.trouble is None


def test_a_worker_keeps_its_memory_between_updates(jobs):
    wait_for(lambda: jobs.speed, "a warm worker")
    assert jobs._cluster.client.submit(new_pages_of_an_update, pure=False).result() < 200


def new_pages_of_an_update() -> float:
    """Count the pages of memory that the system clears for a worker in each update."""
    resource = pytest.importorskip("resource")
    training = Training(MODERN, digits("train"), digits("test"))
    n_updates, updates = 30, training.records()

    def pages_after(n: int) -> int:
        for _ in itertools.islice(updates, n):
            pass
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

    return (-pages_after(10) + pages_after(n_updates)) / n_updates


def test_news_come_while_it_learns_and_it_gives_what_the_training_itself_gives(jobs):
    run_id = submit(jobs)
    wait_for_mid_epoch(jobs, run_id)
    live = wait_for(
        lambda: (live := jobs.live(run_id)) and live.points and live, "points of this epoch"
    )
    assert int(live.epoch) <= live.points[0].epoch <= live.epoch
    assert live.images_per_second > 0
    assert live.seconds_left > 0
    assert live.first_layer.shape == (16, 28, 28)
    assert 0 < live.done < live.total
    run = wait_for_status(jobs.store, run_id, "done")
    assert losses(jobs.store, run_id) == expected_losses(RECIPE)
    assert run.epochs_done == run.n_epochs == RECIPE.n_epochs
    assert jobs.store.checkpoints.weights(run_id, "last")[0] == RECIPE.n_epochs


def test_orders_in_mid_epoch_and_resume_give_equal_losses(jobs):
    """Also orders of another scheduler, as of the sweep command, which shares the app's store."""
    run_id = submit(jobs, ENDLESS)
    other = Jobs(Store(jobs.store.url), scheduler="tcp://127.0.0.1:1")  # it has no workers at all
    try:
        for giver, order, status in ((jobs, "pause", "paused"), (other, "stop", "stopped")):
            epochs_done = jobs.store.runs.get(run_id).epochs_done
            wait_for_mid_epoch(jobs, run_id, epochs_done + 1)
            attempt = jobs.store.runs.get(run_id).attempt
            getattr(giver, order)(run_id)
            run = wait_for_status(jobs.store, run_id, status)
            assert run.epochs_done > epochs_done
            assert run.attempt == attempt
            jobs.resume(run_id)
    finally:
        other.close()
    wait_for_mid_epoch(jobs, run_id, jobs.store.runs.get(run_id).epochs_done + 1)
    stop_and_compare(jobs, run_id)


def test_a_killed_worker_costs_only_the_epoch_under_way(jobs):
    run_id = submit(jobs)
    wait_for_mid_epoch(jobs, run_id)
    os.kill(worker_of(jobs, run_id), signal.SIGKILL)
    wait_for_status(jobs.store, run_id, "done")
    assert losses(jobs.store, run_id) == expected_losses(RECIPE)


@pytest.mark.proof
def test_a_worker_that_does_not_obey_is_ended(jobs, monkeypatch):
    monkeypatch.setattr(module, "GRACE", 0.5)
    run_id = submit(jobs)
    wait_for_mid_epoch(jobs, run_id)
    os.kill(worker_of(jobs, run_id), signal.SIGSTOP)
    jobs.stop(run_id)
    wait_for_status(jobs.store, run_id, "stopped")
    jobs.resume(run_id)
    wait_for_status(jobs.store, run_id, "done")
    assert losses(jobs.store, run_id) == expected_losses(RECIPE)


def test_ten_jobs_queue_and_none_has_two_places(jobs):
    ids = [submit(jobs, SHORT) for _ in range(10)]
    wait_for(lambda: jobs.position(ids[-1]), "the last one's place in the queue")
    at_work = []

    def all_done() -> bool:
        queue = [run.id for run in in_order(jobs.store.queue.waiting(), jobs.store.queue.running())]
        assert queue == [run_id for run_id in ids if run_id in queue]
        at_work.append(len(jobs.store.queue.running()))
        return all(jobs.store.runs.get(run_id).status == "done" for run_id in ids)

    wait_for(all_done, "ten runs to be done")
    assert max(at_work) <= jobs.n_places == 2
    assert [losses(jobs.store, run_id) for run_id in ids] == [expected_losses(SHORT)] * 10
    runs = [jobs.store.runs.get(run_id) for run_id in ids]
    assert [run.attempt for run in runs] == [1] * 10
    starts = [run.started_at for run in runs]
    assert starts == sorted(starts)


def test_who_fills_all_places_makes_room_for_a_newcomer(jobs):
    many = [submit(jobs, ENDLESS, owner="Ann") for _ in range(3)]
    wait_for(lambda: len(jobs.store.queue.running()) == 2, "Ann to have both places")
    newcomer = submit(jobs, SHORT, owner="Bob")
    wait_for_status(jobs.store, newcomer, "done")
    wait_for(lambda: len(jobs.store.queue.running()) == 2, "Ann to have both places again")
    for run_id in many:
        jobs.stop(run_id)
    for run_id in many:
        wait_for_status(jobs.store, run_id, "stopped")


def test_a_waiting_run_can_be_stopped_and_resumed(jobs):
    busy = [submit(jobs, ENDLESS) for _ in range(2)]
    wait_for(lambda: len(jobs.store.queue.running()) == 2, "both workers to be busy")
    waiting = submit(jobs, SHORT)
    assert jobs.position(waiting) == 1
    jobs.stop(waiting)
    assert jobs.store.runs.get(waiting).status == "stopped"
    assert jobs.position(waiting) is None
    for run_id in busy:
        jobs.stop(run_id)
    jobs.resume(waiting)
    wait_for_status(jobs.store, waiting, "done")
    for run_id in busy:
        wait_for_status(jobs.store, run_id, "stopped")


def test_what_is_no_recipe_fails_with_a_sentence(jobs):
    recipe = to_dict(SHORT) | {"batch_size": 0}
    run_id = jobs.submit("Ann", "bad", recipe)
    run = wait_for_status(jobs.store, run_id, "failed")
    assert "batch_size" in run.message.format(**run.values)


def test_a_run_that_diverges_says_so(jobs):
    wild = dataclasses.replace(
        SHORT,
        n_epochs=20,
        optimiser="sgd",
        learning_rate=100.0,
        loss="mean_squared_error",
        activation="leaky_relu",
    )
    run_id = submit(jobs, wild)
    wait_for_status(jobs.store, run_id, "diverged")


def worker_of(jobs: Jobs, run_id: str) -> int:
    """The process that trains a run."""
    client = jobs._cluster.client
    tasks = client.processing()
    worker = next(w for w, keys in tasks.items() if any(run_id in key for key in keys))
    return client.run(os.getpid, workers=[worker])[worker]
