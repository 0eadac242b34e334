import re

import pytest
from playwright.sync_api import Page, expect

from core.ladder import LADDER

STEP = "input[name='step']"


def test_a_card_is_a_link_and_the_next_visit_continues_there(page: Page, server: str) -> None:
    page.goto(server, wait_until="networkidle")  # fonts come late, and move the cards
    card = page.locator(".st-key-card_gradient_descent")
    expect(page.locator("svg.picture")).to_have_count(sum(map(len, LADDER.values())))
    expect(page.locator(".st-key-cards")).to_have_css("display", "grid")
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
    card.click(position={"x": 8, "y": 8})  # far from the title: the whole card is the link
    expect(page.get_by_role("heading", name="Gradient descent", level=1)).to_be_visible()
    page.wait_for_function("document.cookie.includes('nl_last=gradient_descent')")
    page.goto(server)  # a new session: only the browser remembers
    page.get_by_role("link", name="Continue where you were: Gradient descent").click()
    expect(page.get_by_role("heading", name="Gradient descent", level=1)).to_be_visible()


def test_the_network_is_stepped_and_layer_sizes_are_counted(page: Page, server: str) -> None:
    page.goto(f"{server}/what_is_a_model")
    step = page.locator(STEP)
    expect(page.get_by_text("Round 1 of 12. Forward").first).to_be_visible()
    page.get_by_text("Next step", exact=True).click()
    expect(page.get_by_text("Round 1 of 12. Loss").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Round 1 of 12. Backward").first).to_be_visible()
    expect(page.get_by_text("∂L/∂w₁", exact=True).first).to_be_visible()
    expect(page.get_by_text("−0.0547", exact=True).first).to_be_visible()
    page.get_by_text("Next step", exact=True).click()
    expect(page.get_by_text("0.270 → 0.275", exact=True).first).to_be_visible()
    page.get_by_text("Next step", exact=True).click()
    expect(page.get_by_text("Round 2 of 12. Forward").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(step).to_have_value("3")
    page.locator("input[name='playing']").check()
    page.wait_for_function("document.querySelector(\"input[name='step']\").value > 4")
    page.locator("input[name='playing']").uncheck()

    sizes = page.get_by_role("textbox", name="Layer sizes")
    sizes.fill("1-2-1")
    sizes.press("Enter")
    expect(page.get_by_role("cell", name="1 × 2 + 2")).to_be_visible()
    expect(page).to_have_url(re.compile("layers=1-2-1"))
    sizes.fill("1-2-x")
    sizes.press("Enter")
    expect(page.get_by_text("“x” is not a whole number")).to_be_visible()


@pytest.mark.proof
def test_on_a_phone_nothing_of_the_network_is_cut_off(phone: Page, server: str) -> None:
    phone.goto(f"{server}/what_is_a_model?wm_y=-2&wm_rounds=3")
    expect(phone.locator(STEP)).to_have_value("0")
    for _ in range(3):
        phone.locator(".vega-bind:has(input[name='next']) label").click()
    expect(phone.locator(STEP)).to_have_value("3")
    for chart in phone.locator(".stVegaLiteChart svg.marks").all():
        box = chart.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    updates = phone.locator(".stVegaLiteChart svg text").filter(has_text=re.compile(r"\d → "))
    assert updates.count() == 7
    chart_box = phone.locator(".stVegaLiteChart svg.marks").first.bounding_box()
    for text in updates.all():
        inside = text.bounding_box()
        assert inside
        assert chart_box
        assert inside["x"] >= chart_box["x"]
        assert inside["x"] + inside["width"] <= chart_box["x"] + chart_box["width"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_class_and_the_answers_so_far_are_found_again_on_the_next_visit(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/check?class=123")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("I do not know", exact=True).click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Question 2 of 12").first).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    page.wait_for_function("localStorage.neuron_ladder_record?.includes('check/before_weight')")
    (kept,) = (one["value"] for one in page.context.cookies() if one["name"] == "nl_class")
    assert kept.startswith("123.")
    page.goto(f"{server}/check")  # a new session: only the browser remembers
    expect(page.get_by_role("button", name="Go on with question 2")).to_be_visible()
    expect(page.get_by_text("experiment of class 123")).to_be_visible()
    page.get_by_role("button", name="Take no part").click()
    page.wait_for_function("document.cookie.includes('nl_class=0.')")
    expect(page.get_by_text("experiment of class 123")).to_have_count(0)
