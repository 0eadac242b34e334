"""Benchmarks of sweeps: two workers beside one, and what ending hopeless runs early saves."""

import dataclasses
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from benchmarks.table import Row
from core.digits.recipe import MODERN
from core.jobs import sweeps
from core.jobs.jobs import Jobs
from core.lab.sweep.plan import Sweep, sweep_of
from core.lab.sweep.results import SweepProgress, progress, ranked, results
from core.store.store import Store

EQUAL = sweep_of(
    dataclasses.replace(MODERN, n_images=20_000, n_epochs=3),
    {"learning_rate": "0.001..0.004:8"},
    prunes=False,
)
"""Eight runs that take the same time."""

SMALL = dataclasses.replace(MODERN, n_images=3_000, n_epochs=10, distortion=0.0)
GRID = {"learning_rate": "1e-4..1e-1:4", "batch_size": "64,256,1024"}
"""The stated example: Modern on 3,000 images without distortion, 4 × 3 runs of ten epochs."""

WARM = sweep_of(
    dataclasses.replace(SMALL, n_images=100, n_epochs=1), {"learning_rate": "0.001..0.002:4"}
)


@contextmanager
def workers(n: int) -> Iterator[Jobs]:
    """Jobs with so many worker processes on this computer, all of them started."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("core.jobs.cluster.n_local_workers", lambda: n),
    ):
        jobs = Jobs(Store(f"sqlite:///{Path(folder) / 'runs.sqlite3'}"))
        run(jobs, WARM)
        yield jobs
        jobs.close()


def run(jobs: Jobs, sweep: Sweep) -> tuple[float, SweepProgress, float]:
    """Run a sweep; the seconds, how much was done, and the best validation accuracy."""
    began = time.perf_counter()
    sweep_id = sweeps.start(jobs.store, "benchmark", "sweep", sweep).id
    while True:
        runs = jobs.store.runs.matching(sweep=sweep_id)
        done = progress(runs)
        if not done.is_active:
            break
        time.sleep(0.2)
    seconds = time.perf_counter() - began
    best = ranked(results(runs, jobs.store.sweeps.epochs(sweep_id), sweep.names))[0]
    return seconds, done, best.validation_accuracy or 0.0


def rows() -> list[Row]:
    """Measure, and give the rows of the table."""
    with workers(1) as jobs:
        one, _, _ = run(jobs, EQUAL)
    with workers(2) as jobs:
        two, _, _ = run(jobs, EQUAL)
        full, all_epochs, best = run(jobs, sweep_of(SMALL, GRID, prunes=False))
        pruned, some_epochs, same = run(jobs, sweep_of(SMALL, GRID))
    share = some_epochs.n_epochs / all_epochs.n_epochs
    return [
        Row("sweep: eight equal runs on one worker", one),
        Row("sweep: the same on two workers", two, f"{one / two:.2f} times faster"),
        Row(
            "sweep: 4 × 3 grid on 3,000 images",
            full,
            f"{all_epochs.n_epochs} epochs, best {best:.2%}, two workers",
        ),
        Row(
            "sweep: the same, hopeless runs ended early",
            pruned,
            f"{some_epochs.n_epochs} epochs ({share:.0%}), best {same:.2%}",
        ),
    ]
