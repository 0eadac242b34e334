"""What the runs of a sweep have reached: chosen by validation accuracy, test accuracy beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.lab.sweep.space import Value
from core.store.records import ACTIVE, EpochRow, Run, best_of
from core.store.sweeps import GOES_ON


@dataclass(frozen=True)
class Result:
    """One cell of a sweep: its run, and how far it has come.

    Parameters
    ----------
    run : Run
    cell : mapping
        The run's values of what the sweep varies.
    epochs : sequence of EpochRow
        In their order.
    """

    run: Run
    cell: Mapping[str, Value]
    epochs: Sequence[EpochRow]

    @property
    def best(self) -> EpochRow | None:
        """The epoch with the highest validation accuracy, the first of several."""
        return best_of(self.epochs)

    @property
    def validation_accuracy(self) -> float | None:
        """On the held-out images, after the best epoch: by it, runs are compared."""
        best = self.best
        return None if best is None else best.validation_accuracy

    @property
    def test_accuracy(self) -> float | None:
        """On the test images, after the same epoch; it chooses nothing."""
        best = self.best
        return None if best is None else best.test_accuracy


def results(
    runs: Iterable[Run], epochs: Mapping[str, Sequence[EpochRow]], names: Sequence[str]
) -> list[Result]:
    """Put a sweep's runs and their epochs together.

    Parameters
    ----------
    runs : iterable of Run
        Of one sweep.
    epochs : mapping of str to sequence of EpochRow
        By the run's id; one without epochs may be missing.
    names : sequence of str
        What the sweep varies.

    Returns
    -------
    list of Result
        In the order in which the sampler chose them.
    """
    found = [
        Result(run, {name: run.recipe[name] for name in names}, epochs.get(run.id, ()))
        for run in runs
    ]
    return sorted(found, key=lambda result: result.run.trial or 0)


def ranked(results: Iterable[Result]) -> list[Result]:
    """Give the runs that have reached something, the best first."""
    measured = [result for result in results if result.validation_accuracy is not None]
    return sorted(measured, key=lambda result: -(result.validation_accuracy or 0.0))


@dataclass(frozen=True)
class SweepProgress:
    """How far a sweep is."""

    n_runs: int
    n_ended: int
    """Runs that will not go on by themselves."""
    n_epochs: int
    """Done in all runs."""
    by_status: Mapping[str, int]

    @property
    def n_over(self) -> int:
        """Runs that will not go on, even if the sweep does."""
        return self.n_ended - sum(self.by_status.get(status, 0) for status in GOES_ON)

    @property
    def is_active(self) -> bool:
        """Whether something is still to come."""
        return self.n_ended < self.n_runs


def progress(runs: Iterable[Run]) -> SweepProgress:
    """Count how far a sweep is."""
    by_status: Counter[str] = Counter()
    n_epochs = 0
    for run in runs:
        by_status[run.status] += 1
        n_epochs += run.epochs_done
    n_ended = sum(n for status, n in by_status.items() if status not in ACTIVE)
    return SweepProgress(sum(by_status.values()), n_ended, n_epochs, dict(by_status))
