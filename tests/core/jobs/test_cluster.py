"""What a connection to workers says while there are none."""

from types import SimpleNamespace

import pytest

from core.jobs import cluster as module
from core.jobs.cluster import Cluster, SchedulerError


@pytest.mark.parametrize(
    ("is_local", "said"),
    [
        (False, "The Dask scheduler has had no worker for 60 seconds: start one with dask worker"),
        (True, "No worker process has started on this computer within 60 seconds"),
    ],
)
def test_that_there_is_no_worker_is_told_after_a_while_and_no_more_once_one_comes(
    is_local: bool, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, threads = [1000.0], dict[str, int]()
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    cluster = object.__new__(Cluster)
    cluster._local = SimpleNamespace() if is_local else None  # type: ignore[assignment]
    cluster._client = SimpleNamespace(nthreads=lambda: threads)  # type: ignore[assignment]
    cluster._last_worker = now[0]
    now[0] += module.NO_WORKER
    cluster.require_workers()
    now[0] += 1
    with pytest.raises(SchedulerError, match=said):
        cluster.require_workers()
    threads["tcp://one"] = 1
    cluster.require_workers()
    threads.clear()
    cluster.require_workers()
