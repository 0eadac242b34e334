import re

from playwright.sync_api import Page, expect

from tests.e2e.places import to_the_end


def test_a_line_parts_two_blobs_and_none_parts_xor(page: Page, server: str) -> None:
    page.goto(f"{server}/boundary")
    to_the_end(page)
    expect(page.get_by_text("Done: 200 updates.")).to_be_visible()
    expect(page.locator("strong", has_text="linearly separable")).to_be_visible()
    page.locator("select[name='speed']").select_option("4")
    page.locator("input[name='playing']").check()  # from the last frame it starts anew
    page.wait_for_function(
        "() => { const s = +document.querySelector(\"input[name='step']\").value;"
        " return s > 5 && s < 195 }"
    )
    page.locator("input[name='playing']").uncheck()
    page.locator("input[name='step']").fill("20")
    expect(page.get_by_text(re.compile("^Epoch 3, update 21, batch of 10"))).to_be_visible()
    expect(page.get_by_text(re.compile("^w₁ ← w₁ − η·∂L/∂w₁ = 1.627"))).to_be_visible()
    page.get_by_role("button", name="xor", exact=True).click()
    expect(page.get_by_text("not linearly separable", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("75.0 % accuracy is the most"))).to_be_visible()
    expect(page).to_have_url(re.compile("pl_shape=xor"))
    page.locator("input[name='step']").fill("100")
    expect(page.get_by_text(re.compile("^binary cross-entropy = 0.693"))).to_be_visible()
