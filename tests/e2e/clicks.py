"""Clicks on what is drawn anew at that moment."""

from playwright.sync_api import Locator, expect


def click_until(target: Locator, shown: Locator, patience: float = 5_000, tries: int = 6) -> None:
    """Click, as a reader would, again where the page took no notice, until something is shown.

    A click while a chart or a menu is drawn anew reaches what is about to go away. `patience` is in
    milliseconds, for each of the `tries`.
    """
    for _ in range(tries - 1):
        if shown.is_visible():
            return
        target.click()
        try:
            expect(shown).to_be_visible(timeout=patience)
        except AssertionError:
            continue
        return
    target.click()
    expect(shown).to_be_visible()
