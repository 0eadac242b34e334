"""Two servers of the app behind nginx with the configuration that is shipped.

Only ports and the place of the certificates are other ones. Debian: apt-get install nginx-light.
"""

import asyncio
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from benchmarks.load.processes import newest_child
from benchmarks.load.tab import Tab
from core.store.store import Store
from deploy.certificates import write
from deploy.headers import FRAMES
from pages.shared.owner import SECRET
from tests import ROOT
from tests.e2e.chromium import free_port, serve
from tests.waiting import wait_for

SHIPPED = ROOT / "deploy" / "nginx.conf"
PORTS = "8501", "8502"
"""Of the servers, as the shipped configuration has them."""

AROUND = """
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/neuron-ladder.conf;
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name platform.test;
        ssl_certificate {folder}/cert.pem;
        ssl_certificate_key {folder}/key.pem;
        location / {{
            default_type text/html;
            return 200 '<!doctype html><iframe style="width: 100%; height: 1200px"
                src="https://ladder.test:{port}$request_uri"></iframe>';
        }}
    }}
}}
"""
"""What Debian's own nginx.conf has around it, and a learning platform that frames the app."""

THIRD = range(8503, 33_000, 1000)
"""Ports that end as a third server's does, 8503: like the status of a full server."""

BASE = "ladder"
"""The path below which the app is served."""


@dataclass
class TwoServers:
    """Two servers, and what leads to them."""

    port: int
    """Of the proxy."""
    processes: dict[str, psutil.Process]
    """By the port of each."""
    store: Store

    def kill(self, port: str) -> None:
        """End a server as a fault would."""
        self.processes[port].kill()
        self.processes[port].wait()


@pytest.fixture
def two_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwoServers]:
    """Two public servers, which a learning platform may show in a frame."""
    monkeypatch.setenv(SECRET, "s" * 32)
    monkeypatch.setenv(FRAMES, "https://platform.test:*")
    with serve_two(tmp_path) as servers:
        yield servers


@contextmanager
def serve_two(home: Path) -> Iterator[TwoServers]:
    """Two servers with one store behind nginx, as docs/operate.md has them.

    Parameters
    ----------
    home : Path
        An empty folder for all that they write.
    """
    environment = {
        "NEURON_LADDER_HOME": str(home),
        "STREAMLIT_SERVER_BASE_URL_PATH": BASE,
        "STREAMLIT_SERVER_COOKIE_SECRET": "c" * 32,
    }
    app = ROOT / "deploy" / "serve.py"
    with serve(app, environment) as one:
        first = newest_child()
        with serve(app, environment, free_port(THIRD)) as two:
            second = newest_child()
            ports = [address.rpartition(":")[2] for address in (one, two)]
            with ThreadPoolExecutor(1) as thread:  # Playwright has this one's event loop
                thread.submit(asyncio.run, come(ports)).result()
            with proxy(home / "nginx", ports) as port:
                store = Store(f"sqlite:///{home / 'neuron_ladder.sqlite3'}")
                yield TwoServers(port, dict(zip(ports, (first, second), strict=True)), store)
                store.close()


async def come(ports: Sequence[str]) -> None:
    """Be the very first reader of each server, whose browser loads the page again."""
    for port in ports:
        async with Tab(f"http://127.0.0.1:{port}/{BASE}", "", "") as tab:
            await tab.run()


@contextmanager
def proxy(folder: Path, ports: Sequence[str]) -> Iterator[int]:
    """nginx in front of two servers at these ports, as long as the block lasts; its own port."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("nginx was not found on this machine (Debian: apt-get install nginx-light)")
    write(folder, ["localhost", "127.0.0.1", "*.test"])
    port, plain = free_port(), free_port()
    shipped = SHIPPED.read_text()
    for known, ours in zip(PORTS, ports, strict=True):
        shipped = shipped.replace(known, ours)
    shipped = re.sub(r"listen 443", f"listen 127.0.0.1:{port}", shipped)
    shipped = re.sub(r"listen 80;", f"listen 127.0.0.1:{plain};", shipped)
    for name, file in (("fullchain", "cert"), ("privkey", "key")):
        shipped = re.sub(rf"/etc/letsencrypt/\S*/{name}.pem", f"{folder}/{file}.pem", shipped)
    (folder / "neuron-ladder.conf").write_text(shipped)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, port=port))
    process = subprocess.Popen([nginx, "-c", folder / "nginx.conf", "-e", folder / "errors"])
    try:
        wait_for(lambda: answers(process, port), "nginx to listen", patience=20)
        yield port
    finally:
        process.terminate()
        process.wait()


def answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    """Whether it listens; an error if it has ended."""
    assert process.poll() is None, "nginx has ended: see its file of errors"
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
