import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.compiling import cache
from tests import ROOT


@pytest.fixture(autouse=True)
def no_folder_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(cache.VARIABLE, "")  # so that it is as before afterwards
    monkeypatch.delenv(cache.VARIABLE)


def test_numba_finds_a_folder_by_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != ROOT / "core")
    cache.ensure_cache()
    assert cache.VARIABLE not in os.environ


def test_a_folder_that_somebody_named_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv(cache.VARIABLE, "/somewhere")
    cache.ensure_cache()
    assert os.environ[cache.VARIABLE] == "/somewhere"


def test_where_nothing_can_be_written_to_a_folder_is_made_and_removed_at_the_end():
    code = (
        "import os\n"
        "os.access = lambda *_: False\n"
        "import core\n"
        "print(os.environ['NUMBA_CACHE_DIR'], os.path.isdir(os.environ['NUMBA_CACHE_DIR']))\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != cache.VARIABLE}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    folder, was_there = run.stdout.split()
    assert was_there == "True"
    assert not Path(folder).exists()
