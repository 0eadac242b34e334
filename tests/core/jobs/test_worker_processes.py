import importlib.util
import os
import sys

import pytest

from core.jobs.cluster import Cluster
from core.jobs.worker_processes import PRELOAD


@pytest.mark.parametrize("name", PRELOAD)
def test_what_is_imported_beforehand_is_there(name):
    assert importlib.util.find_spec(name) is not None


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="each worker starts from nothing elsewhere")
def test_a_worker_is_a_copy_of_a_process_that_has_imported_all(monkeypatch):
    monkeypatch.setattr("core.jobs.cluster.n_local_workers", lambda: 2)
    monkeypatch.setenv("NEURON_LADDER_HOME", "as it is now")
    cluster = Cluster(None, print)
    try:
        cluster.grow(2)
        cluster.client.wait_for_workers(2)
        tell = lambda: (os.getppid(), set(PRELOAD) - {*sys.modules}, os.environ)  # noqa: E731
        (one, missing, environment), (other, *_) = cluster.client.run(tell).values()
    finally:
        cluster.close()
    assert one == other != os.getpid()
    assert missing == set()
    assert environment["NEURON_LADDER_HOME"] == "as it is now"
