from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file: what the jobs do with it is the same on every database."""
    store = Store(f"sqlite:///{tmp_path / 'runs.sqlite3'}")
    yield store
    store.close()
