"""What a plain `pytest` leaves out because it takes long: how much that is, and how to run it."""

import gc
import os

import pytest
from hypothesis import settings

# Before torch and numpy are imported, here and in the processes that tests start. Several tests run
# at once: threads that wait for each other on busy cores took four times the processor's time.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# No deadlines: machines are busy. In CI the same examples every time: what it says depends on the
# change alone.
settings.register_profile("default", deadline=None, max_examples=50)
settings.load_profile("default")
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=50)

FOLDERS = {"disasters": "disaster", "e2e": "browser"}
"""The folders all of whose tests have a marker."""

LONG = {*FOLDERS.values(), "postgresql", "long", "proof"}
"""The markers of pyproject.toml."""

LEFT_OUT = pytest.StashKey[int]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for folder, marker in FOLDERS.items():
            if folder in item.path.parts:
                item.add_marker(marker)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the libraries, which stay, and took a tenth of the time."""
    gc.collect()
    gc.freeze()


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:  # with -m '' they are left out by -k alone, as was asked
        is_long = any(item.get_closest_marker(marker) for marker in LONG)
        if is_long and item.config.option.markexpr:
            item.config.stash[LEFT_OUT] = item.config.stash.get(LEFT_OUT, 0) + 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of pytest-xdist tells what it left out; each leaves out the same."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_unconfigure(config: pytest.Config) -> None:
    n_left_out = config.stash.get(LEFT_OUT, 0)
    if n_left_out and not hasattr(config, "workerinput"):
        print(f"{n_left_out} long tests were left out. All of them: pytest -m ''")
