"""Where Chromium is, and a server of the app to look at with it."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests import ROOT
from tests.ports import free_port

PATIENCE = 120
"""Seconds for a server to start, and to end."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def serve(
    app: Path = ROOT / "app.py", environment: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[str]:
    """A fresh server of `app`, as long as the block lasts; its address.

    `environment` is added to that of this process. Without a port a free one is taken.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.headless=true"]
    server = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.address=127.0.0.1"],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    too_late = threading.Timer(PATIENCE, server.kill)
    too_late.start()
    said = []
    for line in server.stdout:  # the address is printed once the server answers
        said.append(line)
        if "URL:" in line:
            break
    else:
        raise RuntimeError("The server did not start:\n" + "".join(said))
    too_late.cancel()
    threading.Thread(target=server.stdout.read, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            ended = server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
        else:
            if ended == -signal.SIGTERM:
                raise RuntimeError("The server was gone at once: nothing was done at its exit.")
