"""Small sweeps, what they must come to, and waiting for them."""

import dataclasses
import functools
from typing import Any

from core.digits import mnist
from core.digits.recipe import Recipe
from core.digits.train.loop import Training, epochs
from core.digits.train.progress import Epoch
from core.jobs import sweeps
from core.lab.sweep.plan import Sweep, name_of, sweep_of
from core.lab.sweep.results import progress
from core.lab.sweep.rounds import least, rounds
from core.lab.sweep.sampling import cells
from core.one_thread import one_thread
from core.store.records import Run
from core.store.store import Store
from tests.core.jobs.runs import RECIPE, losses
from tests.waiting import wait_for

BASE = dataclasses.replace(
    RECIPE, n_epochs=4, n_images=1_000, n_validation=500, batch_size=100, layer_sizes=(784, 12, 10)
)
"""An epoch takes no time; four of them have rounds after the first and the second."""

TEXTS = {"learning_rate": "1e-5..0.1:4", "optimiser": "sgd,adam"}
SWEEP = sweep_of(BASE, TEXTS)

FEW = sweep_of(BASE, {"learning_rate": "1e-5..0.1:4"})
"""Of four runs two go on after the first round, and one of these after the second."""

LONG = sweep_of(
    dataclasses.replace(RECIPE, n_images=2_000),
    {"batch_size": "16,24,32"},
    prunes=False,
)
"""Three runs with epochs that one can interfere with."""


def start(store: Store, sweep: Sweep, owner: str = "Ann") -> str:
    return sweeps.start(store, owner, "sweep", sweep).id


def runs_of(store: Store, sweep_id: str) -> list[Run]:
    return sorted(store.runs.matching(sweep=sweep_id), key=lambda run: run.trial or 0)


def wait_until_over(store: Store, sweep_id: str) -> list[Run]:
    wait_for(
        lambda: not progress(store.runs.matching(sweep=sweep_id)).is_active, "the sweep to be over"
    )
    return runs_of(store, sweep_id)


def check_losses(store: Store, run: Run, sweep: Sweep) -> None:
    """Each run came as far as it came, as if it had been trained alone without a break."""
    (cell,) = (cell for cell in cells(sweep) if name_of(cell) == run.name)
    assert run.epochs_done > 0
    expected = [epoch.loss for epoch in alone(sweep.recipe(cell))]
    assert losses(store, run.id) == expected[: run.epochs_done]


@functools.cache
def alone(recipe: Recipe) -> list[Epoch]:
    """A run without any sweep, in this process."""
    with one_thread():
        return list(epochs(Training(recipe, mnist.load("train"), mnist.load("test"))))


def accuracies(recipe: Recipe) -> list[float]:
    """What a run reaches without any sweep, on the held-out images."""
    return [epoch.validation_accuracy for epoch in alone(recipe)]


def expected_epochs(sweep: Sweep) -> dict[str, int]:
    """How far each run gets if all of a round are compared: successive halving, written anew."""
    curves = {name_of(cell): accuracies(sweep.recipe(cell)) for cell in cells(sweep)}
    ends = dict.fromkeys(curves, sweep.base.n_epochs)
    alive = set(curves)
    for end in rounds(sweep.base.n_epochs):
        reached = {name: max(curves[name][:end]) for name in alive}
        bar = least(list(reached.values()))
        for name in [name for name in alive if reached[name] < bar]:
            alive.remove(name)
            ends[name] = end
    return ends


def best(store: Store, sweep_id: str) -> Any:
    rows = store.sweeps.epochs(sweep_id)
    return max(row.validation_accuracy for run_id in rows for row in rows[run_id])
