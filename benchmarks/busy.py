"""How soon a slider of another page answers while two runs learn, beside a quiet server."""

import os
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browser import p95
from benchmarks.in_chromium.visits import chromium, new_page, slider_waits
from benchmarks.table import Measurement, Row
from core.digits.recipe import MODERN, Recipe, to_dict
from core.store.store import Store
from tests.e2e.chromium import serve
from tests.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: so few times that they only show that they can be."""
    n, recipe = (2, replace(MODERN, n_images=20_000)) if tiny else (60, MODERN)
    with chromium() as browser, tempfile.TemporaryDirectory() as home:
        store = Store(f"sqlite:///{Path(home) / 'neuron_ladder.sqlite3'}")
        with serve(environment={"NEURON_LADDER_HOME": home}) as address:
            rows = partial(slider_rows, new_page(browser), address, store, recipe, n)
            yield Measurement("slider to chart, beside two runs", rows)
        store.close()


def slider_rows(page: "Page", address: str, store: Store, recipe: Recipe, n: int) -> Iterator[Row]:
    """Move the slider on a quiet server, then while two runs learn."""
    waits = partial(slider_waits, page, f"{address}/gradient_descent", "Learning rate", n)
    quiet = waits()
    yield Row("slider to chart, p95: no run learns", p95(quiet))
    endless = to_dict(replace(recipe, n_epochs=1_000))
    for name in ("first", "second"):
        store.runs.create("local", name, endless, n_epochs=1_000)
    page.goto(f"{address}/train")
    n_runs = min(2, os.cpu_count() or 1)
    wait_for(lambda: len(store.queue.running()) == n_runs, "both runs")
    busy = waits()
    if len(store.queue.running()) != n_runs:
        raise RuntimeError("The runs did not learn as long as the slider was moved.")
    note = f"{p95(busy) / p95(quiet):.2f} times; median {statistics.median(busy) * 1000:.0f} ms"
    yield Row("slider to chart, p95: two runs learn", p95(busy), note)
