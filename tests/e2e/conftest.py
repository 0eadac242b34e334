"""A real Chromium on a real server. Without a browser these journeys are skipped."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.chromium import FLAGS, find_chromium, serve

try:
    from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright
except ImportError:
    pytest.skip(
        "browser journeys need Playwright: pip install -r requirements-dev.txt",
        allow_module_level=True,
    )

expect.set_options(timeout=60_000)  # the first visit of a lesson compiles its loop

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the server keeps runs and networks."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """A server for all journeys of this process."""
    with serve(environment={"NEURON_LADDER_HOME": str(home)}) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browse(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., BrowserContext]]:
    """Start a browser of this kind; its cache serves all tests, as a reader's all visits."""
    chromium = find_chromium()
    if chromium is None:
        reason = "browser journeys need Chromium: none was found on this machine"
        pytest.fail(reason) if os.environ.get("BROWSER_REQUIRED") else pytest.skip(reason)
    started: list[BrowserContext] = []

    def browse(**kind: Any) -> BrowserContext:
        started.append(
            playwright.chromium.launch_persistent_context(
                tmp_path_factory.mktemp("profile"), executable_path=chromium, args=FLAGS, **kind
            )
        )
        started[-1].set_default_timeout(30_000)
        return started[-1]

    yield browse
    for context in started:
        context.close()


@pytest.fixture(scope="session")
def laptop(browse: Callable[..., BrowserContext]) -> BrowserContext:
    return browse(viewport={"width": 1280, "height": 800}, locale="en-US")


@pytest.fixture(scope="session")
def mobile(browse: Callable[..., BrowserContext]) -> BrowserContext:
    return browse(
        viewport={"width": 390, "height": 844},
        user_agent=PHONE,
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
        locale="zh-CN",
        color_scheme="dark",
    )


def new_page(context: BrowserContext) -> Iterator[Page]:
    """Open a page that finds nothing that pages before it left behind, but the cache.

    An error in its scripts fails the test, whether one sees anything of it or not.
    """
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{error.message} {error.stack}"))
    forget = {"origin": "*", "storageTypes": "cookies,local_storage,indexeddb"}
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)
    yield page
    for one in context.pages[1:]:
        one.close()
    assert errors == []


@pytest.fixture
def page(laptop: BrowserContext) -> Iterator[Page]:
    """A laptop's page, in English."""
    yield from new_page(laptop)


@pytest.fixture
def phone(mobile: BrowserContext) -> Iterator[Page]:
    """A phone's page, in Chinese, in the dark."""
    yield from new_page(mobile)


Draw = Callable[..., None]


@pytest.fixture
def draw() -> Draw:
    """Draw one stroke on the page's canvas, through points of its own 280 by 280 pixels."""

    def draw(page: Page, *points: tuple[float, float]) -> None:
        canvas = page.locator("canvas.upper-canvas")
        canvas.hover()  # once it stands still
        box = canvas.bounding_box()
        assert box
        large = box["width"] / 280
        for n, (x, y) in enumerate(points):
            page.mouse.move(box["x"] + x * large, box["y"] + y * large, steps=8 if n else 1)
            if not n:
                page.mouse.down()
        page.mouse.up()

    return draw
