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
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
from distributed import Client, Scheduler, get_worker

from benchmarks.table import Row, median_seconds, print_table
from core.command import quiet
from core.digits import mnist
from core.digits.recipe import MODERN, to_dict
from core.digits.train.loop import Training, epochs
from core.jobs.fair import in_order
from core.jobs.live import TOPIC, Live, Point, to_message
from core.jobs.work import be_polite
from core.store.records import EpochRow
from core.store.store import Store
from tests.e2e.chromium import FLAGS, find_chromium, serve
from tests.postgres import Server, find_binaries
from tests.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHECKPOINT, WEIGHTS = bytes(2_900_000), bytes(960_000)
"""As large as those of the 784-200-200-200-10 network with Adam."""

N_CLAIMS, N_EPOCHS, N_EVENTS, N_SESSIONS = 200, 40, 2_000, 20
N_SERVERS = 4
"""Servers that hear what a worker tells."""
N_WRITERS = 4
"""Workers that store epochs at once."""


def rows() -> list[Row]:
    """Measure, and give the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        table = store_rows(f"sqlite:///{Path(folder) / 'runs.sqlite3'}", "SQLite")
    with postgresql() as url:
        if url is not None:
            table += store_rows(url, "PostgreSQL")
    return [*table, *cluster_rows(), *session_rows()]


def store_rows(url: str, name: str) -> list[Row]:
    """Measure the store: claims, epochs, a look at a long queue, a large sweep."""
    store = Store(url)
    recipe = to_dict(MODERN)
    row = store.sweeps.create("ada", "large", {}, [("run", recipe)] * 1_000)
    waiting = store.queue.waiting()
    look = median_seconds(lambda: in_order(store.queue.waiting(), store.queue.running()))
    began = time.perf_counter()
    for run in waiting[:N_CLAIMS]:
        store.queue.claim(run.id)
    claim = (time.perf_counter() - began) / N_CLAIMS
    began = time.perf_counter()
    store_epochs(url, waiting[0].id)
    alone = (time.perf_counter() - began) / N_EPOCHS
    with multiprocessing.get_context("spawn").Pool(N_WRITERS) as pool:
        pool.map(warm, [url] * N_WRITERS)
        began = time.perf_counter()
        pool.starmap(store_epochs, [(url, run.id) for run in waiting[1 : N_WRITERS + 1]])
        together = (time.perf_counter() - began) / N_EPOCHS / N_WRITERS
    read = median_seconds(lambda: (store.runs.matching(sweep=row.id), store.sweeps.epochs(row.id)))
    store.close()
    return [
        Row(f"{name}: a look at a queue of 1,000", look),
        Row(f"{name}: claim a run", claim, f"{1 / claim:.0f} a second"),
        Row(f"{name}: store an epoch, 3.9 MB", alone, f"{1 / alone:.0f} a second"),
        Row(f"{name}: {N_WRITERS} workers do", together, f"{1 / together:.0f} a second"),
        Row(f"{name}: read a sweep of 1,000 runs", read),
    ]


def store_epochs(url: str, run_id: str) -> None:
    """Store epochs of a claimed run, as its worker does."""
    store = Store(url)
    for number in range(1, N_EPOCHS + 1):
        row = EpochRow(number, 55_000 * number, 1.0 * number, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9)
        store.checkpoints.save_epoch(run_id, 1, row, CHECKPOINT, WEIGHTS, best=number % 2 == 0)
    store.close()


def warm(url: str) -> None:
    """Let a process import all it needs."""
    Store(url).close()


@contextlib.contextmanager
def postgresql() -> Iterator[str | None]:
    """Debian's PostgreSQL as it is set up by default; None where there is none."""
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    server = Server(binaries, folder)
    options = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
    server.call("pg_ctl", "start", "--wait", "-o", options)
    try:
        with server.database() as url:
            yield url
    finally:
        server.stop()
        shutil.rmtree(folder)


def cluster_rows() -> list[Row]:
    """Measure the way of events over a scheduler, and what a worker needs."""
    with cluster() as client:
        with multiprocessing.get_context("spawn").Pool(N_SERVERS) as pool:
            servers = [
                pool.apply_async(listen, (client.scheduler_info()["address"],))
                for _ in range(N_SERVERS)
            ]
            wait_for(lambda: client.run_on_scheduler(listeners) >= N_SERVERS, "all servers")
            began = time.perf_counter()
            client.submit(shout, N_EVENTS, pure=False).result()
            for server in servers:
                server.get()
            event = (time.perf_counter() - began) / N_EVENTS / N_SERVERS
        empty = client.submit(memory, pure=False).result()
        began = time.perf_counter()
        full = client.submit(train_an_epoch, pure=False).result()
        epoch = time.perf_counter() - began
    size = len(to_message(live())["first_layer"])
    return [
        Row(
            f"TCP: an event from a worker to one of {N_SERVERS} servers",
            event,
            f"{1 / event:.0f} a second, {size / 1000:.0f} kB each; a run tells four a second",
        ),
        Row(
            "TCP: a worker's first epoch of Modern",
            epoch,
            f"{megabytes(full)} MB in memory, {megabytes(empty)} MB before it",
        ),
    ]


@contextlib.contextmanager
def cluster() -> Iterator[Client]:
    """A scheduler and a worker, each a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        programs = [
            ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
            ["dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard"],
        ]
        processes = []
        for program, *options in programs:
            command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
            processes.append(
                subprocess.Popen(
                    [*command, "--scheduler-file", str(file)], stderr=subprocess.DEVNULL
                )
            )
            wait_for(lambda: file.exists() and file.read_text(), "the scheduler")
        client = Client(json.loads(file.read_text())["address"])
        client.wait_for_workers(1)
        yield client
        client.close()
        for process in processes:
            process.kill()
            process.wait()


def live() -> Live:
    """Make an event as large as they are."""
    points = (Point(0.5, 0.1, 0.9, 0.1, 0.9),) * 4
    picture = np.zeros((16, 28, 28), np.uint8)
    return Live("0123456789abcdef", 1, "learning", points=points, first_layer=picture)


def listen(address: str) -> None:
    """Hear what workers tell, as a server does, until all has come."""
    heard = threading.Semaphore(0)
    with Client(address) as client:
        client.subscribe_topic(TOPIC, lambda _: heard.release())
        for _ in range(N_EVENTS):
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


def train_an_epoch() -> int:
    """Train as a worker does; give the bytes in memory then."""
    be_polite()
    training = Training(MODERN, mnist.load("train"), mnist.load("test"))
    next(epochs(training))
    return memory()


def session_rows() -> list[Row]:
    """Measure what an open page costs its server."""
    chromium = find_chromium()
    if chromium is None:
        return []
    from playwright.sync_api import sync_playwright

    table = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for path in ("gradient_descent", "sketch", "train"):
            with serve(environment={"NEURON_LADDER_HOME": home}) as address:
                server = max(psutil.Process().children(), key=lambda child: child.create_time())
                pages = [browser.new_page() for _ in range(N_SESSIONS + 1)]
                visit(pages[0], f"{address}/{path}")
                alone, used = server.memory_info().rss, cpu(server)
                for page in pages[1:]:
                    visit(page, f"{address}/{path}")
                more = (server.memory_info().rss - alone) / N_SESSIONS
                seconds = (cpu(server) - used) / N_SESSIONS
                note = f"processor time; {megabytes(more)} MB more, the first {megabytes(alone)} MB"
                table.append(Row(f"another reader opens {path}", seconds, note))
                for page in pages:
                    page.close()
        browser.close()
    return table


def visit(page: "Page", url: str) -> None:
    """Open a page, and wait until all of it is there."""
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_selector("[data-test-script-state='notRunning']")


def cpu(process: psutil.Process) -> float:
    """Give the seconds of processor time that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def megabytes(n_bytes: float) -> str:
    """Write a size."""
    return f"{n_bytes / 1e6:.0f}"


if __name__ == "__main__":  # its worker processes import this module again
    with quiet():
        print_table(rows())
