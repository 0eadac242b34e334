from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.curves import sigmoid_neuron as lesson
from core.datasets import step
from core.number import number
from tests.pages.charts import table
from tests.pages.conftest import Open
from tests.pages.folds import shown_code

PAGE = "pages/curves/sigmoid_neuron/sigmoid_neuron.py"


def last_bias(app: AppTest) -> float:
    return float(table(app, "frames")["bias"].iloc[-1])


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="own_text").set_value(text)
    return app.button(key="own_use").click().run()


@pytest.mark.parametrize(
    ("kind", "key", "value", "config"),
    [
        ("selectbox", "sn_loss", "binary_cross_entropy", {"loss": "binary_cross_entropy"}),
        ("selectbox", "sn_variant", "full", {"batch_size": None}),
        ("selectbox", "sn_variant", "mini", {"batch_size": 10}),
        ("select_slider", "sn_rate", 0.5, {"learning_rate": 0.5}),
        ("select_slider", "sn_epochs", 50, {"n_epochs": 50}),
        ("slider", "sn_start", -3.0, {"start_weight": -3.0}),
        ("slider", "sn_bias", 2.0, {"start_bias": 2.0}),
        ("toggle", "sn_shuffle", True, {"shuffle": True}),
    ],
)
def test_every_control_changes_what_it_says(
    kind: str, key: str, value: Any, config: dict[str, Any], open_page: Open
) -> None:
    app = open_page(PAGE)
    assert last_bias(app) == lesson.train(*step(), lesson.Config()).column("bias")[-1]
    getattr(app, kind)(key=key).set_value(value).run()
    assert not app.exception
    assert last_bias(app) == lesson.train(*step(), lesson.Config(**config)).column("bias")[-1]


def test_the_batch_size_and_the_data_have_their_controls(open_page: Open) -> None:
    app = open_page(PAGE, sn_variant="mini")
    app.slider(key="sn_batch").set_value(25)
    app.slider(key="n").set_value(60)
    app.number_input(key="seed").set_value(3).run()
    history = lesson.train(*step(60, seed=3), lesson.Config(batch_size=25))
    assert last_bias(app) == history.column("bias")[-1]
    assert any("first sample of the batch" in caption.value for caption in app.caption)


def test_the_safe_rate_is_told_for_the_full_batch_only(open_page: Open) -> None:
    app = open_page(PAGE, sn_variant="full")
    assert any("up to η = 9." in text.value for text in app.sidebar.markdown)
    app.selectbox(key="sn_loss").set_value("binary_cross_entropy").run()
    assert any("up to η = 6." in text.value for text in app.sidebar.markdown)
    app.selectbox(key="sn_variant").set_value("sgd").run()
    assert not any("up to η" in text.value for text in app.sidebar.markdown)


def test_both_losses_start_where_the_slider_says(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "| w at the end | −20.09 | 33.01 |" in "".join(t.value for t in app.markdown)
    app.slider(key="sn_both").set_value(0).run()
    ends = [
        lesson.train(*step(), lesson.Config(loss=loss, start_weight=0)).params[-1, 0]
        for loss in ("mean_squared_error", "binary_cross_entropy")
    ]
    row = f"| w at the end | {number(ends[0])} | {number(ends[1])} |"
    assert row in "".join(t.value for t in app.markdown)


def test_own_samples_start_with_an_example_a_neuron_can_learn(open_page: Open) -> None:
    app = open_page(PAGE, src="own")
    assert not app.error
    assert table(app, "samples")["y"].between(0, 1).all()
    app = paste(app, "0,0\n1,0.5\n2,1")
    assert not app.error
    assert table(app, "samples")["y"].tolist() == [0, 0.5, 1]


def test_a_y_out_of_range_gets_one_sentence_and_loses_nothing(open_page: Open) -> None:
    app = paste(open_page(PAGE, src="own"), "0,0\n1,0.5\n2,1")
    app = paste(app, "0,0\n1,7")
    assert [error.value for error in app.error] == [
        "Sample 2 has y = 7; the neuron needs every y from 0 to 1."
    ]
    assert table(app, "samples")["y"].tolist() == [0, 0.5, 1]
    app = paste(app, "0,zero")
    assert len(app.error) == 2  # what is wrong with the CSV, and the table that is still there
    app = paste(app, "0,1\n1,0")
    assert not app.error
    assert table(app, "samples")["y"].tolist() == [1, 0]


def test_samples_of_the_lines_pages_come_along(open_page: Open) -> None:
    app = paste(open_page("pages/lines/one_weight/one_weight.py", src="own"), "0,0.25\n1,0.75")
    app.switch_page(PAGE).run()
    assert table(app, "samples")["y"].tolist() == [0.25, 0.75]


def test_a_run_that_explodes_is_explained(open_page: Open) -> None:
    app = open_page(PAGE, src="own", sn_loss="binary_cross_entropy", sn_rate="50.0")
    app = paste(app, "10000,0\n11000,1")
    assert not app.exception
    assert app.error[0].value.startswith("Diverged after")


def test_the_presets_do_what_they_say(open_page: Open) -> None:
    app = open_page(PAGE)
    app.button(key="preset_1").click().run()
    assert table(app, "frames")["weight"].iloc[-1] == pytest.approx(-20, abs=0.2)
    app.button(key="preset_2").click().run()
    assert table(app, "frames")["weight"].iloc[-1] > 30
    app.button(key="preset_3").click().run()
    frames = table(app, "frames")
    assert (frames["loss"].diff() > 0).any()
    app.button(key="preset_0").click().run()
    assert last_bias(app) == lesson.train(*step(), lesson.Config()).column("bias")[-1]


def test_the_code_that_ran_and_the_neighbours_are_shown(open_page: Open) -> None:
    app = open_page(PAGE)
    code = shown_code(app)
    assert "def descend(" in code
    assert "def mean_loss(" in code
