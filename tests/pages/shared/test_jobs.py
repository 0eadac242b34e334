from pathlib import Path

import pytest

from core.store.store import Store
from pages.shared import jobs
from tests.waiting import wait_for


def test_a_store_that_is_there_is_looked_after_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that was off deletes what is over, whichever page is opened first."""
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    jobs.look_after_store()
    assert not [*tmp_path.iterdir()]
    store = Store()
    store.classes.open("a" * 64, "ada", "hash", days=1e-6)  # less than a second
    wait_for(lambda: store.classes.get("a" * 64) is None, "its time to pass")
    assert store.kept_of("ada")["classes"] == 1
    jobs.look_after_store()
    wait_for(lambda: store.kept_of("ada")["classes"] == 0, "it to be deleted")
    store.close()
