"""First visits of each page on a computer that has compiled nothing, beside a second one.

Each has a server and an empty folder of its own. Its age counts from the first page that anybody
opens there, since Streamlit runs nothing of an app before. In ``python -m benchmarks`` are visits
at once and after 20 s; the goal is asked by itself: once a server is 60 s old, no page comes more
than 2 s later than the second time, and none is without a word for more than 1 s::

    python -m benchmarks.first_visits --age 60 --visits 20
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle, islice
from typing import TYPE_CHECKING

from core.command import importing, quiet

with importing():
    from benchmarks.in_chromium.visits import Visit, chromium, visit
    from benchmarks.table import Measurement, Row, print_head, print_rows
    from core.ladder import HOME, PATHS
    from tests.e2e.chromium import serve
    from tests.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = ["", *PATHS]
"""The last part of each page's address."""

LATER, SILENT = 2.0, 1.0
"""The goal, in seconds: how much later than the second time, and how long without a word."""


def measurements(
    *, tiny: bool = False, ages: Sequence[float] = (0, 20), n_visits: int = len(PAGES)
) -> Iterator[Measurement]:
    """Give the rows to measure.

    Parameters
    ----------
    tiny : bool, default=False
        One visit, which only shows that it can be measured; no loop is compiled for it.
    ages : sequence of float
        Of the server, in seconds; 0 is a visit that is the server's first.
    n_visits : int
        Of each age; the pages take turns.
    """
    pages = ["one_weight"] if tiny else list(islice(cycle(PAGES), n_visits))
    with chromium() as browser:
        for age in (0.0,) if tiny else ages:
            firsts: list[tuple[Visit, Visit]] = []
            for page in pages:
                name = f"first visit of {page or HOME.title}, {age:g} s after the server's first"
                rows = partial(_rows, name, browser, page, age, firsts, compiled=tiny)
                yield Measurement(name, rows)
            name = f"first visits {age:g} s after the server's first"
            yield Measurement(f"{name}: the latest", partial(_goal, name, firsts))


def _rows(
    name: str,
    browser: "Browser",
    page: str,
    age: float,
    firsts: list[tuple[Visit, Visit]],
    *,
    compiled: bool,
) -> Iterator[Row]:
    """Visit a page twice on a server of its own; `compiled`: with this computer's loops."""
    with tempfile.TemporaryDirectory() as folder:
        empty = {} if compiled else {"NUMBA_CACHE_DIR": folder}
        with serve(environment={"NEURON_LADDER_HOME": folder} | empty) as server:
            if age:
                opened = time.monotonic()
                visit(browser, server)
                wait_for(lambda: time.monotonic() - opened >= age, "the server to be old enough")
            first, again = visit(browser, f"{server}/{page}"), visit(browser, f"{server}/{page}")
    firsts.append((first, again))
    silent = f"{first.silent:.1f} s without a word"
    yield Row(name, first.seconds, f"again in {again.seconds:.2f} s; at most {silent}")


def _goal(name: str, firsts: list[tuple[Visit, Visit]]) -> Iterator[Row]:
    later = [first.seconds - again.seconds for first, again in firsts]
    silent = [first.silent for first, _ in firsts]
    for what, values, goal in (("later", later, LATER), ("without a word", silent, SILENT)):
        kept = sum(value <= goal for value in values)
        note = f"{kept} of {len(values)} at most {goal:g} s"
        yield Row(f"{name}: longest {what}", max(values), note)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for servers of one age; 1 if a row failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_visits", description=__doc__)
    parser.add_argument("--age", type=float, default=60, help="seconds of the server's age")
    parser.add_argument("--visits", type=int, default=20, help="how many; the pages take turns")
    options = parser.parse_args(arguments)
    print_head()
    rows = measurements(ages=[options.age], n_visits=options.visits)
    return int(print_rows("first visits", rows) > 0)


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
