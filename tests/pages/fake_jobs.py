"""Jobs without workers: a test plays the worker itself, through the real store."""

from functools import cached_property
from typing import Any

import numpy as np

from core.digits.duration import Speed
from core.digits.network.files import to_bytes
from core.digits.network.shapes import parameter_shapes
from core.digits.recipe import from_dict
from core.jobs.live import Live
from core.messages import InputError
from core.store.records import EpochRow, Order, Run
from core.store.store import Store

SPEED = Speed(
    update={"sgd": 0, "momentum": 0, "adam": 0},
    layer=0,
    parameter={"sgd": 0, "momentum": 0, "adam": 0},
    image=1e-5,
    multiply_add=1e-11,
    dropped=0,
    distorted=0,
    warped=0,
    picture=1e-3,
)
"""Of a computer that needs a hundred-thousandth of a second for an image, and little else."""


class FakeJobs:
    """What a page asks of `core.jobs.jobs.Jobs`; orders are obeyed at once."""

    def __init__(self) -> None:
        self.speed: Speed | None = SPEED
        self.n_places = 2
        self.trouble: InputError | None = None
        self.lives: dict[str, Live] = {}

    @cached_property
    def store(self) -> Store:
        return Store()

    def submit(self, owner: str, name: str, recipe: dict[str, Any], **more: Any) -> str:
        run = self.store.runs.create(owner, name, recipe, n_epochs=recipe["n_epochs"], **more)
        return run.id

    def pause(self, run_id: str) -> None:
        self.obey(run_id, "pause")

    def stop(self, run_id: str) -> None:
        self.obey(run_id, "stop")

    def obey(self, run_id: str, order: Order) -> None:
        self.store.queue.order(run_id, order)
        self.store.queue.give_back(run_id, self.run(run_id).attempt)

    def resume(self, run_id: str) -> None:
        self.store.queue.resume(run_id)

    def position(self, run_id: str) -> int | None:
        ids = [run.id for run in self.store.queue.waiting()]
        return ids.index(run_id) + 1 if run_id in ids else None

    def live(self, run_id: str) -> Live | None:
        return self.lives.get(run_id)

    def run(self, run_id: str) -> Run:
        run = self.store.runs.get(run_id)
        assert run is not None
        return run

    # What a worker does.

    def work(self, run_id: str, epochs: list[tuple[float, float, float]]) -> int:
        """Claim the run and store its next epochs: training loss, test loss and test accuracy."""
        weights = weights_of(self.run(run_id))
        before = self.store.runs.epochs(run_id)
        attempt = self.store.queue.claim(run_id)
        assert attempt is not None
        best = max((row.validation_accuracy or 0.0 for row in before), default=0.0)
        for number, (train_loss, test_loss, accuracy) in enumerate(epochs, start=len(before) + 1):
            row = EpochRow(
                epoch=number,
                images=1000 * number,
                seconds=float(number),
                loss=train_loss,
                train_loss=train_loss,
                train_accuracy=0.99,
                validation_accuracy=accuracy,
                test_loss=test_loss,
                test_accuracy=accuracy,
            )
            self.store.checkpoints.save_epoch(
                run_id, attempt, row, b"", weights, best=accuracy > best
            )
            best = max(best, accuracy)
        return attempt


def weights_of(run: Run) -> bytes:
    """Weights of the run's network, which reads everything as a 9."""
    recipe = from_dict(run.recipe)
    shapes = parameter_shapes(recipe.layer_sizes, recipe.channels, recipe.kernel_size)
    arrays = {}
    for name, shape in shapes.items():
        is_bias = len(shape) == 1
        arrays[name] = np.arange(shape[0], dtype=np.float32) if is_bias else np.zeros(shape, "f4")
    return to_bytes(arrays)
