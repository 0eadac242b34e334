"""Dask's processes with certificates, as docs/scale.md has them, hear nobody who has none."""

import os
from pathlib import Path

import dask
import pytest
from distributed import Client
from distributed.security import Security

from core.jobs.cluster import Cluster, event_loop
from deploy.certificates import write


def settings(folder: Path) -> dict[str, str]:
    """What a process is to know, by the names of Dask's settings."""
    tls = {"ca-file": "ca.pem"}
    for role in ("scheduler", "worker", "client"):
        tls |= {f"{role}.cert": "cert.pem", f"{role}.key": "key.pem"}
    files = {f"distributed.comm.tls.{name}": str(folder / file) for name, file in tls.items()}
    return files | {"distributed.comm.require-encryption": "true"}


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment with which scheduler and worker are started."""
    folder = tmp_path / "certificates"
    write(folder, ["127.0.0.1"])
    for name, value in settings(folder).items():
        variable = "DASK_" + name.upper().replace(".", "__").replace("-", "_")
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__DEFAULT_PROTOCOL", "tls")
    return folder


@pytest.mark.usefixtures("certificates")
def test_who_has_no_certificate_of_ours_is_not_heard(
    certificates: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    address: str = request.getfixturevalue("scheduler")
    assert address.startswith("tls://")
    worker = request.getfixturevalue("start_worker")()
    with dask.config.set({**settings(certificates), "distributed.comm.require-encryption": True}):
        cluster = Cluster(address, lambda _: None)
        try:
            assert cluster.client.submit(os.getpid).result(60) == worker.pid
        finally:
            cluster.close()
    write(tmp_path / "others", ["127.0.0.1"])  # as good a certificate, of another authority
    stranger = Security(
        tls_ca_file=str(tmp_path / "others" / "ca.pem"),
        tls_client_cert=str(tmp_path / "others" / "cert.pem"),
        tls_client_key=str(tmp_path / "others" / "key.pem"),
        require_encryption=True,
    )
    trusting = Security(tls_client_cert=None, tls_ca_file=str(certificates / "ca.pem"))
    for place, security in (
        (address.replace("tls://", "tcp://"), None),
        (address, stranger),
        (address, trusting),
    ):
        with pytest.raises((OSError, TypeError, ValueError)):
            Client(place, security=security, timeout=2, set_as_default=False, loop=event_loop())
