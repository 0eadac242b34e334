import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.places import to_the_end


def stop_button(page: Page) -> Locator:
    """The page's own; Streamlit shows another above it while the page's script runs."""
    return page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop")


def test_an_mlp_is_scrubbed_through_and_a_stuck_start_is_one_click_away(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/mlp?mlp_epochs=2000")
    to_the_end(page)
    expect(page.get_by_text(re.compile("Epoch 2,000, update 14,000"))).to_be_visible()
    expect(page.locator("input[name='at']")).to_have_value("update 14,000")
    page.locator("input[name='step']").fill("0")
    expect(page.locator("input[name='at']")).to_have_value("update 0")
    expect(page.get_by_text("Epoch 0, update 0, loss 0.288").first).to_be_visible()
    expect(page.get_by_text(re.compile("a₁ = σ")).first).to_be_visible()
    page.get_by_role("button", name="Train 50 starts").click()
    expect(
        page.locator(".st-key-player_many_starts").get_by_text("loss at the end")
    ).to_be_visible()
    stuck = page.get_by_role("button", name=re.compile(r"^Seed \d+"))
    name = stuck.first.inner_text()
    stuck.first.click()
    seed = re.search(r"\d+", name)
    assert seed
    expect(page.get_by_role("spinbutton", name="Seed of the start")).to_have_value(seed.group())
    expect(page).to_have_url(re.compile(f"mlp_seed={seed.group()}"))


@pytest.mark.proof
def test_pytorch_runs_live_stops_resumes_and_waits_for_its_reader(page: Page, server: str) -> None:
    page.goto(f"{server}/mlp?engine=torch")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text(re.compile("about .* s left"))).to_be_visible()
    stop_button(page).click()
    progress = page.get_by_text(re.compile(r"Epoch [\d,]+ of 20,000 · stopped"))
    where = progress.inner_text()
    page.get_by_role("link", name="Sigmoid neuron").last.click()
    expect(page.get_by_role("heading", name="Sigmoid neuron", exact=True)).to_be_visible()
    page.get_by_role("link", name="Next: MLP").click()
    expect(progress).to_have_text(where)
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text(re.compile("about .* s left"))).to_be_visible()
    expect(page.get_by_text(where.removesuffix(" · stopped"))).not_to_be_visible()
    stop_button(page).click()
    expect(progress).to_be_visible()
    assert epochs(progress.inner_text()) > epochs(where)


def epochs(text: str) -> int:
    """The epochs done, of a line such as ``Epoch 1,234 of 20,000``."""
    return int(text.split()[1].replace(",", ""))


@pytest.mark.proof
def test_a_changed_hyperparameter_starts_a_new_run_and_says_so(page: Page, server: str) -> None:
    page.goto(f"{server}/mlp?engine=torch&mlp_epochs=5000")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(stop_button(page)).to_be_visible()
    slider = page.get_by_role("slider", name="Epochs")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowLeft")
    expect(page.get_by_text(re.compile("so a new run has started"))).to_be_visible()
    expect(page.get_by_text(re.compile("the two engines differ by at most"))).to_be_visible()
    to_the_end(page)
    expect(page.get_by_text(re.compile("Epoch 200, update 1,400")).first).to_be_visible()


def test_a_saturated_neuron_learns_with_the_one_loss_and_not_with_the_other(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/sigmoid_neuron")
    page.get_by_role("button", name="Saturated", exact=True).click()
    expect(page.locator("input[name='step']")).to_have_value("0")
    expect(page.get_by_text("∂ŷ/∂z = ŷ·(1 − ŷ)")).to_be_visible()
    expect(page).to_have_url(re.compile("sn_start=-20"))
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("button", name="Predict this run")).to_be_visible()
    page.get_by_role("button", name="Cross-entropy recovers").click()
    expect(page.get_by_role("button", name="Skip")).to_be_visible()  # it is asked about, too
    page.locator("input[name='step']").fill("249")
    expect(page.get_by_text(re.compile(r"^w = 33\.0"))).to_be_visible()
