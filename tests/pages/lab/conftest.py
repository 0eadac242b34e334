from pathlib import Path

import pytest

from core.store.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty store, for one test: the app's own, whose reader sits at the same computer."""
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.setattr("pages.shared.owner.is_local", lambda: True)
    return Store()
