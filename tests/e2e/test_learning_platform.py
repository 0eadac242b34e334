"""The app in a frame of a learning platform, on another host, over HTTPS; its server is killed."""

from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from core.digits.recipe import MODERN, to_dict
from pages.shared.owner import COOKIE
from tests.e2e.chromium import FLAGS, find_chromium
from tests.proxy import BASE, TwoServers, two_servers
from tests.waiting import wait_for

__all__ = ["two_servers"]

HOSTS = [
    "--host-resolver-rules=MAP *.test 127.0.0.1",
    "--test-third-party-cookie-phaseout",  # a frame's cookies are kept only where they are parted
]


@pytest.mark.proof
def test_a_reader_in_a_frame_stays_the_same_and_draws_on_while_the_server_goes(
    two_servers: TwoServers, playwright: Playwright
) -> None:
    path = find_chromium()
    browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *HOSTS])
    try:
        page = browser.new_page(ignore_https_errors=True, viewport={"width": 1300, "height": 1300})
        page.goto(f"https://platform.test:{two_servers.port}/{BASE}/sketch")
        app = page.frame_locator("iframe")
        answer = app.get_by_test_id("stMetricValue")
        expect(answer).to_have_text("–", timeout=60_000)

        def cookies() -> dict[str, dict[str, Any]]:
            return {one["name"]: dict(one) for one in page.context.cookies()}

        kept = wait_for(lambda: COOKIE in cookies() and cookies(), "the cookie", patience=30)
        for name in (COOKIE, "nl_last", "nl_server", "_streamlit_xsrf"):
            assert (kept[name]["sameSite"], kept[name]["secure"]) == ("None", True), name
            assert kept[name]["partitionKey"] == "https://platform.test", name

        canvas = app.locator("canvas.upper-canvas")
        canvas.hover(position={"x": 140, "y": 40})
        box = canvas.bounding_box()
        assert box
        page.mouse.down()
        page.mouse.move(box["x"] + 140, box["y"] + 100, steps=8)
        two_servers.kill(kept["nl_server"]["value"])  # in the middle of a stroke
        page.mouse.move(box["x"] + 140, box["y"] + 240, steps=8)
        page.mouse.up()
        expect(answer).to_have_text("1", timeout=60_000)

        identity = kept[COOKIE]["value"][:32]
        recipe = to_dict(MODERN)
        two_servers.store.runs.create(identity, "my own", recipe, n_epochs=9, status="done")
        page.goto(f"https://platform.test:{two_servers.port}/{BASE}/train")
        expect(app.get_by_text("my own").first).to_be_visible(timeout=60_000)
        assert cookies()[COOKIE]["value"] == kept[COOKIE]["value"]
        assert cookies()["nl_server"]["value"] != kept["nl_server"]["value"]
    finally:
        browser.close()
