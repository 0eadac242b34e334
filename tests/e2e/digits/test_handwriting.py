import csv
import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from core.digits import mnist
from tests.core.digits.photos import photo_of
from tests.e2e.conftest import Draw
from tests.e2e.digits.test_sketch import ONE, SEVEN, answers


def test_digits_are_written_counted_downloaded_and_deleted(
    page: Page, server: str, draw: Draw
) -> None:
    page.goto(f"{server}/handwriting")
    keep = page.get_by_role("button", name="Keep this")
    expect(page.get_by_role("heading", name="Write a 0")).to_be_visible()
    expect(keep).to_be_disabled()
    draw(page, (140, 50), (90, 90), (80, 150), (110, 220), (160, 225), (200, 150), (140, 50))
    keep.click()
    answers(page, "1 / 1")
    # The canvas is empty again: a 1 drawn over the 0 would be no 1.
    expect(page.get_by_role("heading", name="Write a 1")).to_be_visible()
    expect(keep).to_be_disabled()
    draw(page, *ONE)
    keep.click()
    answers(page, "2 / 2")
    draw(page, *SEVEN)  # where a 2 is asked for
    keep.click()
    answers(page, "2 / 3")
    expect(page.get_by_text("2 → 7")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the digits").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert [(row["label"], row["read_as"]) for row in rows] == [("0", "0"), ("1", "1"), ("2", "7")]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a picture").click()
    assert np.asarray(Image.open(download.value.path())).ndim == 2
    page.get_by_role("button", name="Delete all").click()
    expect(page.get_by_role("heading", name="Write a 0")).to_be_visible()
    expect(page.get_by_text("0 of 10 digits")).to_be_visible()


def test_a_hand_is_taught_and_taken_to_sketch(page: Page, server: str, draw: Draw) -> None:
    page.goto(f"{server}/handwriting")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    draw(page, (140, 50), (90, 90), (80, 150), (110, 220), (160, 225), (200, 150), (140, 50))
    page.get_by_role("button", name="Keep this").click()
    answers(page, "1 / 1")
    page.get_by_role("button", name="Learn my hand").click()
    learned = page.get_by_role("row", name="your digits that it learned from")
    expect(learned).to_contain_text("1 / 1")
    page.get_by_role("button", name="Keep it for Sketch").click()
    page.get_by_role("button", name="Sketch with it").click()
    expect(page.get_by_role("heading", name="Sketch", level=1)).to_be_visible()
    expect(page.get_by_role("combobox", name="Network")).to_have_value("Saved: My hand")
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
    draw(page, *SEVEN)
    answers(page, "7")


@pytest.mark.proof
def test_a_photo_under_uneven_light_is_read(page: Page, server: str) -> None:
    test = mnist.load("test")
    file = io.BytesIO()
    photo = photo_of(test.images[0], np.random.default_rng(3), share=0.5)
    Image.fromarray(photo).save(file, "JPEG")
    page.goto(f"{server}/sketch?from=file")
    chooser = page.get_by_test_id("stFileUploaderDropzoneInput")
    chooser.set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
    )
    answers(page, str(test.labels[0]))
    expect(page.get_by_text("A photo: uneven light is evened out")).to_be_visible()


@pytest.mark.proof
def test_a_drawing_is_judged_while_a_network_trains(page: Page, server: str, draw: Draw) -> None:
    page.goto(f"{server}/sketch?look=train")
    page.get_by_role("button", name="Train a network").click()
    expect(page.get_by_text("MNIST's first test image, a 7")).to_be_visible()
    expect(page.get_by_text("for 7.")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Train again")).to_be_visible()
    draw(page, *ONE)
    expect(page.get_by_text("MNIST's first test image, a 7")).to_be_hidden()
    expect(page.get_by_text("Which digit is it?")).to_be_visible()
    expect(page.get_by_role("button", name="Train again")).to_be_visible()
    page.get_by_role("link", name="My handwriting").click()
    expect(page.get_by_role("heading", name="My handwriting", level=1)).to_be_visible()
    page.get_by_role("link", name="Sketch", exact=True).last.click()
    expect(page.get_by_role("button", name="Train again")).to_be_visible()
