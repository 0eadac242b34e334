"""Predict, see the gap, answer, be shown why, answer again, and find it on Home after a reload."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from core.learning.exercises import Text, load
from tests import ROOT
from tests.e2e.places import to_the_end

STEP = "input[name='step']"
PLAY = "input[name='playing']"


LAST = next(
    one
    for one in load(ROOT / "pages" / "lines" / "one_weight" / "exercises.toml").questions
    if one.id == "ow_last"
)


def start_of(text: Text) -> str:
    """The first words, without anything that Markdown or the page would write otherwise."""
    return text.told("en")[:20]


def answer(question: Locator, text: Text) -> None:
    question.get_by_text(start_of(text)).click()
    question.get_by_role("button", name="Check").click()


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
    told = page.locator(".st-key-prediction_told").get_by_text(re.compile("−3.000.*1.559"))
    expect(page.locator(PLAY)).to_be_checked()
    expect(told).to_be_hidden()  # until it has run
    expect(page.locator(STEP)).to_have_value("100")
    expect(told).to_be_visible()
    expect(page.get_by_text("your guess", exact=True).last).to_be_visible()

    chart, question = page.locator("svg.marks"), page.locator(".st-key-question_ow_last")
    wrong, right = (LAST.choices[place] for place in (0, 1))
    answer(question, wrong.text)
    why = question.get_by_text(start_of(wrong.why))
    expect(why).to_be_visible()
    expect(page.locator("#announcement")).to_have_text(re.compile(start_of(wrong.why)))
    question.get_by_role("button", name="Show me").click()
    expect(chart.get_by_text("w = 2.003")).to_be_visible()
    expect(page.locator(".st-key-player_one_weight")).to_be_in_viewport()
    expect(page.locator(".st-key-shown_run").get_by_text(start_of(wrong.why))).to_be_visible()
    page.get_by_role("button", name="Back to my settings").click()
    expect(chart.get_by_text("w = 1.559 (least")).to_be_visible()
    expect(question).to_be_in_viewport()
    answer(question, right.text)
    expect(question.get_by_text(start_of(right.why))).to_be_visible()

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


@pytest.mark.proof
def test_two_tabs_lose_nothing(page: Page, server: str) -> None:
    page.goto(f"{server}/one_weight")
    other = page.context.new_page()
    other.goto(f"{server}/one_weight")
    choices = page.locator(".st-key-question_ow_last")
    answer(choices, LAST.choices[1].text)
    number = other.locator(".st-key-question_ow_next")
    number.get_by_role("textbox").fill("7")
    number.get_by_role("button", name="Check").click()
    for tab, question in ((page, choices), (other, number)):
        expect(question.locator(".stAlert")).to_be_visible()
        settled(tab)
    names = page.evaluate(
        "Object.keys(JSON.parse(localStorage.getItem('neuron_ladder_record')).entries).sort()"
    )
    assert names == ["one_weight/ow_last", "one_weight/ow_next"]


def test_how_it_ended_is_told_and_stays_readable_once_the_run_was_seen(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/one_weight?ow_rate=4")
    expect(page.get_by_role("button", name="Run it")).to_be_visible()
    verdict = page.locator(".st-key-outcome_open").get_by_text("Diverged at update")
    seen = page.get_by_text("You have seen this run.")
    expect(verdict).to_be_attached()
    expect(verdict).to_be_hidden()
    expect(seen).to_be_hidden()
    to_the_end(page)
    expect(verdict).to_be_visible()
    expect(seen).to_be_visible()
    expect(page.get_by_role("button", name="Run it")).to_be_hidden()
    expect(page.get_by_text("Diverged at update 65: the weight has run away.")).to_be_visible()
    expect(page.get_by_text("every learning rate below 1.006 is stable")).to_be_visible()
    expect(page.get_by_text("loss (log)")).to_be_visible()
