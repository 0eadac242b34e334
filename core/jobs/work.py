"""What a worker does with a run: train it, store every epoch, obey within one update."""

import functools
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

import safetensors.numpy
from distributed import get_worker

from core.digits import mnist, recipe
from core.digits.mnist import Digits
from core.jobs.contest import HOPELESS, hopeless, rounds_of
from core.jobs.pulse import Pulse
from core.jobs.report import Reporter
from core.lab.playground_run import from_dict, train_recipe
from core.messages import N_, InputError
from core.percent import percent
from core.polite import give_way
from core.store.address import picture_folder
from core.store.errors import StoreError, Superseded
from core.store.records import EpochRow, Run
from core.store.store import Store

if TYPE_CHECKING:
    from core.digits.duration import Speed
    from core.digits.train.loop import Training
    from core.digits.train.progress import Epoch

RETRY = 0.5
"""Seconds until a store that could not be written is tried again."""
PATIENCE = 60
"""Seconds that a store may be away before a run begins."""
WAIT = 5
"""Seconds that an order waits for an epoch that the store does not take."""

Result = TypeVar("Result")

End = Literal["done", "diverged", "ordered", "next round"]
"""How a worker's time with a run ends: with the run, by an order, or to be compared with others."""


class Ordered(Exception):  # noqa: N818 - no error
    """An order came while the worker was waiting for the store."""


def train_run(address: str, run_id: str, attempt: int) -> None:
    """Train a run from its last checkpoint to its end, or until an order comes.

    Parameters
    ----------
    address : str
        Of the store.
    run_id : str
    attempt : int
        The one that the store gave when the run was claimed. A worker whose attempt is no longer
        the run's leaves it alone.

    Raises
    ------
    StoreError
        If the store cannot be read at the start, for a minute.
    """
    store, run = begin(address, run_id)
    if run is None or run.attempt != attempt:
        return
    try:
        with Pulse(store, run_id, attempt, get_worker()) as pulse:
            be_polite()
            work = Work(store, run, pulse)
            work.do() if run.kind == "digits" else work.do_at_once()
    except Superseded:
        pass  # another attempt has it, or its heartbeat will be missed: it can be resumed
    except InputError as error:
        values = {name: str(value) for name, value in error.values.items()}
        store.queue.end(run_id, attempt, "failed", message=error.message, values=values)
    except Exception as error:
        values = {"error": f"{type(error).__name__}: {error}"}
        message = N_("The run ended early: {error}")
        store.queue.end(run_id, attempt, "failed", message=message, values=values)


def begin(address: str, run_id: str) -> tuple[Store, Run | None]:
    """Open the store and read the run; a `StoreError` if the store stays away."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            store = open_store(address)
            return store, store.runs.get(run_id)
        except StoreError:
            if time.monotonic() > deadline:
                raise
            time.sleep(RETRY)


class Work:
    """One attempt at one run."""

    def __init__(self, store: Store, run: Run, pulse: Pulse) -> None:
        self.store, self.run, self.pulse = store, run, pulse
        self.obeying = False
        self.reporter = Reporter(run.id, run.attempt, run.n_epochs)

    def do(self) -> None:
        """Train until the end or an order, and store what the run is then."""
        queue, checkpoints = self.store.queue, self.store.checkpoints
        try:
            rounds = self.retry(lambda *_: rounds_of(self.store, self.run))
            if self.run.epochs_done in rounds and self.is_hopeless(self.run.epochs_done):
                return
            training = self.resumed()
            end = self.learn(training, rounds)
            self.obeying = True
            if end == "ordered" and self.pulse.wanted != "stop":  # goes on in mid-epoch later
                self.retry(checkpoints.save, training.checkpoint())
        except Ordered:  # what the store has is what the run goes on from
            self.obeying, end = True, "ordered"
        if end in ("ordered", "next round"):
            self.retry(queue.give_back)
        else:
            self.retry(queue.end, end)

    def do_at_once(self) -> None:
        """Train a lesson's run, which takes a moment, and store all of it at its end."""
        ended, rows = train_recipe(from_dict(self.run.recipe))
        self.obeying = True  # it has come to its end before anything could stop it
        self.retry(self.store.checkpoints.save_curve, rows)
        self.retry(self.store.queue.end, ended)

    def is_hopeless(self, epoch: int) -> bool:
        """End the run if it is not worth going on; tell whether it was ended."""
        reached = self.retry(lambda *_: self.store.sweeps.reached(self.run.sweep or "", epoch))
        verdict = hopeless(self.run.id, epoch, reached)
        if verdict is None:
            return False
        values = {
            "epoch": verdict.epoch,
            "own": percent(verdict.own),
            "least": percent(verdict.least),
        }
        end = functools.partial(self.store.queue.end, message=HOPELESS, values=values)
        self.retry(end, "pruned")
        return True

    def resumed(self) -> "Training":
        """Set the training up, as far as it has come."""
        from core.digits.train.loop import Training

        return Training(
            recipe.from_dict(self.run.recipe),
            digits("train"),
            digits("test"),
            checkpoint=self.retry(lambda run_id, _: self.store.checkpoints.of_run(run_id)),
            pool_folder=picture_folder(),
        )

    def learn(self, training: "Training", rounds: Sequence[int]) -> End:
        """Train, epoch by epoch; return what ended it."""
        from core.digits.train.progress import Epoch

        rows = self.retry(lambda run_id, _: self.store.runs.epochs(run_id))
        best = max((row.validation_accuracy or 0.0 for row in rows), default=-1.0)
        for record in training.records():
            if isinstance(record, Epoch):
                is_best = record.validation_accuracy > best
                best = max(best, record.validation_accuracy)
                self.keep_epoch(training, record, is_best=is_best)
                if record.epoch in rounds:
                    return "next round"
            else:
                self.reporter.progress(training, record)
            if self.pulse.lost:
                raise Superseded
            if self.pulse.wanted is not None:
                return "ordered"
        return "diverged" if training.diverged else "done"

    def keep_epoch(self, training: "Training", epoch: "Epoch", *, is_best: bool) -> None:
        """Store an epoch with what is needed to go on from it and to use its network."""
        weights = safetensors.numpy.save(training.weights())
        self.retry(
            functools.partial(self.store.checkpoints.save_epoch, best=is_best),
            row_of(epoch),
            training.checkpoint(),
            weights,
        )
        self.reporter.epoch_ended()

    def retry(self, save: Callable[..., Result], *values: object) -> Result:
        """Store or read something, however long the store is away: nothing learned is lost.

        An order that comes meanwhile, and has waited for a while, ends the wait; while one is
        being obeyed, nothing does.
        """
        while True:
            try:
                result = save(self.run.id, self.run.attempt, *values)
            except StoreError as error:
                self.reporter.trouble(error)
            else:
                self.reporter.trouble(None)
                return result
            if self.pulse.lost:
                raise Superseded
            if not self.obeying and self.pulse.waits > WAIT:
                raise Ordered
            time.sleep(RETRY)


def row_of(epoch: "Epoch") -> EpochRow:
    """Give what the store keeps of an epoch."""
    return EpochRow(
        epoch=epoch.epoch,
        images=epoch.images,
        seconds=epoch.seconds,
        loss=epoch.loss,
        train_loss=epoch.train_loss,
        train_accuracy=epoch.train_accuracy,
        validation_accuracy=epoch.validation_accuracy,
        test_loss=epoch.test_loss,
        test_accuracy=epoch.test_accuracy,
    )


@functools.lru_cache(maxsize=2)  # the training and the test images
def digits(part: str) -> Digits:
    """Read a part of MNIST, once in the life of a worker."""
    return mnist.load(part)


@functools.lru_cache(maxsize=8)  # one a server that shares the workers
def open_store(address: str) -> Store:
    """Open the store, once in the life of a worker."""
    return Store(address)


def be_polite() -> None:
    """Leave the processor to the pages, as soon as one of them needs it; one thread for torch."""
    import torch

    torch.set_num_threads(1)
    give_way()


def warm_up() -> "Speed":
    """Load what every run needs, and measure how fast this worker is."""
    be_polite()
    digits("train"), digits("test")
    from core.digits.train.speed import measure_speed

    return measure_speed()
