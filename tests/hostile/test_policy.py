"""The policy of a public server lets a browser load what the app needs, and nothing else."""

import pytest

from tests.e2e.chromium import FLAGS, find_chromium

PLACES = ("canvas.upper-canvas", ".stVegaLiteChart svg.marks")
"""What stands on Sketch once scripts, components and charts may run."""


@pytest.mark.browser
def test_charts_components_and_cookies_work_under_the_policy(server: str) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium")
    refused: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page()
        page.on("console", lambda said: refused.append(said.text))
        answer = page.goto(f"{server}/sketch")
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        for place in PLACES:
            page.wait_for_selector(place, timeout=120_000)
        page.wait_for_selector("[data-test-script-state='notRunning']", timeout=120_000)
        kept = {cookie["name"] for cookie in page.context.cookies()}
        browser.close()
    assert "nl_last" in kept
    assert not [text for text in refused if "Content Security Policy" in text]
