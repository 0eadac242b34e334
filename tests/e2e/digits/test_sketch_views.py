import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Draw
from tests.e2e.digits.test_sketch import SEVEN, answers


def test_a_click_on_a_tile_picks_its_unit_and_a_stroke_moves_the_tiles(
    page: Page, server: str, draw: Draw
) -> None:
    page.goto(f"{server}/sketch")
    draw(page, *SEVEN)
    answers(page, "7")
    tiles = page.locator(".st-key-chart_tiles svg.marks")
    expect(tiles).to_contain_text(re.compile(r"layer 1: \d+ of 200 active"))
    tiles.locator("g.mark-rect.role-mark path").nth(200 + 37).click()
    expect(page.get_by_text("Unit 37 of layer 2:")).to_be_visible()
    expect(page.get_by_label("Unit", exact=True)).to_have_value("37")
    before = tiles.text_content()
    draw(page, (70, 150), (200, 150))
    expect(tiles).not_to_have_text(str(before))
    expect(page.get_by_text("Unit 37 of layer 2:")).to_be_visible()


@pytest.mark.proof
def test_why_and_the_honesty_switch(page: Page, server: str, draw: Draw) -> None:
    page.goto(f"{server}/sketch?straight=true&look=why&why_not=1")
    draw(page, (15, 15), (50, 15), (30, 60))
    answers(page, "7")
    expect(page.get_by_role("heading", name="Why 7 and not 1?")).to_be_visible()
    expect(page.get_by_text("answers differently")).to_be_visible()
    page.get_by_text("Nearest training images").click()
    expect(page.get_by_text(re.compile(r"image [\d,]+, distance"))).to_have_count(3)
