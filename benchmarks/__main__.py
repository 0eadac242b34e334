"""Run every benchmark and print one table: ``python -m benchmarks``; 1 if a row failed."""

import argparse
import sys
from collections.abc import Sequence

from core.command import importing, quiet

with importing():
    from benchmarks import (
        browser,
        busy,
        curves,
        digits,
        first_visits,
        jobs,
        lessons,
        playground,
        train,
    )
    from benchmarks.load import one_message
    from benchmarks.table import print_head, print_rows

PARTS = {
    "lessons": lessons.measurements,
    "curves": curves.measurements,
    "playground": playground.measurements,
    "digits": digits.measurements,
    "train": train.measurements,
    "jobs": jobs.measurements,
    "messages": one_message.measurements,
    "pages that come": browser.arrivals,
    "answers of pages": browser.answers,
    "first visits": first_visits.measurements,
    "pages while runs learn": busy.measurements,
}
"""What the table consists of, in this order."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if a row failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--tiny",
        action="store_true",
        help="do as little as each row can: does it run? The figures say nothing then",
    )
    options = parser.parse_args(arguments)
    print_head()
    n_failed = [print_rows(name, part(tiny=options.tiny)) for name, part in PARTS.items()]
    return int(any(n_failed))


if __name__ == "__main__":  # worker processes import this module again
    with quiet():
        sys.exit(main())
