"""The ladder climbed on a phone, in Chinese by night; each page by the rules of axe-core."""

from playwright.sync_api import Page, expect

from tests.e2e.climb.climbing import climb


def check_homes_pictures(phone: Page) -> None:
    """They follow the dark, and their cards the phone: one below the other."""
    pictures = phone.locator("svg.picture")
    expect(pictures.last).to_be_visible()
    line = phone.locator("svg.picture .model.line").first
    expect(line).to_have_css("stroke", "rgb(143, 160, 255)")
    lefts = {box["x"] for picture in pictures.all() if (box := picture.bounding_box())}
    assert len(lefts) == 1


def test_climbed_in_chinese_by_night_on_a_phone(phone: Page, server: str) -> None:
    phone.set_default_timeout(120_000)
    phone.goto(server)
    expect(phone.get_by_role("heading", name="Neuron Ladder")).to_be_visible()
    assert "lang" not in phone.url  # the browser's language is the first guess
    check_homes_pictures(phone)
    assert climb(phone, "zh") == {}
