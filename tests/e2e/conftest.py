"""A real Chromium on a real server. Without a browser these journeys are skipped."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    from playwright.sync_api import Browser, Page, Playwright, sync_playwright
except ImportError:
    pytest.skip(
        "browser journeys need Playwright: pip install -r requirements-dev.txt",
        allow_module_level=True,
    )

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def serve() -> Iterator[str]:
    """A fresh server of the app, as long as the block lasts; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    server = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.address=127.0.0.1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    said = []
    for line in server.stdout:  # the address is printed once the server answers
        said.append(line)
        if "URL:" in line:
            break
    else:
        pytest.fail("The server did not start:\n" + "".join(said))
    threading.Thread(target=server.stdout.read, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        reason = "browser journeys need Chromium: none was found on this machine"
        pytest.fail(reason) if os.environ.get("BROWSER_REQUIRED") else pytest.skip(reason)
    started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A laptop's page, in English."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone's page, in Chinese, in the dark."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        user_agent=PHONE,
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
        locale="zh-CN",
        color_scheme="dark",
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


Draw = Callable[..., None]


@pytest.fixture
def draw() -> Draw:
    """Draw one stroke on the page's canvas, through points given in its own pixels."""

    def draw(page: Page, *points: tuple[float, float]) -> None:
        canvas = page.locator("canvas.upper-canvas")
        (x, y), *others = points
        canvas.hover(position={"x": x, "y": y})
        box = canvas.bounding_box()
        assert box
        page.mouse.down()
        for x, y in others:
            page.mouse.move(box["x"] + x, box["y"] + y, steps=8)
        page.mouse.up()

    return draw
