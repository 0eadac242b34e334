"""The ladder climbed on a laptop, in English by day; each page by the rules of axe-core."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from core.ladder import LADDER
from tests.e2e.chromium import serve
from tests.e2e.climb.climbing import RUNGS, climb


def test_climbed_in_english_by_day_below_a_base_path_and_no_other_host_is_asked(page: Page) -> None:
    page.set_default_timeout(120_000)  # Inspect reads all test images on its first visit
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    with serve(environment={"STREAMLIT_SERVER_BASE_URL_PATH": "school/ladder"}) as address:
        page.goto(f"{address}/school/ladder/sweep")  # a deep link: the frame is whole
        expect(page.get_by_role("heading", name="Sweep", level=1)).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text("English")).to_be_visible()
        for section in LADDER:
            expect(page.get_by_test_id("stHeader").get_by_text(section)).to_be_visible()
        expect(page.get_by_test_id("stSidebarNavItems")).to_have_count(0)
        page.context.clear_cookies()  # else Home goes on where one was
        page.goto(f"{address}/school/ladder")
        expect(page.get_by_role("heading", name="Neuron Ladder")).to_be_visible()
        assert climb(page, "en") == {}
        page.get_by_test_id("stHeader").get_by_text("Start").click()
        page.get_by_role("menuitem", name="Home").click()
        expect(
            page.get_by_role("link", name=f"Continue where you were: {RUNGS[-1].title}")
        ).to_be_visible()
        assert page.url == f"{address}/school/ladder/"
        assert {
            cookie["path"] for cookie in page.context.cookies() if cookie["name"] == "nl_last"
        } == {"/school/ladder"}
        page.goto("about:blank")  # a server waits for what it still sends before it ends
    urls = [url for url in asked if url.scheme not in ("data", "blob", "about")]
    assert len(urls) > 20
    assert {f"{url.scheme}://{url.netloc}" for url in urls} == {address}
    assert all(url.path.startswith("/school/ladder") for url in urls)
