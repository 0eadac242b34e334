import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.clicks import click_until
from tests.e2e.places import wait_until_it_fits

SMALL = "sw_learning_rate=0.001,0.01,1&sw_batch_size=20,50&sw_images=100"
"""Six runs whose epochs take a moment."""

ENDLESS = "sw_learning_rate=0.001,0.002,0.005&sw_batch_size=20,50&sw_images=20000&sw_epochs=1000"
"""Six runs of which none is over before somebody stops them."""

FIRST = 120_000
"""Milliseconds for the first worker to start on a busy machine."""

MAP = ".st-key-sw_map svg.marks"


def button(page: Page, key: str) -> Locator:
    """The button with this key, in any language."""
    return page.locator(f".st-key-{key} button:visible").first


def cells(page: Page) -> Locator:
    """The cells of the heat map."""
    return page.locator(f"{MAP} .mark-rect.role-mark path")


def test_sweep_watch_choose_and_compare(page: Page, server: str) -> None:
    page.goto(f"{server}/sweep?{SMALL}&sw_epochs=4")
    expect(page.get_by_text("6 runs", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile(r"about 1\d of 24 epochs · (about )?\d"))).to_be_visible(
        timeout=FIRST
    )
    button(page, "sw_start").click()
    expect(cells(page)).to_have_count(6)
    chart = page.locator(MAP)
    chart.evaluate("node => { window.watched = node }")
    expect(page).to_have_url(re.compile("sweep=[0-9a-f]{16}"))
    expect(page.get_by_text("6 of 6 runs are over")).to_be_visible(timeout=FIRST)
    expect(page.get_by_text("Best:", exact=True)).to_be_visible()
    # It filled in without being built anew, and every cell is a run.
    assert chart.evaluate("node => node === window.watched")
    expect(chart.get_by_text(re.compile(r"^\d+\.\d$"))).to_have_count(6)
    expect(page.get_by_text(re.compile(r"Ended early \(×\): \d of 6 runs"))).to_be_visible()

    cells(page).nth(2).click()
    expect(page.get_by_text("Chosen:", exact=True)).to_be_visible()
    button(page, "sw_compare").click()
    expect(page.get_by_role("heading", name="Compare", level=1)).to_be_visible()
    expect(page.locator(".stVegaLiteChart svg.marks").first).to_be_visible()


@pytest.mark.proof
def test_stop_go_on_and_delete(page: Page, server: str) -> None:
    page.goto(f"{server}/sweep?{ENDLESS}&sw_prune=false")
    button(page, "sw_start").click()
    expect(page.get_by_text(re.compile(r"0 of 6 runs are over · [1-9]\d* epochs"))).to_be_visible(
        timeout=FIRST
    )
    button(page, "sw_stop").click()
    expect(button(page, "sw_resume")).to_be_visible(timeout=FIRST)
    expect(page.get_by_text(re.compile(r"0 of 6 runs are over · [1-9]\d* epochs"))).to_be_visible()
    page.reload()  # nothing is lost
    button(page, "sw_resume").click()
    expect(button(page, "sw_stop")).to_be_visible()
    sweep_id = re.search(r"sweep=([0-9a-f]{16})", page.url)
    assert sweep_id
    delete = button(page, "sw_delete")
    click_until(page.get_by_role("button", name="More"), delete)  # a page drawn anew closes it
    delete.click()
    expect(page).not_to_have_url(re.compile(sweep_id[1]))
    expect(button(page, "sw_stop")).not_to_be_visible()


def test_a_phone_sweeps_shows_all_of_it_and_trains_the_best(phone: Page, server: str) -> None:
    phone.goto(f"{server}/sweep?{SMALL}&sw_epochs=1&lang=en")
    button(phone, "sw_start").tap()
    expect(button(phone, "sw_best_train")).to_be_visible(timeout=FIRST)
    expect(button(phone, "sw_stop")).not_to_be_visible(timeout=FIRST)  # nothing moves any more
    expect(cells(phone)).to_have_count(6)
    wait_until_it_fits(phone, MAP)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    line = phone.locator(".st-key-sw_live").locator("p", has_text=re.compile(r"^Best: "))
    rate = re.search(r"η ([\d.]+),", line.inner_text())
    assert rate
    heading = phone.get_by_role("heading", name="Train", level=1)
    click_until(button(phone, "sw_best_train"), heading)
    phone.get_by_role("button", name="Settings", exact=True).tap()
    expect(phone.get_by_test_id("stSidebar").get_by_text(rate[1], exact=True)).to_be_visible()
    expect(phone.get_by_role("combobox", name="Recipe")).to_have_value("Your own")
