"""Without a pointer: everything here is done by keys, and known from what is said."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.digits.test_sketch import answers

FOCUSED = """() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused?.getAttribute("aria-label") || focused?.textContent || "";
}"""


def tab_to(page: Page, name: str, most: int = 100) -> None:
    """Press Tab until what is called so, perhaps after an icon, has the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1].endswith(name):
            return
    raise AssertionError(f"Not among the keyboard's stops: {name}. They are {passed}.")


def press(page: Page, *keys: str) -> None:
    """Press keys in turn; ``ArrowLeft*3`` is three times."""
    for key in keys:
        name, _, times = key.partition("*")
        for _time in range(int(times or 1)):
            page.keyboard.press(name)


def write_seven(page: Page) -> None:
    """From the middle of the canvas: a bar, and down along a diagonal, with two arrows at once."""
    press(page, "Shift+ArrowLeft", "ArrowLeft*2", "Shift+ArrowUp*2", "Space", "ArrowRight*12")
    page.keyboard.down("ArrowDown")
    press(page, "ArrowLeft*8")
    page.keyboard.up("ArrowDown")
    press(page, "ArrowDown*6")


def test_from_home_to_a_classified_digit_without_a_pointer(page: Page, server: str) -> None:
    page.goto(server)
    expect(page.get_by_role("heading", name="Neuron Ladder")).to_be_visible()
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
    tab_to(page, "Sketch")
    press(page, "Enter")
    canvas = page.get_by_role("application", name="Canvas to draw a digit on")
    expect(canvas).to_be_visible()
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
    tab_to(page, "Canvas to draw a digit on")
    expect(canvas).to_be_focused()
    frame = page.locator(".dc-scroll")
    assert frame.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    pen = page.locator(".st-key-canvas .pen")
    expect(pen).to_be_visible()
    write_seven(page)
    said, place = page.locator("#announcement"), page.locator("#pen_place")
    expect(place).to_have_text("Pen down. Column 12 of 28, row 21.")
    expect(said).to_have_text("")  # a stroke is read once it is drawn
    press(page, "Enter")
    expect(said).to_have_text(re.compile(r"^The network reads 7, .* % sure\.$"))
    expect(place).to_have_text("Pen up. Column 12 of 28, row 21.")
    answers(page, "7")
    press(page, "Space", "ArrowRight*3", "Delete")  # a stroke begun by mistake
    expect(pen).to_have_class("pen")
    press(page, "Backspace")
    answers(page, "–")
    expect(canvas).to_be_focused()
    press(page, "Escape")
    expect(pen).to_be_hidden()


@pytest.mark.proof
def test_a_hand_is_written_without_a_pointer_in_chinese(page: Page, server: str) -> None:
    page.goto(f"{server}/handwriting?lang=zh")
    canvas = page.get_by_role("application", name="书写数字的画布")
    expect(canvas).to_be_visible()
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
    tab_to(page, "书写数字的画布")
    press(page, "ArrowLeft*3", "Shift+ArrowUp*2", "Space", "ArrowRight*6")
    press(page, *["ArrowRight", "ArrowDown"] * 2, "ArrowDown*12", *["ArrowDown", "ArrowLeft"] * 2)
    press(page, "ArrowLeft*6", *["ArrowLeft", "ArrowUp"] * 2, "ArrowUp*12")
    press(page, *["ArrowUp", "ArrowRight"] * 2, "Space")
    expect(page.get_by_role("button", name="保留这个 0")).to_be_enabled()
    tab_to(page, "重新开始")  # the canvas's own buttons have names, too
    tab_to(page, "保留这个 0")
    press(page, "Enter")
    expect(page.locator("#announcement")).to_have_text(re.compile("^你写的是 0，网络读作 0，"))
