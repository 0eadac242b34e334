import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.climb.climbing import findings


def place(plane: Locator, x1: float, x2: float) -> dict[str, float]:
    """Where a point of the usual plane, from −3 to 3, lies in the picture."""
    box = plane.bounding_box()
    assert box
    across, down = 34 + (x1 + 3) / 6 * 280, 6 + (3 - x2) / 6 * 290
    return {"x": across / 320 * box["width"], "y": down / 320 * box["height"]}


def in_use(page: Page, text: str) -> None:
    expect(page.get_by_text(re.compile(f"^In use: {text}"))).to_be_visible()


@pytest.mark.proof
def test_points_are_clicked_moved_pasted_and_travel_in_the_link(
    page: Page, server: str, laptop: BrowserContext
) -> None:
    page.goto(f"{server}/boundary?src=own")
    plane = page.get_by_role("application", name="The plane, to set points in")
    in_use(page, "an example, N = 6")
    page.get_by_role("button", name="Delete all").click()
    expect(page.get_by_text("There is no point yet")).to_be_visible()
    plane.click(position=place(plane, -2, -1))
    plane.click(position=place(plane, -1, -2))
    page.get_by_role("radio", name="class 1").check()
    plane.click(position=place(plane, 1.5, 1.5))
    in_use(page, "the plane, N = 3")
    expect(page.locator("strong", has_text="linearly separable")).to_be_visible()

    plane.press("PageDown")  # with the keyboard: take the first along, and let go of it
    for key in ("Enter", "ArrowUp", "ArrowUp", "Enter"):
        plane.press(key)
    expect(page.get_by_text("Moved: class 0 at x₁ = −2, x₂ = −0.7.")).to_be_attached()
    plane.press("ArrowRight")
    plane.press("ArrowRight")
    plane.press("Enter")
    in_use(page, "the plane, N = 4")
    plane.press("Delete")
    in_use(page, "the plane, N = 3")
    plane.press("Control+z")
    in_use(page, "the plane, N = 4")
    page.get_by_role("button", name="Undo the last change").click()
    in_use(page, "the plane, N = 3")
    expect(plane.locator(".point")).to_have_count(3)
    assert findings(page, code=False) == []

    expect(page).to_have_url(re.compile("pts="))
    page.reload()
    in_use(page, "the link, N = 3")
    page.get_by_text("Your data").click()
    expect(plane.locator(".point")).to_have_count(3)
    page.get_by_role("tab", name="CSV").click()
    box = page.get_by_role("textbox", name=re.compile("Paste a CSV"))
    before = page.url
    box.fill("x1;x2;class\n1;1,5;red\n-1;0;blue\n1;-1;blue\n0;1;red")
    page.get_by_role("button", name="Use this CSV").click()
    in_use(page, "the pasted text, N = 4. The classes became numbers: blue → 0, red → 1.")
    expect(page).not_to_have_url(before)

    other = laptop.new_page()
    other.goto(page.url)
    in_use(other, "the link, N = 4")
    other.get_by_text("Your data").click()
    there = other.get_by_role("application").locator(".point")
    expect(there).to_have_count(4)
