"""Does the app fit a host of 1 GB? ``python -m benchmarks.load.small_host``; 1 if it does not.

A fresh server opens every page, reads a drawing and trains a small network. Told is the most memory
that it, and all processes that it started, had at once: what they share is counted once. On Linux.
"""

import argparse
import asyncio
import re
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

from core.command import Parser, importing, quiet

with importing():
    import numpy as np
    import psutil

    from benchmarks.load.learners import Drawer
    from benchmarks.load.processes import newest_child
    from benchmarks.load.tab import Tab, UnansweredError
    from core.ladder import GLOSSARY, HOME, LADDER, PRIVACY
    from tests.e2e.chromium import serve

LIMIT = 1024
"""MB of the host."""

EVERY = 0.2
"""Seconds between two looks."""

WHO = "small-host"
"""The browser's id."""

LOOKS = 2_000
"""So often a run is looked at, at most, until it has ended."""

PATIENCE = 600
"""Seconds for a page: its loop is compiled first, and a small host is slow."""

SMALL = "tr_preset=own&tr_layers=1&tr_h1=30&tr_images=1000&tr_epochs=2"


class Used(NamedTuple):
    """Memory in use, in MB."""

    own: float
    """What nobody else can have."""
    files: float
    """What stands in files, too, such as code: where memory is short, Linux takes it back."""

    def __str__(self) -> str:
        return f"{self.own:6.0f} MB, and {self.files:4.0f} MB of files"


class Memory:
    """The most that a process and its children had since it was last asked."""

    def __init__(self, process: psutil.Process) -> None:
        self._process, self._most = process, Used(0, 0)

    def look(self) -> None:
        """Add up what is in use now."""
        with suppress(psutil.NoSuchProcess):
            family = (self._process, *self._process.children(recursive=True))
            own, files = np.sum([used_by(one.pid) for one in family], axis=0)
            self._most = max(self._most, Used(own, files))

    def most(self) -> Used:
        """Give the most, and begin anew."""
        self.look()
        most, self._most = self._most, Used(0, 0)
        return most


def used_by(process: int) -> Used:
    """Tell what a process uses, and its share of what it has with others."""
    with suppress(OSError):
        text = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
        shares = {
            name: int(kb) / 1024 for name, kb in re.findall(r"^(Pss\w*): +(\d+) kB", text, re.M)
        }
        return Used(shares["Pss"] - shares["Pss_File"], shares["Pss_File"])
    return Used(0, 0)


@contextmanager
def watched(process: psutil.Process) -> Iterator[Memory]:
    """Look at the memory of a process again and again, as long as the block lasts."""
    memory, is_over = Memory(process), threading.Event()

    def watch() -> None:
        while not is_over.wait(EVERY):
            memory.look()

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield memory
    finally:
        is_over.set()
        watching.join()


async def pages(address: str) -> None:
    """Open every page, each in a tab of its own that is then closed."""
    for rung in (HOME, *(rung for rungs in LADDER.values() for rung in rungs), GLOSSARY, PRIVACY):
        async with Tab(address, "" if rung is HOME else rung.name, WHO, patience=PATIENCE) as tab:
            await tab.run()


async def sketch(address: str) -> None:
    """Draw a few strokes, and have them read."""
    async with Tab(address, "sketch", WHO, patience=PATIENCE) as tab:
        await tab.run()
        drawer = Drawer(tab, Random(0))
        for _ in range(3):
            await drawer.do()


async def train(address: str) -> None:
    """Train a small network to its end."""
    async with Tab(address, "train", WHO, SMALL, patience=PATIENCE) as tab:
        await tab.run()
        await tab.click("tr_train")
        for _ in range(LOOKS):
            if not tab.again:
                return
            await asyncio.sleep(0.5)
            await tab.run(next(iter(tab.again)))
        raise UnansweredError("The run has not ended.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each; 1 if one had more than the host has, or failed."""
    parser = Parser(prog="python -m benchmarks.load.small_host", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--limit", type=int, default=LIMIT, help="MB of the host")
    limit = parser.parse_args(arguments).limit
    fits = True
    with (
        tempfile.TemporaryDirectory() as home,
        serve(environment={"NEURON_LADDER_HOME": home}) as address,
        watched(newest_child()) as memory,
    ):
        print(f"{memory.most()}  a fresh server", flush=True)
        for name, do in (("all pages", pages), ("a drawing", sketch), ("a training", train)):
            trouble = ""
            try:
                asyncio.run(do(address))
            except UnansweredError as error:
                trouble = f": {error}"
            most = memory.most()
            fits = fits and most.own <= limit and not trouble
            print(f"{most}  {name}{trouble}", flush=True)
        print(f"{memory.most()}  afterwards")
    return 0 if fits else 1


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
