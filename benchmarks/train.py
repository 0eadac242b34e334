"""Benchmarks of Digits → Train: an epoch, a job on a warm worker, the pages while runs learn."""

import dataclasses
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from benchmarks.digits import article_epoch
from benchmarks.table import Row, median_seconds
from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import ARTICLE, MODERN, to_dict
from core.digits.train import train
from core.jobs.jobs import Jobs
from core.store.store import Store
from tests.waiting import wait_for

GOAL = 0.97
"""Of the test images."""


def rows() -> list[Row]:
    """Measure, and give the rows of the table."""
    return [*epoch_rows(), job_row(), *page_rows()]


def epoch_rows() -> list[Row]:
    """One epoch of the article's recipe: ours, the article's own, its matrix products alone.

    A run has one thread, so that several can learn side by side; what more threads would give
    stands below.
    """
    n_threads = torch.get_num_threads()
    try:
        return [row for n in sorted({1, n_threads}) for row in _epoch_rows(n)]
    finally:
        torch.set_num_threads(n_threads)


def _epoch_rows(n_threads: int, repeat: int = 3) -> list[Row]:
    """Measure with so many threads; the three take turns, as a machine has noisy minutes."""
    torch.set_num_threads(n_threads)
    train_digits, test = mnist.load("train"), mnist.load("test")
    n_train = len(train_digits.images) - ARTICLE.n_validation
    learned = Digits(train_digits.images[:n_train], train_digits.labels[:n_train])
    products_of_an_epoch = eleven_products(n_train)
    epochs = train(dataclasses.replace(ARTICLE, n_epochs=3 * repeat), train_digits, test)
    ours, theirs, products = [], [], []
    for _ in range(repeat):
        seconds = [epoch.seconds for epoch in itertools.islice(epochs, 3)]  # since the start
        ours += [after - before for before, after in itertools.pairwise(seconds)]
        products.append(median_seconds(products_of_an_epoch, repeat=3))
        theirs.append(median_seconds(lambda: article_epoch(learned), repeat=1))
    epoch, loop, bare = (statistics.median(times) for times in (ours, theirs, products))
    threads = f"{n_threads} thread{'s' if n_threads > 1 else ''}"
    return [
        Row(f"an epoch of the article's recipe, {threads}", epoch, f"{n_train:,} images"),
        Row(f"the article's own loop, {threads}", loop, f"{loop / epoch:.1f} times as long"),
        Row(f"its eleven matrix products, {threads}", bare, f"the epoch: {epoch / bare:.2f} times"),
    ]


def eleven_products(n_images: int) -> Callable[[], None]:
    """Make the matrix products of an epoch: four forwards, four for the weights, three back."""
    sizes, n_updates = ARTICLE.layer_sizes, -(-n_images // ARTICLE.batch_size)
    weights = [torch.rand(n_out, n_in) for n_in, n_out in itertools.pairwise(sizes)]
    signals = [torch.rand(n_images // n_updates, size) for size in sizes]

    def products() -> list[Tensor]:
        forward = [x @ weight.T for x, weight in zip(signals[:-1], weights, strict=True)]
        gradients = [g.T @ x for x, g in itertools.pairwise(signals)]
        back = [g @ weight for g, weight in zip(signals[2:], weights[1:], strict=True)]
        return forward + gradients + back

    def epoch() -> None:
        for _ in range(n_updates):
            products()

    return epoch


def job_row() -> Row:
    """Seconds from submitting the modern preset to the stored epoch that reaches the goal."""
    with tempfile.TemporaryDirectory() as home:
        jobs = Jobs(Store(f"sqlite:///{home}/store.sqlite3"))
        try:
            wait_for(lambda: jobs.speed, "a warm worker")
            start = time.perf_counter()
            run_id = jobs.submit("benchmark", "modern", to_dict(MODERN))
            epoch = wait_for(
                lambda: next(
                    (
                        row
                        for row in jobs.store.runs.epochs(run_id)
                        if (row.test_accuracy or 0) >= GOAL
                    ),
                    None,
                ),
                "the goal",
            )
            seconds = time.perf_counter() - start
            jobs.stop(run_id)
        finally:
            jobs.close()
    return Row(
        f"modern preset to {GOAL:.0%} of the test images, 1 thread",
        seconds,
        f"a job on a warm worker; epoch {epoch.epoch}",
    )


def page_rows(n: int = 60) -> list[Row]:
    """How soon a slider of another page answers while two runs learn, beside a quiet server."""
    from playwright.sync_api import sync_playwright

    from benchmarks.browser import p95, slider_waits
    from tests.e2e.chromium import FLAGS, find_chromium, serve

    chromium = find_chromium()
    if chromium is None:
        return []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        environment = {"NEURON_LADDER_HOME": home}
        store = Store(f"sqlite:///{Path(home) / 'neuron_ladder.sqlite3'}")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serve(environment=environment) as address:
            page = browser.new_page()
            quiet = slider_waits(page, f"{address}/gradient_descent", "Learning rate", n)
            recipe = to_dict(dataclasses.replace(MODERN, n_epochs=1000))
            for name in ("first", "second"):
                store.runs.create("local", name, recipe, n_epochs=1000)
            page.goto(f"{address}/train")
            wait_for(lambda: len(store.queue.running()) == min(2, os.cpu_count() or 1), "both runs")
            busy = slider_waits(page, f"{address}/gradient_descent", "Learning rate", n)
            assert store.queue.running()
        browser.close()
        store.close()
    median = statistics.median(busy)
    return [
        Row("slider to chart, p95: no run learns", p95(quiet)),
        Row(
            "slider to chart, p95: two runs learn",
            p95(busy),
            f"median {median * 1000:.0f} ms",
        ),
    ]
