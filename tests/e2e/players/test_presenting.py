"""The player on a projector: it fills the screen, is read from afar, and is played by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import to_the_end

STEP = "input[name='step']"
PLAY = "input[name='playing']"

ON_STAGE = """() => {
    const chart = document.querySelector("[class*='st-key-steps_'] svg.marks");
    const { right, bottom, height } = chart.getBoundingClientRect();
    const upright = [...chart.querySelectorAll("text")].filter(
        text => text.textContent.trim() && text.getScreenCTM().a > 0.1);
    const letters = upright.map(
        text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a);
    const main = document.querySelector(".stMain");
    return {
        scrolls: Math.max(main.scrollHeight - innerHeight, main.scrollWidth - innerWidth),
        cut: Math.max(right - innerWidth, bottom - innerHeight),
        filled: height / innerHeight,
        smallest: Math.min(...letters) / innerHeight,
        others: [...main.querySelectorAll(".stElementContainer")].filter(
            element => element.checkVisibility()
                && !element.closest("[class*='st-key-steps_'], .st-key-present_switch")).length,
    };
}"""


@pytest.mark.parametrize(
    "size", [(1920, 1080), pytest.param((1280, 720), marks=pytest.mark.proof)], ids=str
)
def test_the_player_and_its_numbers_fill_the_screen(
    size: tuple[int, int], page: Page, server: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in ("what_is_a_model", "boundary"):
        page.goto(f"{server}/{name}?present=true")
        expect(page.locator(STEP)).to_be_visible()
        expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
        expect(page.get_by_role("heading", name="Learning")).to_be_hidden()
        stage = page.evaluate(ON_STAGE)
        assert stage["scrolls"] <= 0, name
        assert stage["cut"] <= 0, name
        assert stage["others"] == 0, name
        assert stage["filled"] > 0.85, name
        assert stage["smallest"] > 0.017, name  # of the window's height: small print is 0.01 of it


def test_one_presents_by_a_switch_plays_by_keys_and_leaves(page: Page, server: str) -> None:
    page.goto(f"{server}/one_weight")
    to_the_end(page)
    page.get_by_text("Present", exact=True).click()
    expect(page).to_have_url(re.compile(r"present=true"))
    expect(page.get_by_role("heading", name="Learning")).to_be_hidden()
    expect(page.locator("h1")).to_be_hidden()
    numbers = page.locator(".st-key-player_one_weight svg.marks")
    expect(numbers).to_contain_text("w = 1.559")
    page.keyboard.press("Home")
    expect(page.locator(STEP)).to_have_value("0")
    expect(numbers).to_contain_text("Sample 1 of 100")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(STEP)).to_have_value("1")
    page.keyboard.press("Space")
    expect(page.locator(PLAY)).to_be_checked()
    page.wait_for_function("document.querySelector(\"input[name='step']\").value > 3")
    page.keyboard.press("Space")
    expect(page.locator(PLAY)).not_to_be_checked()
    page.keyboard.press("End")
    expect(page.locator(STEP)).to_have_value("100")
    speed = page.locator("select[name='speed']")
    speed.focus()
    speed.press("Home")  # a control that has the focus keeps its keys
    expect(speed).to_have_value("0.25")
    expect(page.locator(STEP)).to_have_value("100")
    page.locator(PLAY).check()
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("heading", name="Learning")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"^{server}/one_weight(\?step=[\d.]+)?$"))
    # The player is built anew: it goes on where it was, as fast.
    expect(page.locator(PLAY)).to_be_checked()
    expect(speed).to_have_value("0.25")
    page.locator(PLAY).uncheck()
    page.locator(STEP).fill("30")
    page.locator("h1").click()
    page.keyboard.press("Home")  # scrolls the page, as ever
    expect(page.locator(STEP)).to_have_value("30")
