"""Small runs, what they must give, and waiting for what becomes of them."""

import dataclasses
import functools
import itertools
from collections.abc import Iterator
from typing import Any

from core.digits import mnist
from core.digits.recipe import Recipe, to_dict
from core.digits.train.loop import Training, epochs
from core.digits.train.progress import Epoch
from core.one_thread import one_thread
from core.store.records import Run
from core.store.store import Store
from tests.waiting import wait_for

RECIPE = Recipe(
    "small",
    "cross_entropy",
    "adam",
    0.001,
    batch_size=32,
    n_epochs=3,
    n_images=3_200,
    schedule="cosine",
    layer_sizes=(784, 24, 10),
)
"""An epoch is a hundred updates: time enough to interfere in the middle of it, if workers take
their time."""
ENDLESS = dataclasses.replace(RECIPE, n_epochs=1000, schedule="constant")
"""It is still learning whenever a test looks, and ends by an order."""
SHORT = dataclasses.replace(RECIPE, n_epochs=1, n_images=2_000, batch_size=200)


def again(store: Store, run_id: str) -> Run:
    """The run as it is now."""
    run = store.runs.get(run_id)
    assert run is not None
    return run


def wait_for_status(store: Store, run_id: str, *statuses: str) -> Any:
    def look() -> Any:
        run = again(store, run_id)
        assert run.status in (*statuses, "queued", "running"), (run.status, run.message, run.values)
        return run if run.status in statuses else None

    return wait_for(look, f"{run_id} to be {' or '.join(statuses)}")


@functools.cache
def _alone(recipe: Recipe) -> tuple[Iterator[Epoch], list[float]]:
    """The uninterrupted run in this process, and the losses of its epochs so far."""
    training = Training(recipe, mnist.load("train"), mnist.load("test"))
    return epochs(training), []


def expected_losses(recipe: Recipe, n_epochs: int | None = None) -> list[float]:
    """What the uninterrupted run gives: in its first epochs, or in all of them."""
    coming, known = _alone(recipe)
    n_epochs = recipe.n_epochs if n_epochs is None else n_epochs
    with one_thread():
        known += [epoch.loss for epoch in itertools.islice(coming, max(n_epochs - len(known), 0))]
    return known[:n_epochs]


def losses(store: Store, run_id: str) -> list[float | None]:
    rows = store.runs.epochs(run_id)
    assert [row.epoch for row in rows] == list(range(1, len(rows) + 1))
    return [row.loss for row in rows]


def submit(jobs: Any, recipe: Recipe = RECIPE, owner: str = "Ann") -> str:
    run_id: str = jobs.submit(owner, recipe.name, to_dict(recipe))
    return run_id


def wait_for_mid_epoch(jobs: Any, run_id: str, epoch: int = 1) -> None:
    """Wait until so many epochs are stored, or more, and the next one is under way."""

    def look() -> bool:
        run, live = jobs.store.runs.get(run_id), jobs.live(run_id)
        assert run.status in ("queued", "running"), (run.status, run.message, run.values, live)
        return live is not None and live.epoch > epoch and 0.1 < live.epoch % 1 < 0.9

    wait_for(look, f"{run_id} to be in the middle of an epoch after {epoch}")


def stop_and_compare(jobs: Any, run_id: str) -> None:
    """Stop an endless run; it gave what it gives in one go, as far as it came."""
    jobs.stop(run_id)
    wait_for_status(jobs.store, run_id, "stopped")
    seen = losses(jobs.store, run_id)
    assert seen == expected_losses(ENDLESS, len(seen))
