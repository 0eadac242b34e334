import re

from playwright.sync_api import Page, expect


def test_z_is_dragged_w_and_b_stretch_and_a_thing_to_try_moves_them_as_often_as_it_is_pressed(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/activations")
    expect(page.get_by_text("z = 2.000", exact=True)).to_be_visible()
    z = page.locator("input[name='z']")
    z.fill("0")
    expect(page.get_by_text("z = 0", exact=True)).to_be_visible()
    expect(page.get_by_text("0.250", exact=True)).to_be_visible()  # the sigmoid's steepest slope
    page.get_by_role("button", name="GELU", exact=True).click()
    expect(page.locator(".stVegaLiteChart svg").get_by_text("GELU")).to_be_visible()
    expect(z).to_have_value("0")
    expect(page).to_have_url(re.compile("act=sigmoid&act=tanh&act=ReLU&act=GELU"))

    expect(page.get_by_text("largest distance from the straight line: 0.00706")).to_be_visible()
    w, b = page.locator("input[name='w']"), page.locator("input[name='b']")
    w.fill("20")
    b.fill("-10")
    expect(page.get_by_text("largest distance from the straight line: 0.303")).to_be_visible()
    expect(page.get_by_text("step at x = −b/w = 0.500, slope there w/4 = 5.000")).to_be_visible()
    w.fill("0")
    expect(page.get_by_text("w = 0: no step, a is the same for every x")).to_be_visible()

    for _ in range(2):
        page.get_by_role("button", name="A dead ReLU").click()
        expect(z).to_have_value("-2")
        z.fill("3")
    page.get_by_role("button", name="Only w").click()
    expect(w).to_have_value("12")
    expect(z).to_have_value("3")
