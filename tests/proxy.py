"""nginx with the configuration that is shipped, in front of servers of the app.

Only ports and the place of the certificates are other ones. Debian: apt-get install nginx-light.
"""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.certificates import write
from tests import ROOT
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
    {more}
    include {folder}/neuron-ladder.conf;
}}
"""
"""What Debian's own nginx.conf has around it."""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def proxy(folder: Path, servers: Sequence[str], more: str = "") -> Iterator[int]:
    """nginx in front of two servers, as long as the block lasts; the port it has for HTTPS.

    Parameters
    ----------
    folder : Path
        For what it writes.
    servers : sequence of str
        The servers' addresses.
    more : str
        What else it is to serve; ``{folder}`` has the certificate.
    """
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("nginx was not found on this machine (Debian: apt-get install nginx-light)")
    write(folder, ["localhost", "127.0.0.1", "*.test"])
    port, plain = free_port(), free_port()
    shipped = SHIPPED.read_text()
    for known, server in zip(PORTS, servers, strict=True):
        shipped = shipped.replace(known, server.rpartition(":")[2])
    shipped = re.sub(r"listen 443", f"listen 127.0.0.1:{port}", shipped)
    shipped = re.sub(r"listen 80;", f"listen 127.0.0.1:{plain};", shipped)
    for name, file in (("fullchain", "cert"), ("privkey", "key")):
        shipped = re.sub(rf"/etc/letsencrypt/\S*/{name}.pem", f"{folder}/{file}.pem", shipped)
    (folder / "neuron-ladder.conf").write_text(shipped)
    around = AROUND.format(folder=folder, more=more.format(folder=folder))
    (folder / "nginx.conf").write_text(around)
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
