"""A class of three browsers, from the code to a trained network, at a server that is public."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.chromium import serve
from tests.e2e.conftest import Draw
from tests.e2e.digits.test_sketch import ONE

ZERO = (140, 50), (90, 90), (80, 150), (110, 220), (160, 225), (200, 150), (140, 50)


@pytest.fixture
def public(tmp_path: Path) -> Iterator[str]:
    """Each browser is somebody else there."""
    environment = {"NEURON_LADDER_HOME": str(tmp_path), "NEURON_LADDER_SECRET": "a secret"}
    with serve(environment=environment) as address:
        yield address


@pytest.fixture
def third(laptop: BrowserContext) -> Iterator[Page]:
    """A page of a browser beside the laptop's and the phone's."""
    assert laptop.browser
    context = laptop.browser.new_context(locale="en-US")
    yield context.new_page()
    context.close()


def test_three_browsers_from_the_code_to_a_trained_network(
    page: Page, phone: Page, third: Page, public: str, draw: Draw
) -> None:
    teacher, *learners = page, phone, third
    for one in (teacher, *learners):
        one.set_default_timeout(120_000)
    teacher.goto(f"{public}/classroom")
    teacher.get_by_role("button", name="Open a class").click()
    expect(teacher.get_by_text("Nobody has come yet.")).to_be_visible()
    expect(teacher.get_by_role("img", name="QR code of the link into this class")).to_be_visible()
    link = teacher.get_by_test_id("stCode").first.inner_text()
    by_link, by_code = learners
    by_link.goto(f"{link}&lang=en")
    by_code.goto(f"{public}/classroom")
    code = link.split("room=")[1].split("&")[0]
    by_code.get_by_role("textbox", name="Code of your class").fill(code.lower())
    by_code.get_by_role("button", name="Enter").click()
    for learner in learners:
        learner.get_by_role("button", name="I take part").click()
    for learner in learners:
        write(learner, draw)
    # They have arrived, and nobody had to load the page again.
    figures = teacher.get_by_test_id("stMetricValue")
    expect(figures.nth(1)).to_have_text("4")
    expect(figures.nth(0)).to_have_text("2 / 60")
    teacher.get_by_role("button", name="Learn from the class").click()
    expect(
        teacher.get_by_role("row", name="the class's digits that were held back")
    ).to_be_visible()
    expect(teacher.get_by_text("MNIST has lost").first).to_be_visible()
    # A learner sees nothing of another's, and none of the teacher's buttons.
    expect(by_code.get_by_text("Delete this class")).to_have_count(0)
    expect(by_code.get_by_role("button", name="Learn from the class")).to_have_count(0)
    by_code.get_by_role("button", name="Take my digits back").click()
    by_code.get_by_role("button", name="Delete my digits").click()
    expect(figures.nth(0)).to_have_text("1 / 60")


def write(page: Page, draw: Draw) -> None:
    """Write a 0 and a 1."""
    expect(page.get_by_role("heading", name="Write a 0")).to_be_visible()
    draw(page, *ZERO)
    page.get_by_role("button", name="Send this 0").click()
    expect(page.get_by_role("heading", name="Write a 1")).to_be_visible()
    draw(page, *ONE)
    page.get_by_role("button", name="Send this 1").click()
    expect(page.get_by_role("heading", name="Write a 2")).to_be_visible()
