"""Every row of a table, measured on so little that it only shows that it can be."""

import os
from collections.abc import Callable, Iterator, Sequence

import pytest

from benchmarks.table import Measurement, Row, UnavailableError, closing


def check_every_row(
    measurements: Callable[..., Iterator[Measurement]], *, only: Sequence[str] = ()
) -> None:
    """Measure all rows, or those named; skip where this machine lacks what they need.

    In CI, which asks for all that they need, it is an error.
    """
    try:
        with closing(measurements(tiny=True)) as coming:
            wanted = (one for one in coming if not only or one.name in only)
            rows = [row for measurement in wanted for row in measurement.rows()]
    except UnavailableError as error:
        if {"BROWSER_REQUIRED", "POSTGRES_REQUIRED"} & os.environ.keys():
            raise
        pytest.skip(str(error))
    assert rows
    assert all(isinstance(row, Row) for row in rows)  # which has a finite time, or is none
