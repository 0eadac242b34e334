"""A slider that is moved runs parts of its page: all that depends on it follows, nothing else."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.places import to_the_end


def test_all_that_depends_on_a_slider_follows_it(page: Page, server: str) -> None:
    page.goto(f"{server}/one_weight")
    to_the_end(page)
    settled = page.locator("[data-test-script-state='notRunning']")
    chart, question = page.locator("svg.marks"), page.locator(".st-key-question_ow_next")
    field = page.get_by_role("textbox", name="Number of samples N: type a number")
    slider = page.get_by_role("slider", name="Number of samples N")
    verdict = page.get_by_text("After the last sample w =")
    expect(verdict).to_contain_text("all 100")
    page.evaluate("document.querySelector('h1').dataset.mark = 'drawn before'")

    rate = page.get_by_role("slider", name="Learning rate")
    rate.focus()
    rate.press("ArrowRight")
    expect(question.get_by_text("η = 0.510").first).to_be_visible()
    rate.press("ArrowLeft")
    expect(question.get_by_text("η = 0.500").first).to_be_visible()
    slider.focus()
    slider.press("ArrowRight")
    expect(chart.get_by_text("Every sample learned from, 101 in all.")).to_be_visible()
    expect(verdict).to_contain_text("all 101")
    expect(field).to_have_value("101")
    expect(page).to_have_url(re.compile(r"/one_weight\?n=101(&step=1)?$"))

    field.fill("37")
    field.press("Enter")
    expect(chart.get_by_text("Every sample learned from, 37 in all.")).to_be_visible()
    expect(slider).to_have_value("37")
    expect(page).to_have_url(re.compile(r"/one_weight\?n=37(&step=1)?$"))
    field.fill("501")
    field.press("Enter")
    refused = page.get_by_text("type a whole number from 1 to 500.")
    expect(refused).to_be_visible()
    expect(chart.get_by_text("Every sample learned from, 37 in all.")).to_be_visible()
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    expect(refused).to_be_hidden()
    expect(chart.get_by_text("Every sample learned from, 42 in all.")).to_be_visible()
    expect(field).to_have_value("42")
    expect(settled).to_be_attached()
    assert page.evaluate("document.querySelector('h1').dataset.mark") == "drawn before"

    page.locator("input[name='step']").fill("20")
    question.get_by_role("textbox").fill("7")
    question.get_by_role("button", name="Check").click()
    expect(question.locator(".stAlert")).to_be_visible()
    expect(page.locator("input[name='step']")).to_have_value("20")  # it disturbs no player
    page.get_by_text("Take it with you").click()
    expect(page.get_by_role("button", name="Python file")).to_be_visible()
    expect(settled).to_be_attached()
