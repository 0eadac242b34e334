import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.store.store import Store
from tests.e2e.chromium import serve
from tests.e2e.conftest import Draw
from tests.e2e.places import wait_until_it_fits

SMALL = "tr_layers=1&tr_h1=16&tr_images=1000&tr_warp=0"
"""A recipe whose epochs take a moment."""

ENDLESS = "tr_layers=1&tr_h1=16&tr_images=20000&tr_warp=0&tr_epochs=1000"
"""A recipe that is still learning when somebody has stopped, gone away or ended the server."""

FIRST = 120_000
"""Milliseconds for the first worker to start on a busy machine."""

CHART = ".st-key-player_train svg.marks"


def button(page: Page, key: str) -> Locator:
    """The button with this key, in any language."""
    return page.locator(f".st-key-{key} button").first


def epoch(page: Page) -> int:
    """The last full epoch, as the page says it."""
    line = page.get_by_text("Test images read right")
    expect(line).to_have_count(1)  # what an earlier run left is gone
    found = re.search(r"after epoch (\d+)", line.inner_text())
    assert found
    return int(found[1])


def wait_for_more(page: Page, than: int) -> None:
    """Wait until more epochs are done."""
    page.wait_for_function(
        """than => {
            const line = [...document.querySelectorAll('p')]
                .find(p => p.innerText.startsWith('Test images read right'));
            return line && Number(line.innerText.match(/after epoch (\\d+)/)[1]) > than;
        }""",
        arg=than,
        timeout=FIRST,
    )


def test_train_watch_stop_resume_save_and_sketch_with_it(
    page: Page, server: str, draw: Draw
) -> None:
    page.goto(f"{server}/train?{ENDLESS}")
    expect(page.get_by_text("12,730 parameters")).to_be_visible()
    button(page, "tr_train").click()
    wait_for_more(page, than=1)
    expect(page).to_have_url(re.compile("run=[0-9a-f]{16}"))
    expect(page.get_by_text(re.compile(r"Epoch \d+ of 1000 · .* images a second"))).to_be_visible()

    # The curves go on without the chart being built anew.
    chart = page.locator(CHART)
    chart.evaluate("node => { window.watched = node; window.changes = 0 }")
    chart.evaluate(
        "node => new MutationObserver(() => window.changes++)"
        ".observe(node, {subtree: true, attributes: true, childList: true})"
    )
    page.wait_for_function("window.changes >= 3")
    assert chart.evaluate("node => node === window.watched")

    button(page, "tr_stop").click()
    resume = button(page, "tr_resume")
    expect(resume).to_be_visible()
    stopped = epoch(page)
    page.reload()  # nothing is lost
    expect(resume).to_be_visible()
    assert epoch(page) == stopped
    resume.click()
    wait_for_more(page, than=stopped)
    page.get_by_role("link", name="Playground").last.click()
    expect(page.get_by_role("heading", name="Playground", level=1)).to_be_visible()
    page.get_by_role("link", name="Next: Train").click()
    wait_for_more(page, than=stopped + 1)
    button(page, "tr_pause").click()

    page.get_by_role("textbox", name="Save the network as").fill("my first network")
    button(page, "tr_save").click()
    button(page, "tr_use_saved").click(timeout=FIRST)
    expect(page.get_by_role("heading", name="Sketch", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile("net=model-[0-9a-f]{16}"))
    network = page.get_by_role("combobox", name="Network")
    expect(network).to_have_value("Saved: my first network")
    draw(page, (80, 60), (200, 60), (120, 230))
    expect(page.get_by_test_id("stMetricValue")).to_have_text(re.compile(r"^\d$"))


def test_what_is_changed_in_a_linked_recipe_is_there_after_a_reload(
    page: Page, server: str
) -> None:
    page.goto(f"{server}/train?tr_preset=convolutional&lang=en")
    kernel = page.get_by_role("radiogroup", name="Kernel size")
    recipe = page.get_by_role("combobox", name="Recipe")
    for side, others in (("7×7", "tr_kernel=7"), ("3×3", "tr_layers=0")):  # 3 is as usual
        kernel.get_by_text(side).click()
        expect(recipe).to_have_value("Your own")
        expect(page).to_have_url(re.compile(f"tr_blocks=2.*{others}"))
        page.reload()
        expect(kernel.get_by_role("radio", name=side)).to_be_checked()
        expect(recipe).to_have_value("Your own")
    expect(page).not_to_have_url(re.compile("tr_kernel"))


def test_a_phone_trains_and_shows_all_of_it(phone: Page, server: str) -> None:
    phone.goto(f"{server}/train?{SMALL}&tr_epochs=3")
    button(phone, "tr_train").tap()
    expect(phone.locator(".st-key-tr_live_run .stProgress")).to_contain_text("3", timeout=FIRST)
    expect(button(phone, "tr_save")).to_be_visible(timeout=FIRST)
    wait_until_it_fits(phone, CHART)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.proof
def test_a_server_that_is_ended_hands_its_runs_back(page: Page, tmp_path: Path) -> None:
    """The next server finds them in its queue, with a checkpoint of the update they had come to."""
    with serve(environment={"NEURON_LADDER_HOME": str(tmp_path)}) as fresh:
        page.goto(f"{fresh}/train?{ENDLESS}")
        button(page, "tr_train").click()
        expect(page.get_by_text("Test images read right")).to_be_visible(timeout=FIRST)
    store = Store(f"sqlite:///{tmp_path / 'neuron_ladder.sqlite3'}")
    (run,) = store.runs.matching()
    assert run.status == "queued", run
    assert run.epochs_done >= 1
    assert store.checkpoints.of_run(run.id)
