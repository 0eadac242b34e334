from typing import Any

import pytest

from core.datasets import noisy_line
from core.lines import weight_and_bias as lesson
from tests.pages.charts import table
from tests.pages.conftest import Open

PAGE = "pages/lines/weight_and_bias/weight_and_bias.py"


def test_the_page_starts_with_the_lessons_own_run_on_falling_data(open_page: Open) -> None:
    app = open_page(PAGE)
    x, y = noisy_line(variant="reversed")
    history = lesson.train(x, y, lesson.Config())
    frames = table(app, "frames")
    assert frames["weight"].iloc[-1] == history.column("weight")[-1]
    assert frames["bias"].iloc[-1] == history.column("bias")[-1]


@pytest.mark.parametrize(
    ("kind", "key", "value", "config"),
    [
        ("selectbox", "wb_variant", "full", {"batch_size": None}),
        ("selectbox", "wb_variant", "mini", {"batch_size": 10}),
        ("slider", "wb_rate", 0.3, {"learning_rate": 0.3}),
        ("slider", "wb_epochs", 3, {"n_epochs": 3}),
        ("slider", "wb_start", 1.0, {"start_weight": 1.0}),
        ("slider", "wb_bias", -1.0, {"start_bias": -1.0}),
        ("toggle", "wb_shuffle", True, {"shuffle": True}),
    ],
)
def test_every_control_changes_what_it_says(
    kind: str, key: str, value: Any, config: dict[str, Any], open_page: Open
) -> None:
    app = open_page(PAGE)
    getattr(app, kind)(key=key).set_value(value).run()
    history = lesson.train(*noisy_line(variant="reversed"), lesson.Config(**config))
    assert table(app, "frames")["bias"].iloc[-1] == history.column("bias")[-1]


def test_the_badge_says_what_the_order_does(open_page: Open) -> None:
    told = [text.value for text in open_page(PAGE).markdown if "-badge[" in text.value]
    assert told[0].startswith(":orange-badge[**no step overshoots**]")
    assert "samples come in data order" in told[0]
    assert "ends at 3.130 times the lowest loss" in told[0]
    app = open_page(PAGE, wb_variant="full", wb_rate="0.3", wb_epochs="200")
    told = [text.value for text in app.markdown if "-badge[" in text.value]
    assert told[0].startswith(":green-badge[**good**]")
    assert "lowest" not in told[0]


def test_standardising_makes_the_bowl_round(open_page: Open) -> None:
    app = open_page(PAGE)
    assert any("19.05 for x as it is, 19.05" in text.value for text in app.markdown)
    app.toggle(key="wb_std").set_value(True).run()
    assert any("19.05 for x as it is, 1.000" in text.value for text in app.markdown)
    assert abs(table(app, "samples")["x"].mean()) < 1e-12


def test_x_without_spread_cannot_be_standardised(open_page: Open) -> None:
    app = open_page(PAGE, src="own", wb_std="true")
    app.text_area(key="own_text").set_value("1,2\n1,3")
    app.button(key="own_use").click().run()
    assert "x has no spread" in app.error[0].value


def test_the_presets_do_what_they_say(open_page: Open) -> None:
    app = open_page(PAGE)
    app.button(key="preset_2").click().run()
    assert "must stay below 0.606" in app.error[0].value
    app.button(key="preset_1").click().run()
    assert not app.error
    assert app.toggle(key="wb_std").value
    app.button(key="preset_0").click().run()
    assert not app.error
    assert len(table(app, "frames")) == 101
