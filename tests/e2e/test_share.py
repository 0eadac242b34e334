"""A page is set, shared and opened by somebody else: the same picture at the same step."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import new_page

STEP = "input[name='step']"

DRAWN = """() => [...document.querySelectorAll("svg.marks :is(path, text)")].map(
    (mark) => mark.getAttribute("d") ?? mark.textContent).sort()"""
"""What a chart draws; in which order its ticks were made does not count."""


def test_a_shared_link_leads_to_the_same_picture_at_the_same_step(
    page: Page, laptop: BrowserContext, server: str
) -> None:
    page.goto(f"{server}/one_weight")
    shown = page.locator("svg.marks")
    expect(shown.get_by_text("Sample 1 of 100").first).to_be_visible()
    page.get_by_role("button", name="One bad sample").click()
    expect(page.locator('.st-key-preset_1 [data-testid="stBaseButton-primary"]')).to_be_visible()
    page.locator(STEP).fill("98")
    expect(shown.get_by_text("Sample 99 of 100").first).to_be_visible()
    expect(page).to_have_url(re.compile("step=0.98"))  # where the player rests

    page.locator(STEP).fill("100")
    expect(shown.get_by_text("Every sample learned from, 100 in all.")).to_be_visible()
    drawn = page.evaluate(DRAWN)
    page.get_by_role("button", name="Share").click()
    shared = page.get_by_role("dialog")
    expect(shared.get_by_text("The link is copied.")).to_be_visible()
    expect(shared.get_by_role("img", name="QR code of the link")).to_be_visible()
    link = shared.locator("code").inner_text()
    assert set(link.split("?")[1].split("&")) == {"bad=true", "step=1", "lang=en"}

    for other in new_page(laptop):
        other.goto(link)
        expect(other.locator(STEP)).to_have_value("100")
        other.wait_for_function(f"drawn => ({DRAWN})().join() === drawn", arg=",".join(drawn))
