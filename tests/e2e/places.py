"""Where things are on a page."""

from playwright.sync_api import Page, expect


def wait_until_it_fits(page: Page, selector: str, width: int = 390) -> None:
    """Wait until the first such element is drawn, and ends within so many pixels from the left."""
    page.wait_for_function(
        """([selector, width]) => {
            const right = document.querySelector(selector)?.getBoundingClientRect().right;
            return 0 < right && right <= width;
        }""",
        arg=[selector, width],
    )


def to_the_end(page: Page) -> None:
    """Put the page's player, which opens at the start, at the end of its run."""
    step = page.locator("input[name='step']")
    expect(step).to_be_visible()
    step.fill(step.get_attribute("max") or "")
