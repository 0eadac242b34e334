"""Every page by the rules of axe-core for WCAG 2.2 AA, in both themes and both languages.

A theme changes colours and a language changes words: so each page is looked at twice, in English by
day and in Chinese by night, with all that can be opened open.
"""

from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from core.ladder import HOME, LADDER, PRIVACY, Rung

PAGES = [HOME, *(rung for rungs in LADDER.values() for rung in rungs), PRIVACY]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,  # the styles it would fetch are in the page
}

GRAVE = {"serious", "critical"}


class Known(NamedTuple):
    """A finding in what is not ours, that neither CSS nor a component of ours can mend."""

    rule: str
    target: str
    upstream: str


KNOWN: list[Known] = []
"""What cannot be mended here, each by axe-core's rule and the element's selector, and the issue."""


def open_all(page: Page, *, code: bool) -> None:
    """Open everything that is folded; `code`: and wait until it has its colours."""
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_attached()
    folded = page.locator("details:not([open]) > summary")
    folded.evaluate_all("folded => folded.forEach(one => one.click())")
    expect(page.locator("details:not([open])")).to_have_count(0)
    for shown in page.get_by_test_id("stCode").all() if code else []:
        expect(shown.locator(".token").first).to_be_attached()  # coloured, a moment later


def findings(page: Page, *, code: bool) -> list[str]:
    """What axe-core finds on a page as it is now, but for what is `KNOWN`.

    The colours of code are the same everywhere, and thousands of words long: one page is enough.
    """
    context = None if code else {"exclude": [["pre code"]]}
    found = Axe().run(page, context, RULES).response["violations"]
    known = {(one.rule, one.target) for one in KNOWN}
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if (rule["id"], str(node["target"][-1])) not in known
    ]


@pytest.mark.parametrize(
    ("language", "tag", "scheme"), [("en", "en", "light"), ("zh", "zh-CN", "dark")]
)
@pytest.mark.parametrize("rung", PAGES, ids=lambda rung: rung.name)
def test_no_page_has_a_grave_finding(
    rung: Rung, language: str, tag: str, scheme: str, page: Page, server: str
) -> None:
    page.set_default_timeout(120_000)  # Inspect reads all test images on its first visit
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server}/{'' if rung is HOME else rung.name}?lang={language}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", tag)
    has_code = rung.name == "one_weight"
    open_all(page, code=has_code)
    assert findings(page, code=has_code) == []
