"""The ladder climbed on a phone, in Chinese by night; each page by the rules of axe-core."""

from playwright.sync_api import Page, expect

from tests.e2e.climb.climbing import climb


def test_climbed_in_chinese_by_night_on_a_phone(phone: Page, server: str) -> None:
    phone.set_default_timeout(120_000)
    phone.goto(server)
    expect(phone.get_by_role("heading", name="Neuron Ladder")).to_be_visible()
    assert "lang" not in phone.url  # the browser's language is the first guess
    assert climb(phone, "zh") == {}
