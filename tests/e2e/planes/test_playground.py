import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.places import to_the_end
from tests.e2e.planes.test_own_points import place

STEP = "input[name='step']"

FRAME = """() => {
  const marks = [...document.querySelectorAll('.st-key-player_playground svg.marks image')];
  return marks.map(mark => [mark.getAttribute('transform'), mark.getAttribute('height')]);
}"""
"""How far each film has moved; its picture is the same all the time."""


SAMPLE = """place => [
  ...document.querySelectorAll('.st-key-player_playground svg.marks path')
].find(mark => mark.__data__?.datum?.place === place)"""
"""The mark of a sample."""


def lines(page: Page) -> list[str]:
    """The numbers below the panels."""
    return page.locator(
        ".st-key-player_playground svg.marks g.mark-text.role-mark:not([aria-hidden]) text"
    ).all_inner_texts()


def films(page: Page) -> list[str]:
    images = page.locator(".st-key-player_playground svg.marks image")
    expect(images).to_have_count(2)
    return [images.nth(i).get_attribute("href") or "" for i in range(2)]


def test_a_spiral_is_played_scrubbed_and_opened_from_its_link(
    page: Page, server: str, mobile: BrowserContext
) -> None:
    page.goto(f"{server}/playground")
    player = page.locator(".st-key-player_playground")
    to_the_end(page)
    expect(player.get_by_text(re.compile("^Epoch 200, update 3,000"))).to_be_visible()
    page.get_by_role("button", name="Spiral", exact=True).click()
    expect(page).to_have_url(re.compile("pg_shape=spiral"))
    expect(player.get_by_text("3 · tanh", exact=True)).to_be_visible()
    expect(page.locator(STEP)).to_have_value("0")  # what is tried out begins at its start
    to_the_end(page)
    expect(player.get_by_text(re.compile("^Epoch 200, update 3,000"))).to_be_visible()
    expect(page.get_by_text("learned", exact=True)).to_be_visible()
    last = page.evaluate(FRAME)
    page.locator("select[name='speed']").select_option("4")
    page.locator("input[name='playing']").check()  # from the last frame it starts anew
    page.wait_for_function(
        "() => { const s = +document.querySelector(\"input[name='step']\").value;"
        " return s > 2 && s < 28 }"
    )
    page.locator("input[name='playing']").uncheck()
    page.locator(STEP).fill("0")
    expect(player.get_by_text(re.compile("^Epoch 0, update 0"))).to_be_visible()
    first = page.evaluate(FRAME)
    assert all(one != other for one, other in zip(first, last, strict=True))
    shown = films(page)

    other = mobile.new_page()
    other.set_viewport_size({"width": 1280, "height": 800})
    other.goto(page.url)
    expect(other.locator(".st-key-player_playground svg.marks image")).to_have_count(2)
    other.wait_for_function(
        "shown => [...document.querySelectorAll('.st-key-player_playground svg.marks image')]"
        ".every((image, i) => image.getAttribute('href') === shown[i])",
        arg=shown,
    )
    other.close()


def test_three_points_are_trained_on_a_weight_is_turned_and_the_link_shows_the_same(
    page: Page, server: str, laptop: BrowserContext
) -> None:
    page.goto(f"{server}/playground?src=own&pg_test=0&pg_epochs=50")
    player = page.locator(".st-key-player_playground")
    plane = page.get_by_role("application", name="The plane, to set points in")
    page.get_by_role("button", name="Delete all").click()
    expect(page.get_by_text("There is no point yet")).to_be_visible()
    plane.click(position=place(plane, -2, -1))
    plane.click(position=place(plane, 2, -1))
    page.get_by_role("radio", name="class 1").check()
    plane.click(position=place(plane, 0, 2))
    expect(page.get_by_text("In use: the plane, N = 3.")).to_be_visible()
    page.get_by_text("Your data").click()
    to_the_end(page)
    expect(player.get_by_text(re.compile("^Epoch 50, update 50"))).to_be_visible()

    page.get_by_text("One sample, number by number").click()
    expect(page.get_by_text("Training sample 1, at epoch 50, update 50")).to_be_visible()
    page.locator(STEP).fill("0")
    expect(page.get_by_text("Training sample 1, at epoch 0, update 0")).to_be_visible()
    third = page.evaluate_handle(SAMPLE, 2).as_element()
    assert third
    third.click()
    expect(page.get_by_text("Training sample 3, at epoch 0, update 0")).to_be_visible()
    steps = page.evaluate("history.length")
    second = page.evaluate_handle(SAMPLE, 1).as_element()
    assert second
    second.hover()  # no step for "back"
    expect(page.get_by_text("Training sample 2, at epoch 0, update 0")).to_be_visible()
    assert page.evaluate("history.length") == steps

    page.get_by_text("Turn it by hand").click()
    by = page.get_by_role("textbox", name="Turn it by: type a number")
    by.fill("1.5")
    by.press("Enter")
    expect(page.get_by_text(re.compile("as turned"))).to_be_visible()
    expect(page).to_have_url(re.compile("pg_by=1.5"))
    page.get_by_role("button", name="Learn on from there").click()
    expect(page).to_have_url(re.compile("pg_from="))
    rate = page.get_by_role("textbox", name="Learning rate η: type a number")
    rate.fill("0.3")
    rate.press("Enter")
    expect(page.get_by_text("From update 50 on: Learning rate η 0.03 → 0.3")).to_be_visible()
    expect(page.get_by_text(re.compile("parameters turned by hand: 1"))).to_be_visible()
    to_the_end(page)
    last = player.get_by_text(re.compile("^Epoch 100, update 100, η = 0.3"))
    expect(last).to_be_visible()
    expect(page).to_have_url(re.compile("pg_rate=0.3"))
    shown, numbers = films(page), lines(page)

    other = laptop.new_page()
    other.goto(page.url)
    to_the_end(other)
    there = other.locator(".st-key-player_playground")
    expect(there.get_by_text(re.compile("^Epoch 100, update 100, η = 0.3"))).to_be_visible()
    assert films(other) == shown
    assert lines(other) == numbers
