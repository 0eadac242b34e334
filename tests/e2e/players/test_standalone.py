"""A player taken away: opened from disk, without a network, it plays and scrubs in both themes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.charts.layout import LAPTOP
from core.charts.lines import one_weight as player
from core.charts.standalone import app_themes, as_html
from core.datasets import noisy_line
from core.lines import one_weight as lesson
from tests.e2e.conftest import new_page


@pytest.fixture
def alone(laptop: BrowserContext) -> Iterator[Page]:
    """A page of a browser that reaches nothing."""
    laptop.set_offline(True)
    yield from new_page(laptop)
    laptop.set_offline(False)


def test_a_player_in_a_file_plays_and_scrubs_and_ends_with_the_runs_numbers(
    alone: Page, tmp_path: Path
) -> None:
    x, y = noisy_line(20)
    config = lesson.Config(record_every=1)
    history = lesson.train(x, y, config)
    tables = player.tables(x, y, config, history, layout=LAPTOP)
    specification = player.specification(len(tables["frames"]), layout=LAPTOP)
    text = as_html(specification, tables, title="One weight", about="How?", alt_text="A player")
    (tmp_path / "player.html").write_text(text, "utf-8")
    troubles: list[str] = []
    alone.on("pageerror", lambda error: troubles.append(str(error)))
    alone.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)

    alone.goto((tmp_path / "player.html").as_uri())
    expect(alone.locator("#player svg.marks")).to_be_visible()
    assert alone.evaluate("player.signal('step')") == 0
    alone.locator("input[name=playing]").check()
    alone.wait_for_function("player.signal('step') > 2")
    alone.locator("input[name=playing]").uncheck()

    last = history.n_records - 1
    line = alone.locator("input[name=step]")
    line.fill(str(last))
    alone.wait_for_function(f"player.signal('step') === {last}")
    shown = alone.evaluate("player.data('frames').at(-1)")
    assert shown["update"] == history.update[-1]
    assert shown["loss"] == pytest.approx(history.loss[-1], rel=1e-12)
    expect(alone.locator("#player svg.marks")).to_contain_text("20")

    for theme, colours in app_themes().items():
        alone.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        alone.wait_for_function(f"player.background() === '{colours['background']}'")
        alone.wait_for_function(f"player.signal('step') === {last}")  # where it was
    assert troubles == []
