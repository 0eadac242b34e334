import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.places import to_the_end


def test_the_weight_is_dragged_to_the_vertex(page: Page, server: str) -> None:
    page.goto(f"{server}/normal_equation")
    expect(page.get_by_text("vertex: w* = −b/2a = Σxy/Σx² = 1.576")).to_be_visible()
    position = page.locator("input[name='position']")
    position.fill("500")
    expect(page.get_by_text("w = 1.182, L(w)")).to_be_visible()
    position.fill("900")
    expect(page.get_by_text("w = 2.758, L(w)")).to_be_visible()
    page.get_by_text("To the vertex", exact=True).click()
    expect(position).to_have_value("600")
    expect(page.get_by_text("slope: 2·a·w + b = 0")).to_be_visible()
    position.fill("100")
    page.get_by_text("To the vertex", exact=True).click()
    expect(position).to_have_value("600")


def test_gradient_descent_is_told_beforehand_and_played(page: Page, server: str) -> None:
    page.goto(f"{server}/gradient_descent?gd_variant=full&gd_rate=0.5")
    to_the_end(page)
    expect(page.get_by_text("Done: 50 updates.")).to_be_visible()
    expect(page.get_by_text("Stable range: 0 < η < 2.548")).to_be_visible()
    page.locator("input[name='step']").fill("0")
    expect(page.get_by_text("Epoch 1, update 1, batch of 100").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"w ← w − η·g = 0\.100 − 0\.500·")).first).to_be_visible()
    rate = page.get_by_role("slider", name="Learning rate")
    rate.focus()
    rate.press("End")
    expect(page.get_by_text(re.compile("Diverged after .* updates: at η = 4.000"))).to_be_visible()


@pytest.mark.proof
def test_the_data_stay_the_same_on_the_next_rung(page: Page, server: str) -> None:
    page.goto(f"{server}/one_weight?slope=-1.0&data=negated")
    to_the_end(page)
    shown = page.locator("svg.marks").get_by_text("Every sample learned from, 100 in all.")
    expect(shown).to_be_visible()
    page.get_by_role("link", name="Next: Normal equation").click()
    expect(page.get_by_text(re.compile(r"vertex: w\* = .* = −0\.9"))).to_be_visible()
    expect(page).to_have_url(re.compile("data=negated"))


def test_weight_and_bias_walks_down_the_valley(page: Page, server: str) -> None:
    page.goto(f"{server}/weight_and_bias")
    to_the_end(page)
    expect(page.get_by_text("least squares: w = −1.487, b = 1.691")).to_be_visible()
    page.locator("input[name='step']").fill("0")
    expect(page.get_by_text("Epoch 1, update 1, batch of 1").first).to_be_visible()
    expect(
        page.get_by_text(re.compile(r"b ← b − η·∂L/∂b = 0\.100 − 0\.100·")).first
    ).to_be_visible()
    page.get_by_text("Sorted samples run away").click()
    expect(page.locator("input[name='step']")).to_have_attribute("max", "4")
    to_the_end(page)
    expect(page.get_by_text(re.compile("Diverged after 19 updates: at η = 0.700"))).to_be_visible()


def test_a_pasted_csv_is_learned_from(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server}/one_weight")
    page.get_by_text("your own", exact=True).click()
    page.get_by_role("tab", name="CSV").click()
    page.get_by_role("textbox", name="Paste a CSV").fill("x;y\n0,5;1\n1;2")
    page.get_by_role("button", name="Use this CSV").click()
    shown = page.locator("svg.marks")
    expect(shown.get_by_text("Every sample learned from, 2 in all.")).to_be_visible()
    expect(shown.get_by_text("(least squares: 2.000)")).to_be_visible()
    expect(page.get_by_role("textbox", name="Paste a CSV")).not_to_be_visible()  # closed after use
    page.get_by_text("Your data", exact=True).click()
    page.get_by_role("tab", name="CSV").click()
    page.get_by_role("textbox", name="Paste a CSV").focus()
    page.evaluate("text => navigator.clipboard.writeText(text)", "1e49;2e49\n" * 20_000)
    page.keyboard.press("ControlOrMeta+v")
    expect(page.get_by_text("In use: the pasted text, N = 20,000.")).to_be_visible()
    expect(page.get_by_text("10⁴⁹", exact=True).first).to_be_visible()
