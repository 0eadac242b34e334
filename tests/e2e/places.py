"""Where things are on a page."""

from playwright.sync_api import Page


def wait_until_it_fits(page: Page, selector: str, width: int = 390) -> None:
    """Wait until the first such element is drawn, and ends within so many pixels from the left."""
    page.wait_for_function(
        """([selector, width]) => {
            const right = document.querySelector(selector)?.getBoundingClientRect().right;
            return 0 < right && right <= width;
        }""",
        arg=[selector, width],
    )
