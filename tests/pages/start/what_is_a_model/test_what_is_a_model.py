from typing import Any

import pytest

from core.charts.layout import LAPTOP, PHONE, Layout
from core.charts.start.what_is_a_model.places import drawing_for
from core.charts.start.what_is_a_model.tiny_network import wrap
from core.start import what_is_a_model as lesson
from core.start.what_is_a_model.known_models import KNOWN_MODELS
from pages.shared.i18n import catalogue
from tests.pages.charts import specification, table
from tests.pages.conftest import Open

PAGE = "pages/start/what_is_a_model/what_is_a_model.py"


def test_the_page_starts_with_the_lessons_own_run(open_page: Open) -> None:
    frames = table(open_page(PAGE), "frames")
    history = lesson.train(0.5, 1.0, lesson.Config())
    assert frames["loss"].iloc[-1] == history.loss[-1]
    assert len(frames) == 4 * lesson.Config().n_updates + 1


@pytest.mark.parametrize(
    ("kind", "key", "value", "sample", "config"),
    [
        ("slider", "wm_x", -1.5, (-1.5, 1.0), {}),
        ("slider", "wm_y", -0.3, (0.5, -0.3), {}),
        ("slider", "wm_rate", 0.25, (0.5, 1.0), {"learning_rate": 0.25}),
        ("slider", "wm_rounds", 25, (0.5, 1.0), {"n_updates": 25}),
        ("number_input", "wm_seed", 7, (0.5, 1.0), {"seed": 7}),
    ],
)
def test_every_control_changes_what_it_says(
    kind: str,
    key: str,
    value: Any,
    sample: tuple[float, float],
    config: dict[str, Any],
    open_page: Open,
) -> None:
    app = open_page(PAGE)
    getattr(app, kind)(key=key).set_value(value).run()
    history = lesson.train(*sample, lesson.Config(**config))
    frames = table(app, "frames")
    assert frames["loss"].iloc[-1] == history.loss[-1]
    assert len(frames) == 4 * (history.n_records - 1) + 1


def test_the_parameters_are_counted_layer_by_layer(open_page: Open) -> None:
    app = open_page(PAGE)
    (shown,) = [
        text.value for text in app.markdown if "239,410" in text.value and "|" in text.value
    ]
    for row in ("784 × 200 + 200 | 157,000", "200 × 200 + 200 | 40,200", "200 × 10 + 10 | 2,010"):
        assert row in shown
    app.text_input(key="layers").set_value("1-2-1").run()
    assert any("1 × 2 + 2 | 4" in text.value for text in app.markdown)
    models = table(app, "models")
    assert models[models["is_yours"]]["n_params"].tolist() == [7]


def test_bad_sizes_are_told_and_the_rest_of_the_page_stays(open_page: Open) -> None:
    app = open_page(PAGE, layers="784-many-10")
    assert "“many” is not a whole number" in app.error[0].value
    assert not table(app, "models")["is_yours"].any()
    assert any("To remember" in text.value for text in app.info)


def test_every_known_model_has_its_source(open_page: Open) -> None:
    (sources,) = [t.value for t in open_page(PAGE).markdown if "arxiv.org" in t.value]
    for model in KNOWN_MODELS:
        assert f"[{model.source}]({model.url})" in sources
        assert model.name in sources


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("layout", [PHONE, LAPTOP])
@pytest.mark.parametrize("rate", ["0.1", "2.0"])
def test_no_sentence_is_cut_off(language: str, layout: Layout, rate: str, open_page: Open) -> None:
    app = open_page(PAGE, language, wm_rate=rate, wm_rounds="25", wm_y="-2.0")
    app.session_state["layout"] = layout.name
    app.run()
    drawing = drawing_for(layout)
    translate = catalogue(language[:2]).gettext
    for row in table(app, "frames").to_dict("records"):
        lines = [row[f"sentence_{i + 1}"] for i in range(drawing.n_sentence)]
        whole = "".join(lines) if language == "zh-CN" else " ".join(lines).strip()
        assert len(wrap(whole, drawing.room)) <= drawing.n_sentence
        assert whole[-1] in ".。？", whole
    assert translate("Forward") in table(app, "stages")["name"].tolist()


def test_the_presets_do_what_they_say(open_page: Open) -> None:
    app = open_page(PAGE, wm_seed="5")
    app.button(key="preset_0").click().run()
    frames = table(app, "frames")
    assert frames["loss"].iloc[-1] < 0.01
    gradients = frames[frames["stage"] == 2]
    assert all(gradients[f"text_{name}"][2][0].isdigit() for name in ("v1", "v2", "c"))
    app.button(key="preset_1").click().run()
    frames = table(app, "frames")
    assert (frames[frames["stage"] == 2][["text_w1", "text_w2"]] == "0").all(axis=None)
    app.button(key="preset_2").click().run()
    frames = table(app, "frames")
    assert frames["loss"].iloc[-1] > 100 * frames["loss"].iloc[0]
    assert "loss (log)" in str(specification(app))
    app.text_input(key="layers").set_value("1-2-1").run()
    app.button(key="preset_3").click().run()
    assert app.text_input(key="layers").value == "784-200-200-200-10"
