import re

import pytest
from playwright.sync_api import Page, expect

STEP = "input[name='step']"
AT = "input[name='at']"
PLAY = "input[name='playing']"


def numbers(page: Page) -> str:
    """The lines of numbers below the panels."""
    texts = page.locator(".stVegaLiteChart svg text").all_text_contents()
    return "\n".join(t for t in texts if "=" in t or "sample learned" in t or "Sample" in t)


def open_lesson(page: Page, server: str, link: str = "") -> None:
    page.goto(f"{server}/one_weight{link}")
    expect(page.locator(STEP)).to_have_value("100")
    expect(page.get_by_text("Every sample learned from, 100 in all.")).to_be_visible()


def press(page: Page, name: str, key: str, times: int) -> None:
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    for _ in range(times):
        slider.press(key)


def test_a_slider_changes_the_charts_data_and_the_link(page: Page, server: str) -> None:
    open_lesson(page, server)
    expect(page.get_by_text("w = 1.559 (least squares: 1.576)")).to_be_visible()
    press(page, "True slope", "ArrowRight", 5)
    expect(page.get_by_text("w = 2.059 (least squares: 2.076)")).to_be_visible()
    expect(page).to_have_url(re.compile(r"slope=2(\.0)?$"))


def test_play_pause_and_play_from_the_end(page: Page, server: str) -> None:
    open_lesson(page, server)
    page.locator("select[name='speed']").select_option("4")
    page.locator(PLAY).check()  # from the last frame it starts anew
    page.wait_for_function(
        "() => { const s = +document.querySelector(\"input[name='step']\").value;"
        " return s > 5 && s < 95 }"
    )
    page.locator(PLAY).uncheck()
    paused = page.locator(STEP).input_value()
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    expect(page.locator(STEP)).to_have_value(paused)
    assert f"Sample {int(paused) + 1} of 100" in numbers(page)
    page.locator(PLAY).check()
    expect(page.locator(PLAY)).not_to_be_checked()  # it stops by itself
    expect(page.locator(STEP)).to_have_value("100")


def test_scrubbing_writes_the_chosen_steps_numbers(page: Page, server: str) -> None:
    open_lesson(page, server)
    page.locator(STEP).fill("0")
    expect(page.get_by_text("Sample 1 of 100")).to_be_visible()
    assert re.search(r"w ← w \+ 2·η·error·x = 0\.500 \+ 2·0\.500·", numbers(page))
    page.locator(STEP).fill("41")
    expect(page.get_by_text("Sample 42 of 100")).to_be_visible()


def test_arrow_keys_step_unless_a_control_has_the_focus(page: Page, server: str) -> None:
    open_lesson(page, server)
    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(STEP)).to_have_value("98")
    page.keyboard.press("ArrowRight")
    expect(page.locator(STEP)).to_have_value("99")
    expect(page.locator(AT)).to_have_value("update 99")
    press(page, "Learning rate", "ArrowLeft", 2)
    expect(page).to_have_url(re.compile("ow_rate=0.48"))
    expect(page.locator(STEP)).to_have_value("99")  # the step survives the new data as well


def test_a_diverging_run_says_so_and_stays_readable(page: Page, server: str) -> None:
    page.goto(f"{server}/one_weight?ow_rate=4")
    expect(page.get_by_text("Diverged at update 65: the weight has run away.")).to_be_visible()
    expect(page.get_by_text("every learning rate below 1.006 is stable")).to_be_visible()
    expect(page.get_by_text("loss (log)")).to_be_visible()


@pytest.mark.parametrize(
    ("link", "text"), [("", "100 个样本已全部学完。"), ("?ow_rate=4", "在第 65 次更新时发散")]
)
def test_on_a_phone_the_panels_stack_and_nothing_is_cut_off(
    link: str, text: str, phone: Page, server: str
) -> None:
    phone.goto(f"{server}/one_weight{link}")
    expect(phone.get_by_text(text).first).to_be_visible()
    chart = phone.locator(".stVegaLiteChart svg.marks").bounding_box()
    assert chart
    assert chart["x"] >= 0
    assert chart["x"] + chart["width"] <= 390
    assert chart["height"] > chart["width"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    controls = phone.locator("form.vega-bindings").bounding_box()
    assert controls
    assert controls["y"] + controls["height"] <= 844  # in sight, although the chart goes on below


def test_in_the_dark_the_controls_are_dark(phone: Page, server: str) -> None:
    phone.goto(f"{server}/one_weight")
    form = phone.locator("form.vega-bindings")
    expect(form).to_be_visible()
    colour = form.evaluate("element => getComputedStyle(element).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 60


def test_in_a_narrow_window_the_player_shrinks(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 800, "height": 900})
    open_lesson(page, server)
    room = page.locator(".stMainBlockContainer").bounding_box()
    assert room
    for part in (".stVegaLiteChart svg.marks", "form.vega-bindings"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["x"] + box["width"] <= room["x"] + room["width"]
