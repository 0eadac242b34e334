import pytest
from playwright.sync_api import Page, expect

from tests.e2e.clicks import click_until


def test_a_click_on_a_cell_opens_its_images(page: Page, server: str) -> None:
    page.goto(f"{server}/inspect?net=article")
    held = page.get_by_text("11 images of a 9 are read as a 4.")
    expect(held).to_be_hidden()  # it answers what is asked
    page.get_by_role("button", name="Skip").click()
    expect(held).to_be_visible()
    matrix = page.locator(".st-key-chart_confusion")
    fours = page.get_by_text("16 images of a 4 are read as a 9.")
    click_until(matrix.get_by_text("16", exact=True), fours)
    expect(page).to_have_url(f"{server}/inspect?net=article&truth=4&read_as=9")
    page.get_by_role("combobox", name="Read as").click()
    page.get_by_role("option", name="8", exact=True).click()
    expect(page.get_by_text("2 images of a 4 are read as a 8.")).to_be_visible()
    click_until(matrix.get_by_text("16", exact=True), fours)  # the cell that was clicked last
    sixes = page.get_by_text("928 images of a 6 are read as a 6.")
    click_until(matrix.get_by_text("928", exact=True), sixes)  # right answers can be seen as well


@pytest.mark.proof
def test_pointing_at_a_digit_of_the_map_shows_its_image(page: Page, server: str) -> None:
    page.goto(f"{server}/inspect?net=article")
    chart = page.locator("canvas.marks")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    picture = page.locator("#vg-tooltip-element.visible img")
    for x in range(60, int(box["width"]), 4):
        page.mouse.move(box["x"] + x, box["y"] + box["height"] / 2)
        if picture.count():
            break
    assert picture.evaluate("image => [image.naturalWidth, image.clientWidth]") == [28, 84]


def test_a_clicked_unit_is_silenced(page: Page, server: str) -> None:
    page.goto(f"{server}/inspect?net=modern&mute_layer=3")
    strip = page.locator(".st-key-chart_unit_strip")
    bar = strip.locator("g.role-mark path").nth(5)
    click_until(bar, page.get_by_text("Unit 5 is active on"))
    expect(page.get_by_role("spinbutton", name="Unit")).to_have_value("5")
    page.get_by_text("100 %", exact=True).click()
    expect(page.get_by_text("Units silenced: 200.")).to_be_visible()
