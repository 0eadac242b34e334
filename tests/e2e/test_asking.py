"""Predict, see the gap, answer, be shown why, answer again, and find it on Home after a reload."""

import re

from playwright.sync_api import Page, expect

STEP = "input[name='step']"
PLAY = "input[name='playing']"


def settled(page: Page) -> None:
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()


def test_a_wrong_guess_and_a_wrong_answer_are_shown_and_the_right_one_is_kept(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/one_weight")
    expect(page.locator(STEP)).to_have_value("0")
    expect(page.get_by_text("Sample 1 of 100").first).to_be_visible()
    guess = page.get_by_role("slider", name="weight w")
    guess.focus()
    guess.press("Home")
    page.locator("select[name='speed']").select_option("4")
    page.get_by_role("button", name="Run it").click()
    told = page.get_by_text(re.compile("You said −3.000, it ends at 1.559"))
    expect(page.locator(PLAY)).to_be_checked()
    expect(told).to_be_hidden()  # until it has run
    expect(page.locator(STEP)).to_have_value("100")
    expect(told).to_be_visible()
    expect(page.get_by_text("your guess", exact=True)).to_be_visible()

    question = page.locator(".st-key-question_ow_last")
    question.get_by_text("Almost nothing").click()
    question.get_by_role("button", name="Check").click()
    expect(question.get_by_text("It would be so for an average")).to_be_visible()
    expect(page.locator("#announcement")).to_have_text(re.compile("It would be so"))
    question.get_by_role("button", name="Show me").click()
    expect(page.get_by_text("w = 2.003")).to_be_visible()
    expect(page.locator("svg.marks")).to_be_in_viewport()
    page.get_by_role("button", name="Back to my settings").click()
    expect(page.get_by_text("w = 1.559 (least")).to_be_visible()
    expect(question).to_be_in_viewport()
    question.get_by_text("It will be dragged away").or_(
        question.get_by_text("It is dragged away")
    ).click()
    question.get_by_role("button", name="Check").click()
    expect(question.get_by_text("so the last one has the last word")).to_be_visible()

    page.goto(server)  # a new visit: only the browser remembers
    card = page.locator(".st-key-card_one_weight")
    expect(card.get_by_text("questions 1/2")).to_be_visible()
    page.reload()
    expect(card.get_by_text("questions 1/2")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Forget all").click()
    expect(card.get_by_text("questions 0/2")).to_be_visible()
    settled(page)
    page.reload()
    expect(card.get_by_text("questions 0/2")).to_be_visible()


def test_one_key_skips_and_a_knob_turned_shows_what_comes_of_it(page: Page, server: str) -> None:
    page.goto(f"{server}/one_weight")
    expect(page.get_by_role("button", name="Run it")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Predict this run")).to_be_visible()
    expect(page.locator(STEP)).to_have_value("0")
    rate = page.get_by_role("slider", name="Learning rate")
    rate.focus()
    rate.press("ArrowLeft")
    expect(page.locator(STEP)).to_have_value("100")
    page.get_by_role("button", name="One bad sample").click()
    expect(page.get_by_role("button", name="Run it")).to_be_visible()
    expect(page.locator(STEP)).to_have_value("0")


def test_two_tabs_lose_nothing(page: Page, server: str) -> None:
    page.goto(f"{server}/one_weight")
    other = page.context.new_page()
    other.goto(f"{server}/one_weight")
    for tab, question, choice in ((page, "ow_last", "dragged away"), (other, "ow_next", None)):
        box = tab.locator(f".st-key-question_{question}")
        if choice:
            box.get_by_text(choice).click()
        else:
            box.get_by_role("textbox").fill("7")
        box.get_by_role("button", name="Check").click()
        expect(box.locator(".stAlert")).to_be_visible()
        settled(tab)
    names = page.evaluate(
        "Object.keys(JSON.parse(localStorage.getItem('neuron_ladder_record')).entries).sort()"
    )
    assert names == ["one_weight/ow_last", "one_weight/ow_next"]
