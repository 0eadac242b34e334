"""Where the system chooses all colours: what is drawn as a background is seen all the same."""

import io
from collections import Counter

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.places import to_the_end

Colour = tuple[int, ...]

STEP = "input[name='step']"
PLAY = "input[name='playing']"
AT_REST = "[data-test-script-state='notRunning']"


def luminance(colour: Colour) -> float:
    """WCAG's relative luminance."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (part / 255 for part in colour[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast: 3 is enough for what is no text."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(shown: Locator) -> Counter[Colour]:
    """How many pixels of an element's picture have each colour."""
    with Image.open(io.BytesIO(shown.screenshot(animations="disabled"))) as picture:
        return Counter(picture.convert("RGB").get_flattened_data())


def standing_out(page: Page, shown: Locator) -> Counter[Colour]:
    """How many pixels of an element's picture have each colour that stands out from the page."""
    background = page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<i style='color: Canvas'></i>");
            const probe = document.body.lastElementChild;
            const colour = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
            probe.remove();
            return colour.slice(0, 3);
        }"""
    )
    counted = colours(shown)
    return Counter({c: n for c, n in counted.items() if contrast(c, tuple(background)) >= 3})


def seen(page: Page, shown: Locator) -> float:
    """The share of an element's picture that stands out from the page."""
    return standing_out(page, shown).total() / colours(shown).total()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.proof)])
def test_controls_are_seen_in_the_systems_colours(scheme: str, page: Page, server: str) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    page.goto(f"{server}/one_weight?bad=true")
    to_the_end(page)
    expect(page.locator(AT_REST)).to_be_attached()
    assert seen(page, page.locator(PLAY)) > 0.5
    paused = colours(page.locator(PLAY))
    page.locator("select[name='speed']").select_option("0.25")
    page.locator(PLAY).check()
    assert colours(page.locator(PLAY)) != paused
    page.locator(PLAY).uncheck()
    page.locator(STEP).fill("50")
    page.locator("h1").click()  # without the ring of the focus
    time_line = page.locator(STEP)
    assert seen(page, time_line) > 0.05
    (done, _), (ahead, _) = standing_out(page, time_line).most_common(2)
    assert contrast(done, ahead) > 1.2
    rate = page.locator(".stSlider [role='group']").first
    assert seen(page, rate.locator(":scope > [data-rac] > div:first-child")) > 0.7
    assert seen(page, rate.locator(":scope > [data-rac] > [data-rac]")) > 0.1
    on, off = (
        page.locator(f".st-key-{key} .stCheckbox label > div:first-of-type")
        for key in ("bad", "centred")
    )
    assert seen(page, off) > 0.1
    assert seen(page, on) > 0.5
    chosen, other = (page.get_by_role("radio", name=name) for name in ("English", "中文"))
    assert seen(page, chosen) > 0.7
    assert seen(page, other) < 0.4
    answers = page.locator(".st-key-question_ow_last [data-testid='stRadioOption']")
    answers.first.click()
    page.mouse.move(0, 0)
    circles = answers.locator("> div > div:first-child")
    assert seen(page, circles.first) > 0.6
    assert seen(page, circles.last) < 0.5
    text = chosen.locator("p")
    written = colours(text).most_common(2)
    assert contrast(written[0][0], written[1][0]) >= 4.5


@pytest.mark.proof
def test_a_chosen_tab_and_a_share_done_are_seen_in_the_systems_colours(
    page: Page, server: str
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{server}/one_weight?src=own")
    mark = page.get_by_role("tab", name="Table").locator(".react-aria-SelectionIndicator")
    expect(mark).to_be_visible()
    assert seen(page, mark) > 0.5
    page.goto(f"{server}/handwriting")
    track = page.get_by_test_id("stProgressBarTrack")
    expect(track).to_be_visible()
    expect(track).to_have_css("outline-style", "solid")
    canvas = page.get_by_role("application", name="Canvas to draw a digit on")
    expect(canvas).to_be_visible()
    assert seen(page, canvas) > 0.9  # black, whatever the page is
