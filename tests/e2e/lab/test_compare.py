import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.digits.recipe import MODERN, Recipe, to_dict
from core.store.records import EpochRow
from core.store.store import Store
from tests.waiting import wait_for

HEADER, ROW = 36, 35
"""Pixels of the table's header and of a row."""


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """The server's store, without the runs of other journeys, before and afterwards."""
    store = Store(f"sqlite:///{home}/neuron_ladder.sqlite3")
    forget_runs(store)
    yield store
    forget_runs(store)


def forget_runs(store: Store) -> None:
    for run in store.runs.matching():
        store.runs.delete(run.id)


def train(store: Store, name: str, n_epochs: int = 3, recipe: Recipe = MODERN) -> str:
    rows = [epoch(n) for n in range(1, n_epochs + 1)]
    made = store.runs.create("local", name, to_dict(recipe), n_epochs=9, status="done", epochs=rows)
    return made.id


def epoch(n: int) -> EpochRow:
    accuracy = 0.8 + n / 100
    return EpochRow(n, 55_000 * n, 2.0 * n, 1 / n, 1 / n, 0.9, accuracy, 1.1 / n, accuracy)


def tick(page: Page, row: int) -> None:
    """Tick or untick a row of the table; rows are drawn, and counted from 0."""
    box = table(page).bounding_box()
    assert box
    page.mouse.click(box["x"] + 16, box["y"] + HEADER + (row + 0.5) * ROW)


def table(page: Page) -> Locator:
    canvas = page.get_by_test_id("stDataFrame").locator("canvas").first
    canvas.scroll_into_view_if_needed()
    return canvas


def curves(page: Page) -> Locator:
    return page.locator(".st-key-player_compare")


def legend(page: Page, *names: str) -> None:
    """Expect exactly these runs to be drawn."""
    labels = curves(page).locator(".role-legend-label text")
    expect(labels).to_have_text(list(names))


def test_two_runs_of_a_lesson_are_kept_and_compared(page: Page, server: str, store: Store) -> None:
    page.goto(f"{server}/gradient_descent?gd_variant=full")
    page.get_by_role("button", name="Keep this run").click()
    expect(page.get_by_label("Kept as")).to_have_value("full batch")
    page.get_by_role("button", name="Noisy samples").click()
    page.get_by_role("button", name="Keep this run").click()
    name = page.get_by_label("Kept as")
    expect(name).to_have_value(re.compile("^η = 0.6"))
    name.fill("noisy")
    name.press("Enter")
    names = {"full batch", "noisy"}
    wait_for(lambda: names == {run.name for run in store.runs.matching("local")}, "its new name")
    page.get_by_test_id("stMain").get_by_role("link", name="Compare").click()
    legend(page, "full batch", "noisy")
    expect(page.get_by_text("They learn from different samples")).to_be_visible()
    expect(page.get_by_role("row", name="Learning rate η 0.1 0.6")).to_be_visible()


def test_ticks_choose_curves_and_the_link_opens_the_same(
    page: Page, server: str, store: Store
) -> None:
    ids = {name: train(store, name) for name in ("one", "two", "three", "four")}
    page.goto(f"{server}/compare")
    legend(page, "four", "three", "two")
    tick(page, 1)
    legend(page, "four", "two")
    tick(page, 3)
    legend(page, "four", "one", "two")
    link = ",".join(ids[name] for name in ("four", "one", "two"))
    expect(page).to_have_url(re.compile(link.replace(",", "(,|%2C)")))
    page.reload()
    legend(page, "four", "one", "two")
    tick(page, 0)
    legend(page, "one", "two")


@pytest.mark.proof
def test_sorting_the_table_ticks_the_rows_one_sees(page: Page, server: str, store: Store) -> None:
    for n, name in enumerate(("worst", "best", "middle")):
        train(store, name, n_epochs=(1, 3, 2)[n])
    page.goto(f"{server}/compare")
    legend(page, "middle", "best", "worst")
    box = table(page).bounding_box()
    assert box
    page.mouse.click(box["x"] + 300, box["y"] + HEADER / 2)  # the header of the best accuracies
    page.get_by_text("Sort descending").click()
    tick(page, 2)
    legend(page, "middle", "best")
    tick(page, 0)
    legend(page, "middle")


def test_a_run_tells_its_numbers_is_renamed_and_deleted_for_good(
    page: Page, server: str, store: Store
) -> None:
    kept, lost = train(store, "kept"), train(store, "lost")
    page.goto(f"{server}/compare?runs={lost}")
    legend(page, "lost")
    curves(page).scroll_into_view_if_needed()
    curves(page).locator("[class*='mark-symbol role-mark'] path").last.hover()
    tip = page.locator("#vg-tooltip-element.visible")
    expect(tip).to_contain_text("lost")
    expect(tip).to_contain_text("83.00 %")
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("gone soon")
    page.get_by_label("New name").press("Enter")
    legend(page, "gone soon")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Delete", exact=False).first.click()
    expect(page.get_by_text("nothing brings them back")).to_be_visible()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Tick runs in the table")).to_be_visible()
    assert [run.id for run in store.runs.matching()] == [kept]


@pytest.mark.proof
def test_the_curve_of_a_run_at_work_grows_by_itself(page: Page, server: str, store: Store) -> None:
    run = store.runs.create("local", "busy", to_dict(MODERN), n_epochs=9)
    attempt = store.queue.claim(run.id)
    assert attempt
    store.checkpoints.save_epoch(run.id, attempt, epoch(1), b"", b"", best=True)
    page.goto(f"{server}/compare")
    legend(page, "busy")
    page.get_by_role("button", name="Delete", exact=False).first.click()
    warning = page.get_by_text("Stop them on the page Train first")
    expect(warning).to_be_visible()
    before = lines(page)
    store.checkpoints.save_epoch(run.id, attempt, epoch(2), b"", b"", best=True)
    page.wait_for_function(
        "before => [...document.querySelectorAll('.st-key-player_compare .mark-line path')]"
        ".map(path => path.getAttribute('d')).join() != before",
        arg=before(),
    )
    expect(warning).to_be_visible()  # what was open stays open
    store.queue.end(run.id, attempt, "done")
    expect(page.get_by_text("Curves and weights are lost")).to_be_visible()


def lines(page: Page) -> Callable[[], str]:
    paths = curves(page).locator(".mark-line path")
    return lambda: ",".join(str(paths.nth(n).get_attribute("d")) for n in range(paths.count()))


def test_on_a_phone_a_table_wider_than_the_page_is_scrolled_by_keys(
    phone: Page, server: str, store: Store
) -> None:
    names = [f"{way}的那一次训练，为了比较" for way in ("批量大", "批量小", "学习率高")]
    for seed, name in enumerate(names):
        train(store, name, recipe=replace(MODERN, seed=seed))
    phone.goto(f"{server}/compare")
    legend(phone, *reversed(names))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    table = phone.locator("[data-testid='stTable'] > [tabindex='0']").first
    expect(table).to_be_attached()
    assert table.evaluate("table => table.scrollWidth > table.clientWidth")
