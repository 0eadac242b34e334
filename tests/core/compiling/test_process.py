from pathlib import Path

import pytest

from core.compiling.process import compile_in_background
from tests.waiting import PATIENCE


def test_it_ends_with_the_process_that_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its end of the pipe is closed then; here by hand, long before all is compiled."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    process = compile_in_background()
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(PATIENCE) == 0
    assert not list(tmp_path.rglob("*mean_losses*"))  # of the last page but two


@pytest.mark.long
def test_it_ends_when_all_is_compiled():
    assert compile_in_background().wait(PATIENCE) == 0
