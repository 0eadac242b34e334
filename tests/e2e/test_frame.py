from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chromium import serve
from tests.e2e.places import to_the_end


@pytest.mark.proof
def test_a_first_visit_says_what_it_waits_for_and_leaves_the_link_alone(
    page: Page, tmp_path: Path
) -> None:
    """On a computer that has compiled nothing yet."""
    fresh = {"NUMBA_CACHE_DIR": str(tmp_path / "numba"), "NEURON_LADDER_HOME": str(tmp_path)}
    with serve(environment=fresh) as server:
        page.goto(server)
        page.get_by_role("link", name="Gradient descent").first.click()
        expect(page.get_by_text("Compiling the training loop for this computer")).to_be_visible()
        expect(page.get_by_role("heading", name="Gradient descent", level=1)).to_be_visible()
        to_the_end(page)
        expect(page.locator("svg.marks").get_by_text("Done: 500 updates.")).to_be_visible()
        expect(page.get_by_test_id("stSpinner")).to_have_count(0)
        expect(page).to_have_url(f"{server}/gradient_descent")
        page.goto("about:blank")


@pytest.mark.proof
def test_a_page_that_does_not_exist_says_so_and_shows_home(page: Page, server: str) -> None:
    page.goto(server)
    expect(page.get_by_role("heading", name="Neuron Ladder")).to_be_visible()
    page.goto(f"{server}/no_such_page")
    expect(page.get_by_role("dialog")).to_contain_text("Page not found")
    expect(page.get_by_role("heading", name="Neuron Ladder")).to_be_visible()
