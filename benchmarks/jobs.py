"""Benchmarks of jobs: one run, two workers beside one, what ending hopeless runs early saves."""

import dataclasses
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from benchmarks.table import Measurement, Row
from core.digits.recipe import MODERN, Recipe, to_dict
from core.jobs import sweeps
from core.jobs.jobs import Jobs
from core.lab.sweep.plan import Sweep, sweep_of
from core.lab.sweep.results import SweepProgress, progress, ranked, results
from core.store.records import EpochRow, Run
from core.store.store import Store
from tests.waiting import wait_for

PATIENCE = 1_800
"""Seconds until a sweep counts as stuck."""
LOOK = 0.2
"""Seconds between two looks at it: they take the processor that is measured."""

EQUAL = dataclasses.replace(MODERN, n_images=20_000, n_epochs=3)
"""What runs do that take the same time: of several learning rates."""

SMALL = dataclasses.replace(MODERN, n_images=3_000, n_epochs=10, distortion=0.0)
GRID = {"learning_rate": "1e-4..1e-1:4", "batch_size": "64,256,1024"}
"""The stated example: Modern on 3,000 images without distortion, 4 × 3 runs of ten epochs."""
FEW = {"learning_rate": "1e-3,1e-2"}
"""The least that is a grid."""

WARM = dataclasses.replace(SMALL, n_images=100, n_epochs=1, layer_sizes=(784, 16, 10))
"""What lets every worker import all it needs."""


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: so little that they only show that they can be."""
    modern, goal = (WARM, 0.05) if tiny else (MODERN, 0.97)
    equal, n, small, grid = (WARM, 2, WARM, FEW) if tiny else (EQUAL, 8, SMALL, GRID)
    same = sweep_of(equal, {"learning_rate": f"0.001..0.004:{n}"}, prunes=False)
    alone: list[float] = []
    with workers(1) as jobs:
        name = f"modern preset to {goal:.0%} of the test images, 1 thread"
        yield Measurement(name, partial(goal_rows, name, modern, goal, jobs))
        name = f"sweep: {n} equal runs on one worker"
        yield Measurement(name, partial(one_worker_rows, name, same, alone, jobs))
    with workers(2) as jobs:
        name = "sweep: the same on two workers"
        yield Measurement(name, partial(two_workers_rows, name, same, alone, jobs))
        yield Measurement("sweep: grid", partial(grid_rows, small, grid, jobs))


def goal_rows(name: str, recipe: Recipe, goal: float, jobs: Jobs) -> Iterator[Row]:
    """Submit a run, and wait for the stored epoch that reads so many of the test images."""

    def reached() -> EpochRow | None:
        epochs = jobs.store.runs.epochs(run_id)
        return next((epoch for epoch in epochs if (epoch.test_accuracy or 0) >= goal), None)

    start = time.perf_counter()
    run_id = jobs.submit("benchmark", "modern", to_dict(recipe))
    try:
        epoch = wait_for(reached, "the goal")
        seconds = time.perf_counter() - start
    finally:
        jobs.stop(run_id)
        wait_for(lambda: not jobs.store.queue.running(), "its end")
    yield Row(name, seconds, f"a job on a warm worker; epoch {epoch.epoch}")


def one_worker_rows(name: str, sweep: Sweep, alone: list[float], jobs: Jobs) -> Iterator[Row]:
    """Run a sweep on one worker; its seconds are kept to compare with."""
    seconds, _, _ = run(jobs, sweep)
    alone.append(seconds)
    yield Row(name, seconds)


def two_workers_rows(name: str, sweep: Sweep, alone: list[float], jobs: Jobs) -> Iterator[Row]:
    """Run the same on two."""
    seconds, _, _ = run(jobs, sweep)
    times = f"{alone[0] / seconds:.2f} times faster" if alone else "nothing to compare with"
    yield Row(name, seconds, times)


def grid_rows(recipe: Recipe, grid: dict[str, str], jobs: Jobs) -> Iterator[Row]:
    """Run a grid to its end, and with hopeless runs ended early."""
    whole, ends_early = (sweep_of(recipe, grid, prunes=prunes) for prunes in (False, True))
    size = " × ".join(str(len(values)) for values in whole.axes().values())
    full, all_epochs, best = run(jobs, whole)
    done = f"{all_epochs.n_epochs} epochs, best {best:.2%}, two workers"
    yield Row(f"sweep: {size} grid on {recipe.n_images:,} images", full, done)
    pruned, some_epochs, same = run(jobs, ends_early)
    share = some_epochs.n_epochs / all_epochs.n_epochs
    done = f"{some_epochs.n_epochs} epochs ({share:.0%}), best {same:.2%}"
    yield Row("sweep: the same, hopeless runs ended early", pruned, done)


@contextmanager
def workers(n: int) -> Iterator[Jobs]:
    """Jobs with so many worker processes on this computer, all of them started."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("core.jobs.cluster.n_local_workers", lambda: n),
    ):
        jobs = Jobs(Store(f"sqlite:///{Path(folder) / 'runs.sqlite3'}"))
        try:
            run(jobs, sweep_of(WARM, {"learning_rate": f"0.001..0.002:{2 * n}"}))
            yield jobs
        finally:
            jobs.close()


def run(jobs: Jobs, sweep: Sweep) -> tuple[float, SweepProgress, float]:
    """Run a sweep; the seconds, how much was done, and the best validation accuracy."""
    began = time.perf_counter()
    sweep_id = sweeps.start(jobs.store, "benchmark", "sweep", sweep).id

    def ended() -> list[Run] | None:
        runs = jobs.store.runs.matching(sweep=sweep_id)
        return None if progress(runs).is_active else runs

    try:
        runs = wait_for(ended, "the end of the sweep", patience=PATIENCE, every=LOOK)
    except AssertionError:
        jobs.store.sweeps.stop(sweep_id)
        raise
    seconds = time.perf_counter() - began
    ranking = ranked(results(runs, jobs.store.sweeps.epochs(sweep_id), sweep.names))
    if not ranking:
        raise RuntimeError("No run of the sweep has a result.")
    return seconds, progress(runs), ranking[0].validation_accuracy or 0.0
