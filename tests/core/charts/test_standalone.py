import base64
import gzip
import json
import re
from typing import Any

import pytest

from core.charts.layout import LAPTOP
from core.charts.lines import one_weight as player
from core.charts.standalone import app_themes, as_html, controls_style
from core.datasets import noisy_line
from core.lines import one_weight as lesson


def specification_in(page: str) -> dict[str, Any]:
    """What a page draws."""
    found = re.search(r'^const chart = "(.*)";', page, re.MULTILINE)
    assert found is not None
    text = gzip.decompress(base64.b64decode(found[1])).decode()
    specification: dict[str, Any] = json.loads(text)
    return specification


HOSTILE = '</script><img src="https://example.org/x">'


@pytest.fixture(scope="module")
def page() -> str:
    x, y = noisy_line(20)
    config = lesson.Config(record_every=1)
    tables = player.tables(x, y, config, lesson.train(x, y, config), layout=LAPTOP)
    return as_html(
        player.specification(len(tables["frames"]), layout=LAPTOP),
        tables,
        title=HOSTILE,
        about="How?",
        alt_text="A player",
        language="zh-CN",
        translate=str.upper,
    )


def test_the_page_holds_all_it_needs(page: str) -> None:
    assert len(page.encode()) < 500_000
    assert not re.search(r"<(script|img|link|iframe)[^>]*(src|href)=", page.split("<script>")[0])
    assert page.count("</script>") == page.count("<script>") == 3  # the clock, Vega, the chart
    assert 'lang="zh-CN"' in page
    assert HOSTILE not in page
    assert "SAVE AS PNG" in page


def test_the_page_holds_the_very_data(page: str) -> None:
    specification = specification_in(page)
    history = lesson.train(*noisy_line(20), lesson.Config(record_every=1))
    frames = specification["datasets"]["frames"]
    assert [frame["update"] for frame in frames] == history.update.tolist()
    assert [frame["loss"] for frame in frames] == pytest.approx(history.loss, rel=1e-12)


def test_its_colours_and_controls_are_the_apps() -> None:
    light, dark = (app_themes()[name] for name in ("light", "dark"))
    assert len(light["roles"]) == len(dark["roles"]) > 0
    assert light["background"] != dark["background"]
    style = controls_style()
    assert 'input[type="checkbox"][name="playing"]' in style
    assert style.count("{") == style.count("}")
