"""A worker tells how far its run is: events that every server hears, not too many of them."""

import dataclasses
import time
from collections import deque
from typing import TYPE_CHECKING

from distributed import get_worker

from core.jobs.live import TOPIC, Live, Point, pictures, to_message

if TYPE_CHECKING:
    from core.digits.train.loop import Training
    from core.digits.train.progress import TrainingProgress
    from core.store.errors import StoreError

TELL = 0.25
"""Seconds between two events."""
MEASURE = 0.3
"""Seconds between two points on the curves of the epoch under way."""
SHARE = 0.06
"""Of the time, at most, that goes into measuring such points."""
N_MEASURED = 1_000
"""Images of each set that such a point is measured on."""
PACE_OVER = 40
"""Events back that the speed is measured over."""


class Reporter:
    """What a worker tells about one run.

    Parameters
    ----------
    run_id : str
    attempt : int
    n_epochs : int
        Of the whole run.
    """

    def __init__(self, run_id: str, attempt: int, n_epochs: int) -> None:
        self._live = Live(run_id, attempt, "learning")
        self._n_epochs = n_epochs
        self._told = 0.0
        self._measure_at = time.monotonic() + MEASURE
        self._past: deque[tuple[float, float]] = deque(maxlen=PACE_OVER)
        """When, and how many epochs were done by then."""

    def progress(self, training: "Training", record: "TrainingProgress") -> None:
        """Tell how far the run is, unless the last event is only just out."""
        now = time.monotonic()
        if now - self._told < TELL:
            return
        live = dataclasses.replace(
            self._live, stage=record.stage, done=record.done, total=record.total
        )
        if record.stage == "learning":
            live = self._learning(live, training, record, now)
        self._tell(live, now)

    def _learning(
        self, live: Live, training: "Training", record: "TrainingProgress", now: float
    ) -> Live:
        epoch = record.epoch - 1 + record.images / record.n_images
        self._past.append((now, epoch))
        since, first = self._past[0]
        pace = (epoch - first) / (now - since) if epoch > first else None
        points = live.points
        if now >= self._measure_at:
            points += (Point(epoch, *training.measure(N_MEASURED)),)
            took = time.monotonic() - now
            self._measure_at = now + max(MEASURE, took / SHARE)
        first_weight = next(iter(training.weights().values()))
        return dataclasses.replace(
            live,
            epoch=epoch,
            loss=record.loss,
            points=points,
            images_per_second=pace and pace * record.n_images,
            seconds_left=pace and (self._n_epochs - epoch) / pace,
            first_layer=pictures(first_weight),
        )

    def epoch_ended(self) -> None:
        """Drop the points of the epoch under way: the store has the whole epoch now."""
        self._live = dataclasses.replace(self._live, points=())
        self._told = 0.0

    def trouble(self, error: "StoreError | None") -> None:
        """Tell what keeps the worker from storing, or that it is over."""
        trouble = None
        if error is not None:
            trouble = error.message, {name: str(value) for name, value in error.values.items()}
        if trouble != self._live.trouble:
            self._tell(dataclasses.replace(self._live, trouble=trouble), time.monotonic())

    def _tell(self, live: Live, now: float) -> None:
        self._live, self._told = live, now
        get_worker().log_event(TOPIC, to_message(live))
