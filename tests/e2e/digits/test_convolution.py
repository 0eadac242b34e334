import re

from playwright.sync_api import Page, expect


def test_one_points_and_types_and_the_sum_follows(page: Page, server: str) -> None:
    page.goto(f"{server}/convolution?cv_from=mnist")
    line = page.locator(".pad .line")
    expect(line).to_have_text(re.compile(r"^Row \d+, column \d+: the nine products add up to z ="))
    map_ = page.locator("figure.map canvas")
    map_.scroll_into_view_if_needed()
    map_.hover(position={"x": 2, "y": 2})
    expect(line).to_have_text("Row 0, column 0: the nine products add up to z = 0.00.")
    map_.focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(line).to_have_text(re.compile("^Row 5, column 1:"))
    expect(page.locator(".pad [role=status]")).to_have_text(re.compile("^Row 5, column 1:"))

    page.get_by_role("radio", name="blur").check()
    expect(page).to_have_url(re.compile("cv_kernel=blur"))
    weight = page.get_by_role("textbox", name="Weight in row 2, column 2 of the kernel")
    expect(weight).to_have_value("0.11")
    weight.fill("ten")
    weight.press("Enter")
    expect(page.get_by_text("A weight is a number from −9 to 9.")).to_be_visible()
    weight.fill("-1,5")
    weight.press("Enter")
    expect(page).to_have_url(re.compile(r"cv_kernel=own&cv_own=.*-1\.5"))
    expect(page.get_by_role("radio", name="your own")).to_be_checked()
    expect(page.get_by_text("A weight is a number from −9 to 9.")).to_be_hidden()


def test_a_finger_moves_the_kernel_and_guesses_on_a_phone_and_a_tablet(
    phone: Page, server: str
) -> None:
    phone.goto(f"{server}/convolution?cv_from=mnist")
    picture = phone.locator("figure.picture canvas")
    line = phone.locator(".pad .line")
    main = phone.get_by_test_id("stMain")
    for width, height in ((390, 844), (820, 1180)):
        phone.set_viewport_size({"width": width, "height": height})
        picture.scroll_into_view_if_needed()
        picture.tap(position={"x": 5, "y": 5})
        expect(line).to_have_text(re.compile("^第 0 行第 0 列："))
        box = picture.bounding_box()
        assert box
        picture.tap(position={"x": box["width"] / 2, "y": box["height"] / 2})
        expect(line).to_have_text(re.compile(r"^第 1[345] 行第 1[345] 列："))
        assert main.evaluate("main => main.scrollWidth") <= width
    asked = phone.locator(".st-key-prediction_open > :has(> .st-key-guess)")
    asked.evaluate("asked => asked.parentElement.append(asked)")  # as while nothing follows it yet
    expect(asked).to_have_css("position", "static")  # else what stands below it would jump
    phone.get_by_role("button", name="都不能").tap()
    expect(phone.locator(".st-key-prediction_told")).to_be_visible()
    expect(phone.get_by_role("slider", name="把图像向右移")).to_be_visible()
