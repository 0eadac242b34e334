"""On a phone: settings and pages in a sheet where the thumb is, the picture in sight above it."""

import re

from playwright.sync_api import Page, expect

SHEET = "[data-testid='stSidebar']"
PLAYER = ".st-key-player_one_weight"


def top_of_the_sheet(phone: Page) -> float:
    box = phone.locator(SHEET).bounding_box()
    assert box
    return box["y"]


def test_settings_are_moved_below_their_picture_and_a_chosen_page_is_all_there_is(
    phone: Page, server: str
) -> None:
    phone.goto(f"{server}/one_weight?lang=en")
    expect(phone.locator(f"{PLAYER} svg.marks")).to_be_visible()
    phone.get_by_role("button", name="Skip").click()
    settings = phone.get_by_role("button", name="Settings", exact=True)
    pages = phone.get_by_role("button", name="Pages", exact=True)
    expect(settings).to_have_attribute("aria-expanded", "false")
    settings.click()
    expect(settings).to_have_attribute("aria-expanded", "true")
    expect(phone.locator(SHEET)).to_be_in_viewport()
    expect(phone.locator(PLAYER)).to_be_in_viewport()
    box = phone.locator(PLAYER).bounding_box()
    assert box
    assert box["y"] < top_of_the_sheet(phone) - 200
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    rate = phone.get_by_role("slider", name="Learning rate")
    expect(phone.locator(SHEET).get_by_text("Learning rate η", exact=True)).to_be_in_viewport()
    rate.press("ArrowLeft")
    expect(phone.locator("svg.marks").get_by_text("Every sample learned from")).to_be_visible()

    pages.click()
    expect(settings).to_have_attribute("aria-expanded", "false")
    expect(phone.locator(SHEET).get_by_text("Learning rate η", exact=True)).to_be_hidden()
    phone.get_by_role("link", name="Compare").click()
    expect(phone.get_by_role("heading", name="Compare", level=1)).to_be_visible()
    expect(phone.locator(SHEET)).not_to_be_visible()
    expect(phone.locator("#player_place:not(:empty)")).to_have_count(0)
    expect(phone).to_have_url(re.compile(r"/compare\?lang=en$"))

    pages.click()
    expect(phone.locator(SHEET)).to_be_in_viewport()
    phone.reload()
    expect(phone.get_by_role("heading", name="Compare", level=1)).to_be_visible()
    expect(pages).to_have_attribute("aria-expanded", "false")
    expect(phone.locator(SHEET)).not_to_be_visible()


def fits(page: Page) -> bool:
    """Whether nothing can be scrolled sideways."""
    fitting: bool = page.evaluate(
        """() => { const main = document.querySelector(".stMain");
        return document.documentElement.scrollWidth <= innerWidth
          && main.scrollWidth <= main.clientWidth; }"""
    )
    return fitting


def test_on_a_tablet_one_guesses_and_turns_a_knob_and_enlarged_four_times_all_stacks(
    page: Page, server: str
) -> None:
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"{server}/one_weight")
    guess = page.get_by_role("slider", name="weight w")
    guess.press("ArrowRight")
    page.locator("select[name='speed']").select_option("4")
    page.get_by_role("button", name="Run it").click()
    expect(page.locator(".st-key-prediction_told")).to_contain_text("1.559")
    page.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    expect(page.get_by_role("button", name="Predict this run")).to_be_visible()
    expect(page.locator(PLAYER)).to_be_in_viewport()
    assert fits(page)
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    expect(page.get_by_role("button", name="Settings", exact=True)).to_be_visible()
    expect(page.locator(f"{PLAYER} svg.marks")).to_be_visible()
    assert fits(page)


def test_the_answer_is_in_sight_while_one_draws(phone: Page, server: str) -> None:
    phone.goto(f"{server}/sketch?lang=en")
    canvas = phone.locator("canvas.upper-canvas")
    for width, height in ((360, 640), (640, 360)):
        phone.set_viewport_size({"width": width, "height": height})
        canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
        expect(canvas).to_be_in_viewport(ratio=0.99)
        expect(phone.get_by_test_id("stMetricValue").first).to_be_in_viewport(ratio=0.99)
