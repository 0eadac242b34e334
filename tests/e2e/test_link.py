import re

from playwright.sync_api import Page, expect

from tests.e2e.clicks import click_until


def test_back_and_forward_lead_through_all_that_was_chosen(page: Page, server: str) -> None:
    """One step for each choice, typed number, preset and page; none for what a slider passes."""
    page.goto(f"{server}/one_weight?n=9999")
    expect(page.get_by_text("Not allowed in this link, and changed: n=9999 → 500")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/one_weight\?n=500$"))
    field = page.get_by_role("textbox", name="Number of samples N: type a number")
    variant = page.get_by_role("combobox", name=re.compile("Variant"))
    steps, shown = page.evaluate("history.length"), page.locator("svg.marks")

    field.fill("37")
    field.press("Enter")
    expect(shown.get_by_text("Every sample learned from, 37 in all.")).to_be_visible()
    slider = page.get_by_role("slider", name="Number of samples N")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    expect(shown.get_by_text("Every sample learned from, 40 in all.")).to_be_visible()
    falling = page.get_by_role("option", name="falling")
    click_until(variant, falling)
    falling.click()
    expect(page).to_have_url(re.compile(r"n=40&data=reversed"))
    page.get_by_role("button", name="It diverges").click()
    expect(page).to_have_url(re.compile(r"/one_weight\?ow_rate=4$"))
    page.get_by_role("link", name="Next: Normal equation").click()
    expect(page.get_by_role("heading", name="Normal equation", level=1)).to_be_visible()
    assert page.evaluate("history.length") == steps + 4

    page.go_back()
    expect(page.get_by_role("heading", name="One weight", level=1)).to_be_visible()
    expect(field).to_have_value("100")
    page.go_back()
    expect(shown.get_by_text("Every sample learned from, 40 in all.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"n=40&data=reversed"))
    expect(variant).to_have_value("falling")
    page.go_back()
    expect(variant).to_have_value("rising")
    expect(field).to_have_value("40")
    page.go_back()
    expect(shown.get_by_text("Every sample learned from, 500 in all.")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(variant).to_have_value("falling")
    expect(field).to_have_value("40")
    expect(page).to_have_url(re.compile(r"n=40&data=reversed"))
