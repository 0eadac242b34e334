"""One process that runs all programs that the tests make."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def run_alone() -> Iterator[Run]:
    """Runs cells of code where nothing of the project can be imported; returns what came of it."""
    process = subprocess.Popen(
        [sys.executable, "-I", str(Path(__file__).with_name("runner.py"))],
        env=os.environ | {"MPLBACKEND": "agg"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def run(cells: Sequence[str], *, pictures: bool = False) -> dict[str, Any]:
        print(json.dumps({"cells": list(cells), "pictures": pictures}), file=process.stdin)
        process.stdin.flush()
        found: dict[str, Any] = json.loads(process.stdout.readline())
        assert found["ours"] == []
        return found

    yield run
    process.stdin.close()
    assert process.wait(10) == 0
