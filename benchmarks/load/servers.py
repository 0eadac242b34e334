"""The server that is put under load, its memory and its processor."""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.load.processes import cpu, newest_child
from core.digits.recipe import MODERN, to_dict
from core.store.store import Store
from tests.e2e.chromium import serve
from tests.proxy import BASE, serve_two


@dataclass(frozen=True)
class Server:
    """Where a server is, and which processes it consists of."""

    address: str
    processes: Sequence[psutil.Process] = ()
    store: Store | None = None
    """Of the runs that can be watched there; None where nothing is known of it."""

    def cpu(self) -> float:
        """Give the seconds of processor time used so far."""
        return sum(cpu(process) for process in self.processes)

    def megabytes(self) -> float:
        """Give the memory in use."""
        return sum(float(process.memory_info().rss) for process in self.processes) / 1e6

    def run_at_work(self, owner: str) -> str:
        """Store a run of this owner that a worker seems to have; its id.

        Nothing trains: what is measured is the server that shows it.
        """
        assert self.store, "nothing is known of this server's runs"
        run = self.store.runs.create(owner, "watched", to_dict(MODERN), n_epochs=MODERN.n_epochs)
        self.store.queue.claim(run.id)
        return run.id

    def beat(self, run_id: str) -> None:
        """Give a sign of life of the worker that seems to have it."""
        if self.store:
            self.store.queue.beat(run_id, 1)


@contextlib.contextmanager
def our_server(database: str | None = None) -> Iterator[Server]:
    """A fresh server with a folder of its own, as long as the block lasts.

    Parameters
    ----------
    database : str, optional
        An empty PostgreSQL; else the server has a file in its folder.
    """
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as stack:
        url = database or f"sqlite:///{Path(home) / 'neuron_ladder.sqlite3'}"
        environment = {"NEURON_LADDER_HOME": home, "NEURON_LADDER_DATABASE_URL": url}
        address = stack.enter_context(serve(environment=environment))
        store = Store(url)
        try:
            yield Server(address, [newest_child()], store)
        finally:
            store.close()


@contextlib.contextmanager
def two_servers_of_ours() -> Iterator[Server]:
    """Two fresh servers behind nginx, as docs/operate.md has them."""
    with tempfile.TemporaryDirectory() as home, serve_two(Path(home)) as two:
        address = f"https://127.0.0.1:{two.port}/{BASE}"
        yield Server(address, [*two.processes.values()], two.store)
