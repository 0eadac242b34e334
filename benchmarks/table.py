"""Rows of the benchmark table: time a function, print what it took."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    seconds: float
    """The median time of one run."""
    note: str = ""


def median_seconds(function: Callable[[], object], *, repeat: int = 5) -> float:
    """Give the median time of `repeat` runs, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def print_table(rows: list[Row]) -> None:
    """Print the rows below one another, with times in milliseconds.

    Examples
    --------
    >>> print_table([Row("short", 0.0012), Row("a longer name", 1.5, "twice")])
    what               ms  note
    short            1.20
    a longer name 1500.00  twice
    """
    cells = [("what", "ms", "note")]
    cells += [(row.name, f"{row.seconds * 1000:.2f}", row.note) for row in rows]
    names, times = (max(len(cell[column]) for cell in cells) for column in (0, 1))
    for name, milliseconds, note in cells:
        print(f"{name:<{names}} {milliseconds:>{times}}  {note}".rstrip())
