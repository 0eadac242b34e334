import re

from playwright.sync_api import Page, expect

from tests.e2e.places import to_the_end

STEP = "input[name='step']"
AT = "input[name='at']"
PLAY = "input[name='playing']"


def numbers(page: Page) -> str:
    """The lines of numbers below the panels."""
    texts = page.locator(".stVegaLiteChart svg text").all_text_contents()
    return "\n".join(t for t in texts if "=" in t or "sample learned" in t or "Sample" in t)


def open_lesson(page: Page, server: str, link: str = "") -> None:
    page.goto(f"{server}/one_weight{link}")
    expect(page.locator(STEP)).to_have_value("0")
    expect(page.get_by_text("Sample 1 of 100").first).to_be_visible()
    to_the_end(page)
    expect(page.get_by_text("Every sample learned from, 100 in all.")).to_be_visible()


def press(page: Page, name: str, key: str, times: int) -> None:
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    for _ in range(times):
        slider.press(key)


def test_it_is_played_and_the_step_is_chosen_by_time_line_and_keys_and_survives_new_data(
    page: Page, server: str
) -> None:
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

    shown = page.locator("svg.marks")
    expect(shown.get_by_text("w = 1.559 (least squares: 1.576)")).to_be_visible()
    press(page, "True slope", "ArrowRight", 5)
    expect(shown.get_by_text("w = 2.059 (least squares: 2.076)")).to_be_visible()
    expect(page).to_have_url(re.compile(r"slope=2(\.0)?(&|$)"))

    page.locator(STEP).fill("0")
    expect(page.get_by_text("Sample 1 of 100").first).to_be_visible()
    assert re.search(r"w ← w \+ 2·η·error·x = 0\.500 \+ 2·0\.500·", numbers(page))
    page.locator(STEP).fill("41")
    expect(page.get_by_text("Sample 42 of 100").first).to_be_visible()
    said = page.locator("#player_place")
    expect(said).to_have_text(re.compile(r"^update 41; Sample 42 of 100.*; w ← w"))
    expect(said).to_have_attribute("role", "status")

    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(STEP)).to_have_value("39")
    page.keyboard.press("ArrowRight")
    expect(page.locator(STEP)).to_have_value("40")
    expect(page.locator(AT)).to_have_value("update 40")
    press(page, "Learning rate", "ArrowLeft", 2)  # a control that has the focus keeps its keys
    expect(page).to_have_url(re.compile("ow_rate=0.48"))
    expect(page.locator(STEP)).to_have_value("40")


def test_on_a_phone_in_the_dark_the_panels_stack_and_the_controls_are_dark(
    phone: Page, server: str
) -> None:
    phone.goto(f"{server}/one_weight?ow_rate=4")
    to_the_end(phone)
    expect(phone.get_by_text("在第 65 次更新时发散").first).to_be_visible()
    chart = phone.locator(".stVegaLiteChart svg.marks").bounding_box()
    assert chart
    assert chart["x"] >= 0
    assert chart["x"] + chart["width"] <= 390
    assert chart["height"] > chart["width"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    form = phone.locator("form.vega-bindings")
    controls = form.bounding_box()
    assert controls
    assert controls["y"] + controls["height"] <= 844  # in sight, although the chart goes on below
    colour = form.evaluate("element => getComputedStyle(element).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 60


def test_the_player_is_as_wide_as_the_page_and_keeps_its_step(page: Page, server: str) -> None:
    """From a projector to a phone: each width has its layout, and the reader stays where he is."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_lesson(page, server)
    page.locator(STEP).fill("41")
    wide: list[float] = []
    for width, panels_in_a_row in ((1920, True), (1280, True), (1000, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 1080})
        shown = page.wait_for_function(
            """isInARow => {
                const block = document.querySelector(".stMainBlockContainer");
                const chart = document.querySelector(".stVegaLiteChart svg.marks");
                if (!chart) return false;
                const { width, height } = chart.getBoundingClientRect();
                const { paddingLeft, paddingRight } = getComputedStyle(block);
                const room = block.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
                return Math.abs(width - room) < 1 && (width > height) === isInARow && width;
            }""",
            arg=panels_in_a_row,
        )
        expect(page.locator(STEP)).to_have_value("41")
        expect(page.get_by_text("Sample 42 of 100").first).to_be_visible()
        wide.append(shown.json_value())
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    assert wide == sorted(wide, reverse=True)
    assert wide[0] > 1500


def test_what_builds_the_player_anew_leaves_the_reader_and_the_settings_where_they_are(
    page: Page, server: str
) -> None:
    """A half of the run stays a half of it, with other samples and in another language."""
    open_lesson(page, server, "?data=negated")
    expect(page).to_have_title("One weight · Neuron Ladder")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(STEP).fill("50")
    page.get_by_label("Number of samples n: type a number").fill("40")
    page.keyboard.press("Enter")
    expect(page.locator(STEP)).to_have_attribute("max", "40")
    expect(page.locator(STEP)).to_have_value("20")
    page.get_by_text("中文").click()
    expect(page.get_by_text("第 21 个样本").first).to_be_visible()
    expect(page.locator(STEP)).to_have_value("20")
    fill = page.locator(STEP).evaluate("e => e.style.getPropertyValue('--vega-range-progress')")
    assert fill == "50%"
    expect(page.get_by_role("heading", name="一个权重", level=1)).to_be_visible()
    expect(page).to_have_title("一个权重 · Neuron Ladder")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    told = {one for one in page.url.split("?")[1].split("&") if not one.startswith("step=")}
    assert told == {"n=40", "data=negated", "lang=zh"}
