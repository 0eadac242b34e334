"""What a class and a department cost: the store, the scheduler's events, memory.

PostgreSQL and a Dask scheduler run here as processes of their own, over TCP on loopback.
"""

import contextlib
import json
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
from distributed import Client, Scheduler, get_worker

from benchmarks.in_chromium.visits import chromium, new_page
from benchmarks.load.processes import cpu, newest_child
from benchmarks.table import (
    Measurement,
    Row,
    UnavailableError,
    median_seconds,
    print_head,
    print_rows,
)
from core.command import quiet
from core.digits import mnist
from core.digits.recipe import MODERN, to_dict
from core.jobs.fair import in_order
from core.jobs.live import TOPIC, Live, Point, to_message
from core.jobs.work import be_polite
from core.store.records import EpochRow
from core.store.store import Store
from tests.e2e.chromium import serve
from tests.postgres import Server, find_binaries
from tests.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHECKPOINT, WEIGHTS = bytes(2_900_000), bytes(960_000)
"""As large as those of the 784-200-200-200-10 network with Adam."""


@dataclass(frozen=True)
class Amounts:
    """How much of each is done."""

    runs: int = 1_000
    """In the queue, and in the sweep that is read."""
    claims: int = 200
    epochs: int = 40
    """That a worker stores."""
    writers: int = 4
    """Workers that store epochs at once."""
    events: int = 2_000
    servers: int = 4
    """Servers that hear what a worker tells."""
    sessions: int = 20
    pages: tuple[str, ...] = ("gradient_descent", "sketch", "train")
    images: int = MODERN.n_images
    """That a worker's first epoch learns from."""


TINY = Amounts(
    runs=10,
    claims=2,
    epochs=2,
    writers=1,
    events=5,
    servers=1,
    sessions=1,
    pages=("train",),
    images=100,
)
"""So little that the rows only show that they can be measured."""


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure."""
    n = TINY if tiny else Amounts()
    yield Measurement("SQLite", partial(sqlite_rows, n))
    yield Measurement("PostgreSQL", partial(postgresql_rows, n))
    yield from cluster_measurements(n)
    yield from session_measurements(n)


def sqlite_rows(n: Amounts) -> Iterator[Row]:
    """Measure the store in a file."""
    with tempfile.TemporaryDirectory() as folder:
        yield from store_rows(f"sqlite:///{Path(folder) / 'runs.sqlite3'}", "SQLite", n)


def postgresql_rows(n: Amounts) -> Iterator[Row]:
    """Measure the store on a server."""
    with postgresql() as url:
        yield from store_rows(url, "PostgreSQL", n)


def store_rows(url: str, name: str, n: Amounts) -> Iterator[Row]:
    """Measure the store: claims, epochs, a look at a long queue, a large sweep."""
    store = Store(url)
    recipe = to_dict(MODERN)
    sweep = store.sweeps.create("ada", "large", {}, [("run", recipe)] * n.runs).id
    waiting = store.queue.waiting()
    look = median_seconds(lambda: in_order(store.queue.waiting(), store.queue.running()))
    yield Row(f"{name}: a look at a queue of {n.runs:,}", look)
    began = time.perf_counter()
    for run in waiting[: n.claims]:
        store.queue.claim(run.id)
    claim = (time.perf_counter() - began) / n.claims
    yield Row(f"{name}: claim a run", claim, f"{1 / claim:.0f} a second")
    began = time.perf_counter()
    store_epochs(url, waiting[0].id, n.epochs)
    alone = (time.perf_counter() - began) / n.epochs
    yield Row(f"{name}: store an epoch, 3.9 MB", alone, f"{1 / alone:.0f} a second")
    with multiprocessing.get_context("spawn").Pool(n.writers) as pool:
        pool.map(warm, [url] * n.writers)
        began = time.perf_counter()
        writers = waiting[1 : n.writers + 1]
        pool.starmap(store_epochs, [(url, run.id, n.epochs) for run in writers])
        together = (time.perf_counter() - began) / n.epochs / n.writers
    yield Row(f"{name}: {n.writers} workers do", together, f"{1 / together:.0f} a second")
    read = median_seconds(lambda: (store.runs.matching(sweep=sweep), store.sweeps.epochs(sweep)))
    yield Row(f"{name}: read a sweep of {n.runs:,} runs", read)
    store.close()


def store_epochs(url: str, run_id: str, n: int) -> None:
    """Store epochs of a claimed run, as its worker does."""
    store = Store(url)
    for number in range(1, n + 1):
        row = EpochRow(number, 55_000 * number, 1.0 * number, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9)
        store.checkpoints.save_epoch(run_id, 1, row, CHECKPOINT, WEIGHTS, best=number % 2 == 0)
    store.close()


def warm(url: str) -> None:
    """Let a process import all it needs."""
    Store(url).close()


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Debian's PostgreSQL as it is set up by default; the address of an empty database."""
    binaries = find_binaries()
    if binaries is None:
        raise UnavailableError("needs PostgreSQL: none was found on this machine")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        server = Server(binaries, folder)
        options = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        server.call("pg_ctl", "start", "--wait", "-o", options)
        try:
            with server.database() as url:
                yield url
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def cluster_measurements(n: Amounts) -> Iterator[Measurement]:
    """Give the way of events over a scheduler, and what a worker needs."""
    with cluster() as client:
        event = f"TCP: an event from a worker to one of {n.servers} servers"
        yield Measurement(event, lambda: [event_row(event, client, n)])
        epoch = "TCP: a worker's first epoch of Modern"
        yield Measurement(epoch, lambda: [worker_row(epoch, client, n)])


def event_row(name: str, client: Client, n: Amounts) -> Row:
    """Measure how fast events come from a worker to servers."""
    address = client.scheduler_info()["address"]
    with multiprocessing.get_context("spawn").Pool(n.servers) as pool:
        servers = [pool.apply_async(listen, (address, n.events)) for _ in range(n.servers)]
        wait_for(lambda: client.run_on_scheduler(listeners) >= n.servers, "all servers")
        began = time.perf_counter()
        client.submit(shout, n.events, pure=False).result()
        for server in servers:
            server.get()
        event = (time.perf_counter() - began) / n.events / n.servers
    size = len(to_message(live())["first_layer"])
    note = f"{1 / event:.0f} a second, {size / 1000:.0f} kB each; a run tells four a second"
    return Row(name, event, note)


def worker_row(name: str, client: Client, n: Amounts) -> Row:
    """Measure what a worker needs."""
    empty = client.submit(memory, pure=False).result()
    began = time.perf_counter()
    full = client.submit(train_an_epoch, n.images, pure=False).result()
    epoch = time.perf_counter() - began
    return Row(name, epoch, f"{megabytes(full)} MB in memory, {megabytes(empty)} MB before it")


@contextlib.contextmanager
def cluster() -> Iterator[Client]:
    """A scheduler and a worker, each a process of its own."""
    programs = [
        ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        ["dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard"],
    ]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        file = Path(folder) / "scheduler.json"
        for program, *options in programs:
            command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
            process = subprocess.Popen(
                [*command, "--scheduler-file", str(file)], stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            wait_for(lambda: file.exists() and file.read_text(), "the scheduler")
        client = stack.enter_context(Client(json.loads(file.read_text())["address"]))
        client.wait_for_workers(1)
        yield client


def live() -> Live:
    """Make an event as large as they are."""
    points = (Point(0.5, 0.1, 0.9, 0.1, 0.9),) * 4
    picture = np.zeros((16, 28, 28), np.uint8)
    return Live("0123456789abcdef", 1, "learning", points=points, first_layer=picture)


def listen(address: str, n: int) -> None:
    """Hear what workers tell, as a server does, until all has come."""
    heard = threading.Semaphore(0)
    with Client(address) as client:
        client.subscribe_topic(TOPIC, lambda _: heard.release())
        for _ in range(n):
            heard.acquire()


def listeners(dask_scheduler: Scheduler) -> int:
    """Count the servers that hear what workers tell."""
    return len(dask_scheduler._broker._topics[TOPIC].subscribers)


def shout(n: int) -> None:
    """Tell `n` events as fast as they go."""
    message = to_message(live())
    for _ in range(n):
        get_worker().log_event(TOPIC, message)


def memory() -> int:
    """Give the bytes that this process has in memory."""
    return int(psutil.Process().memory_info().rss)


def train_an_epoch(n_images: int) -> int:
    """Train as a worker does; give the bytes in memory then."""
    from core.digits.train.loop import Training, epochs  # torch: the other processes need none

    be_polite()
    recipe = replace(MODERN, n_images=n_images)
    training = Training(recipe, mnist.load("train"), mnist.load("test"))
    next(epochs(training))
    return memory()


def session_measurements(n: Amounts) -> Iterator[Measurement]:
    """Give what an open page costs its server."""
    with chromium() as browser, tempfile.TemporaryDirectory() as home:
        for path in n.pages:
            name = f"another reader opens {path}"
            yield Measurement(name, partial(session_rows, name, browser, home, path, n.sessions))


def session_rows(name: str, browser: "Browser", home: str, path: str, n: int) -> Iterator[Row]:
    """Open a page once, and then `n` times more."""
    with serve(environment={"NEURON_LADDER_HOME": home}) as address:
        server = newest_child()
        pages = [new_page(browser) for _ in range(n + 1)]
        visit(pages[0], f"{address}/{path}")
        alone, used = server.memory_info().rss, cpu(server)
        for page in pages[1:]:
            visit(page, f"{address}/{path}")
        more = (server.memory_info().rss - alone) / n
        seconds = (cpu(server) - used) / n
        for page in pages:
            page.close()
    note = f"processor time; {megabytes(more)} MB more, the first {megabytes(alone)} MB"
    yield Row(name, seconds, note)


def visit(page: "Page", url: str) -> None:
    """Open a page, and wait until all of it is there."""
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_selector("[data-test-script-state='notRunning']")


def megabytes(n_bytes: float) -> str:
    """Write a size."""
    return f"{n_bytes / 1e6:.0f}"


if __name__ == "__main__":  # its worker processes import this module again
    with quiet():
        print_head()
        sys.exit(int(print_rows("scale", measurements()) > 0))
