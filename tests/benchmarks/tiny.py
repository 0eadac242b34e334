"""Every row of a table, measured on so little that it only shows that it can be."""

import os
from collections.abc import Callable, Iterator

import pytest

from benchmarks.table import Measurement, Row, UnavailableError, closing


def check_every_row(measurements: Callable[..., Iterator[Measurement]]) -> None:
    """Measure all rows; skip where this machine lacks what they need, unless CI asks for it."""
    try:
        with closing(measurements(tiny=True)) as coming:
            rows = [row for measurement in coming for row in measurement.rows()]
    except UnavailableError as error:
        if {"BROWSER_REQUIRED", "POSTGRES_REQUIRED"} & os.environ.keys():
            raise
        pytest.skip(str(error))
    assert rows
    assert all(isinstance(row, Row) for row in rows)  # which has a finite time, or is none
