from collections.abc import Iterator

import pytest

from core.store.store import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty store, of each kind of database."""
    store = Store(database_url)
    yield store
    store.close()
