import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.places import to_the_end

STEP = "input[name='step']"

FRAME = """() => {
  const marks = [...document.querySelectorAll('.st-key-player_playground svg.marks image')];
  return marks.map(mark => [mark.getAttribute('transform'), mark.getAttribute('height')]);
}"""
"""How far each film has moved; its picture is the same all the time."""


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
    expect(page.get_by_text("learned", exact=True)).to_be_visible()
    expect(player.get_by_text("3 · tanh", exact=True)).to_be_visible()
    expect(page.locator(STEP)).to_have_value("0")  # what is tried out begins at its start
    to_the_end(page)
    expect(player.get_by_text(re.compile("^Epoch 200, update 3,000"))).to_be_visible()
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
