"""The table: each row is printed as soon as it is measured, and one that fails says why."""

import math
import statistics
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    seconds: float
    """The median time of one run."""
    note: str = ""

    def __post_init__(self) -> None:
        if not math.isfinite(self.seconds):
            raise ValueError(f"{self.name}: {self.seconds} is no time.")


@dataclass(frozen=True)
class Measurement:
    """One row to measure, or a few that belong together: what is compared, and with what."""

    name: str
    """What is told to have failed, if it does."""
    rows: Callable[[], Iterable[Row]]


class UnavailableError(Exception):
    """What is measured needs something that this machine has not; the sentence says what."""


def median_seconds(function: Callable[[], object], *, repeat: int = 5) -> float:
    """Give the median time of `repeat` runs, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def print_head() -> None:
    """Print what the columns are."""
    _print("ms", "what")


def print_rows(name: str, measurements: Iterable[Measurement]) -> int:
    """Measure, and print each row at once; what fails leaves the others alone.

    Parameters
    ----------
    name : str
        What is told to have failed where the next measurement cannot even be made ready.
    measurements : iterable of Measurement

    Returns
    -------
    int
        How many failed.

    Examples
    --------
    >>> rows = [Row("short", 0.0012), Row("a longer name", 1.5, "twice")]
    >>> print_rows("all", [Measurement("both", lambda: rows), Measurement("none", lambda: [1 / 0])])
          1.20  short
       1500.00  a longer name – twice
        failed  none – ZeroDivisionError: division by zero
    1
    """
    n_failed = 0
    with closing(measurements) as coming:
        while True:
            at_work = name
            try:
                measurement = next(coming, None)
                if measurement is None:
                    return n_failed
                at_work = measurement.name
                for row in measurement.rows():
                    _print(f"{row.seconds * 1000:.2f}", row.name, row.note)
            except UnavailableError as reason:
                _print("left out", at_work, str(reason))
            except Exception as error:
                _print("failed", at_work, _sentence(error))
                n_failed += 1


@contextmanager
def closing(measurements: Iterable[Measurement]) -> Iterator[Iterator[Measurement]]:
    """Let a generator end its servers and workers, however the block ends."""
    try:
        yield iter(measurements)
    finally:
        if isinstance(measurements, Generator):
            measurements.close()


def _print(first: str, name: str, note: str = "") -> None:
    """Print a line, now: a run that is ended, or whose output goes into a file, loses none."""
    print(f"{first:>10}  {name}" + (f" – {note}" if note else ""), flush=True)


def _sentence(error: Exception) -> str:
    """Say in one line what went wrong."""
    what, *_ = [*str(error).splitlines(), ""]
    return f"{type(error).__name__}: {what}" if what else type(error).__name__
