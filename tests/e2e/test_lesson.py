"""A lesson from its link to the table of a class."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.teach.collect_command import main
from core.teach.lesson_link import ready

QUESTION = '[class*="st-key-question_"]'


def test_a_lesson_from_its_link_to_the_table_of_a_class(
    page: Page, server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.goto(f"{server}/one_weight?bad=true&lesson=last_sample&task=2&lang=en")
    bar = page.locator(".st-key-lesson_bar")
    expect(bar.get_by_text("step 2 of 4")).to_be_visible()
    expect(page.locator(".st-key-bad[data-locked]")).to_be_attached()
    locked = page.locator(".st-key-bad").get_by_role("switch", disabled=True)
    expect(locked).to_have_accessible_description("Locked by the lesson")
    locked.focus()  # it is come by, and heard
    locked.press("Space")
    page.locator(".st-key-bad label").click(force=True)
    expect(locked).to_be_checked()
    asked = page.locator(QUESTION)
    expect(asked).to_have_count(1)
    asked.get_by_text("All other samples do less good, too").click()
    asked.get_by_role("button", name="Check").click()
    expect(asked.get_by_text("η makes every step shorter by the same factor")).to_be_visible()
    bar.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Normal equation", level=1)).to_be_visible()
    expect(page.locator(".st-key-bad[data-locked]")).to_be_attached()
    bar.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Gradient descent", level=1)).to_be_visible()
    page.reload()
    expect(bar.get_by_text("step 4 of 4")).to_be_visible()
    bar.get_by_role("button", name="Finish").click()
    expect(bar.get_by_text("Done: 1 of 5 answered, 1 right.")).to_be_visible()
    code = bar.locator("code").inner_text()
    bar.get_by_role("textbox").fill("Ada")
    with page.expect_download() as download:  # the click is what ends the typing
        bar.get_by_role("button", name="Download your results").click()
    download.value.save_as(tmp_path / "ada.csv")
    (tmp_path / "codes.txt").write_text(f"Bob, {code}\n", "utf-8")

    own = ready()["last_sample"].steps[1].own[0].id
    for file, name in (("ada.csv", "Ada"), ("codes.txt", "Bob")):
        assert main([str(tmp_path / file)]) == 0
        (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
        assert row["name"] == name
        assert row[f"one_weight/{own} right"] == "1"
        assert row[f"one_weight/{own}"] == "1"
    assert row["learner"] != ""
