import io
import re

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Draw

ONE = ((140, 40), (140, 240))
SEVEN = ((80, 60), (200, 60), (120, 230))


def answers(page: Page, label: str) -> None:
    """Wait until the page's answer is `label`."""
    expect(page.get_by_test_id("stMetricValue")).to_have_text(label)


def at_rest(page: Page) -> None:
    """Wait until the page has come to rest: the tab has what it keeps after the answer."""
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()


def reload(page: Page) -> None:
    at_rest(page)
    page.reload()


def test_strokes_are_classified_undone_cleared_and_kept(
    page: Page, server: str, draw: Draw
) -> None:
    page.goto(f"{server}/sketch")
    answers(page, "–")
    said = page.locator("#announcement")
    expect(said).to_have_text("")
    draw(page, *SEVEN)
    answers(page, "7")
    expect(said).to_have_text(re.compile(r"^The network reads 7, .* % sure\.$"))
    expect(said).to_have_attribute("role", "status")
    page.get_by_role("button", name="Clear").click()
    answers(page, "–")
    expect(said).to_have_text("")
    draw(page, *ONE)
    answers(page, "1")
    draw(page, (70, 60), (60, 150), (200, 150))  # the other stroke of a 4
    answers(page, "4")

    # It survives another page and another pen, on the canvas as well, stroke by stroke.
    page.get_by_role("link", name="Next: My handwriting").click()
    expect(page.get_by_role("heading", name="My handwriting", level=1)).to_be_visible()
    page.get_by_role("link", name="Sketch").last.click()
    answers(page, "4")
    pen = page.get_by_role("slider", name="Pen width")
    pen.focus()
    pen.press("ArrowLeft")
    expect(page).to_have_url(f"{server}/sketch?pen=19")
    answers(page, "4")
    page.get_by_role("button", name="Undo stroke").click()
    answers(page, "1")
    draw(page, (70, 60), (60, 150), (200, 150))
    answers(page, "4")

    # It survives a reload, in its own tab alone; so does what was undone.
    reload(page)
    answers(page, "4")
    page.get_by_role("button", name="Undo stroke").click()
    answers(page, "1")
    other = page.context.new_page()
    other.goto(f"{server}/sketch")
    answers(other, "–")
    other.close()
    reload(page)
    answers(page, "1")
    page.get_by_role("button", name="Undo stroke").click()
    answers(page, "–")
    draw(page, *ONE)
    answers(page, "1")

    # The tab forgets, too.
    at_rest(page)
    page.goto(f"{server}/privacy")
    at_rest(page)
    page.get_by_role("button", name="Delete all that is mine").click()
    page.get_by_role("button", name="Delete for good").press("Enter")
    expect(page.get_by_text("It is deleted.")).to_be_visible()
    page.goto(f"{server}/sketch")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    answers(page, "–")
    upload_two_files(page)


def upload_two_files(page: Page) -> None:
    """One with a 7, and one that is no image."""
    image = Image.new("L", (300, 400), 255)
    ImageDraw.Draw(image).line([(100, 80), (240, 80), (150, 330)], fill=40, width=18)
    file = io.BytesIO()
    image.save(file, "PNG")
    page.get_by_text("Upload", exact=True).click()
    chooser = page.get_by_test_id("stFileUploaderDropzoneInput")
    chooser.set_input_files({"name": "7.png", "mimeType": "image/png", "buffer": file.getvalue()})
    answers(page, "7")
    chooser.set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": b"no image"})
    expect(page.get_by_test_id("stAlert").first).to_contain_text("no PNG, JPEG, WebP, GIF")
    answers(page, "–")


def test_a_finger_draws_without_moving_the_page(phone: Page, server: str) -> None:
    phone.goto(f"{server}/sketch")
    canvas = phone.locator("canvas.upper-canvas")
    canvas.scroll_into_view_if_needed()
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390
    client = phone.context.new_cdp_session(phone)

    def touch(kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in at]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", ONE[0])
    for y in range(50, 241, 10):
        touch("touchMove", (140, y))
    touch("touchEnd")
    answers(phone, "1")
    after = canvas.bounding_box()
    assert after
    assert after["y"] == box["y"]


def test_on_a_projector_a_number_of_three_digits_is_read_from_a_larger_canvas(
    page: Page, server: str, draw: Draw
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{server}/sketch?pen=12")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box
    assert box["width"] == 448
    draw(page, (45, 90), (45, 200))
    answers(page, "1")
    draw(page, (90, 95), (150, 95), (110, 200))
    answers(page, "17")
    draw(page, (230, 90), (230, 200))
    answers(page, "171")
    expect(page.get_by_test_id("stMetricDelta")).to_have_text("3 digits")
    expect(page.get_by_alt_text("The image with a box around each digit")).to_be_visible()
    expect(page.locator("table tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Undo stroke").click()
    answers(page, "17")
