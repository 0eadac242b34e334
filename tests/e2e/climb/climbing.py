"""The ladder climbed by its links, from Home to its end; each page by the rules of axe-core.

WCAG 2.2 AA, in both themes and both languages: a theme changes colours and a language changes
words, so each page is looked at twice, on a laptop in English by day and on a phone in Chinese by
night, with all that can be opened open. On the phone nothing may be cut off, either.
"""

from typing import NamedTuple
from urllib.parse import urljoin

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from core.ladder import GLOSSARY, HOME, LADDER, PRIVACY, TEACH
from pages.shared.i18n import catalogue, tag

RUNGS = [rung for rungs in LADDER.values() for rung in rungs]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,  # the styles it would fetch are in the page
}

GRAVE = {"serious", "critical"}


AT_REST = """() => document.getAnimations().every(
    one => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""
"""A fold that opens lies over what is below it, until it has."""


CUT_OFF = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const shown = main.querySelectorAll(
        ".katex-display .base, .stVegaLiteChart svg.marks, .stVegaLiteChart canvas.marks");
    const outside = [...shown].filter(one => {
        const { left, right } = one.getBoundingClientRect();
        return left < -0.5 || right > innerWidth + 0.5;
    });
    const told = outside.map(one => "cut off: " + one.textContent.slice(0, 60));
    for (const formula of main.querySelectorAll(".katex-display > .katex")) {
        const latex = formula.querySelector("annotation").textContent;
        const whole = latex.split("\\allowbreak").length;
        const parts = formula.querySelectorAll(".base").length;
        if (parts !== whole) told.push("breaks within: " + latex);
    }
    if (main.scrollWidth > main.clientWidth) told.push("scrolls sideways");
    return told;
}"""
"""Formulas and charts that are not whole within the window, formulas that may break where nothing
says that they may, and whether anything is wider."""


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
    page.wait_for_function(AT_REST)
    for shown in page.get_by_test_id("stCode").all() if code else []:
        expect(shown.locator(".token").first).to_be_attached()  # coloured, a moment later


def findings(page: Page, *, code: bool) -> list[str]:
    """What axe-core finds on a page as it is now, but for what is `KNOWN`, and what is cut off.

    The colours of code are the same everywhere, and thousands of words long: one page is enough.
    """
    context = None if code else {"exclude": [["pre code"]]}
    found = Axe().run(page, context, RULES).response["violations"]
    known = {(one.rule, one.target) for one in KNOWN}
    cut_off: list[str] = page.evaluate(CUT_OFF)
    return cut_off + [
        f"{rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if (rule["id"], str(node["target"][-1])) not in known
    ]


def climb(page: Page, language: str) -> dict[str, list[str]]:
    """Climb from Home, where the page is, to the foot, and look at the pages that are no rungs;
    return what axe-core finds, by page.
    """
    _ = catalogue(language).gettext
    found = {}
    for rung in (HOME, *RUNGS, PRIVACY, GLOSSARY, TEACH):
        if rung in (GLOSSARY, TEACH):
            page.goto(urljoin(page.url, rung.name))
        elif rung is not HOME:
            link = {RUNGS[0]: "Start climbing", PRIVACY: PRIVACY.title}.get(rung, "Next: {rung}")
            name = _(link).format(rung=_(rung.title))
            page.get_by_test_id("stMain").get_by_role("link", name=name).click()
        if rung is not HOME:
            expect(page.get_by_role("heading", name=_(rung.title), level=1)).to_be_visible()
            expect(page).to_have_title(f"{_(rung.title)} · Neuron Ladder")
        expect(page.locator("html")).to_have_attribute("lang", tag(language))
        has_code = rung.name == "one_weight"
        open_all(page, code=has_code)
        found[rung.name] = findings(page, code=has_code)
        if found[rung.name]:  # what was still on its way has arrived by now
            found[rung.name] = findings(page, code=has_code)
    return {name: texts for name, texts in found.items() if texts}
