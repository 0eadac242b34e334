"""Run every benchmark and print one table."""

import importlib.util

from core.command import importing, quiet

with importing():
    from benchmarks import curves, digits, lessons, sweep, train
    from benchmarks.table import print_table

with quiet():
    rows = [*lessons.rows(), *curves.rows(), *digits.rows(), *train.rows(), *sweep.rows()]
    if importlib.util.find_spec("playwright"):
        from benchmarks import browser

        rows += browser.rows()
    print_table(rows)
