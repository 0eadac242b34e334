from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.datasets import noisy_line
from core.lines import normal_equation
from core.lines import one_weight as lesson
from tests.pages.charts import specification, table
from tests.pages.conftest import Open
from tests.pages.folds import shown_code

PAGE = "pages/lines/one_weight/one_weight.py"


def weights(app: AppTest) -> list[float]:
    return table(app, "frames")["weight"].tolist()


def test_the_page_shows_the_lessons_own_run(open_page: Open) -> None:
    app = open_page(PAGE)
    x, y = noisy_line()
    history = lesson.train(x, y, lesson.Config(record_every=1))
    assert weights(app) == history.column("weight").tolist()
    np.testing.assert_array_equal(table(app, "samples")["x"], x)
    assert "w = 1.559" in app.success[0].value


@pytest.mark.parametrize(
    ("kind", "key", "value", "config", "data"),
    [
        ("slider", "ow_rate", 0.2, {"learning_rate": 0.2}, {}),
        ("slider", "ow_start", -1.0, {"start_weight": -1.0}, {}),
        ("slider", "n", 17, {}, {"n_samples": 17}),
        ("slider", "slope", -2.0, {}, {"slope": -2.0}),
        ("slider", "noise", 0.5, {}, {"noise": 0.5}),
        ("toggle", "centred", True, {}, {"centred": True}),
        ("selectbox", "data", "negated", {}, {"variant": "negated"}),
        ("toggle", "bad", True, {}, {"bad_last_sample": True}),
        ("number_input", "seed", 5, {}, {"seed": 5}),
    ],
)
def test_every_control_changes_what_it_says(
    kind: str, key: str, value: Any, config: dict[str, Any], data: dict[str, Any], open_page: Open
) -> None:
    app = open_page(PAGE)
    getattr(app, kind)(key=key).set_value(value).run()
    x, y = noisy_line(**data)
    history = lesson.train(x, y, lesson.Config(record_every=1, **config))
    assert weights(app) == history.column("weight").tolist()
    np.testing.assert_array_equal(table(app, "samples")["y"], y)


def test_a_link_opens_the_page_as_it_was(open_page: Open) -> None:
    app = open_page(PAGE, ow_rate="0.2", n="30", data="reversed", bad="true", seed="7")
    x, y = noisy_line(30, variant="reversed", bad_last_sample=True, seed=7)
    history = lesson.train(x, y, lesson.Config(learning_rate=0.2, record_every=1))
    assert weights(app) == history.column("weight").tolist()


@pytest.mark.parametrize(
    "link", [{"ow_rate": "fast"}, {"n": "many"}, {"n": "nan"}, {"data": "up"}, {"seed": ""}]
)
def test_a_senseless_link_falls_back_to_the_default(link: dict[str, str], open_page: Open) -> None:
    assert weights(open_page(PAGE, **link)) == weights(open_page(PAGE))


@pytest.mark.parametrize(("n", "nearest"), [("-3", 1), ("1000000", 500)])
def test_a_number_out_of_range_in_a_link_becomes_the_nearest(
    n: str, nearest: int, open_page: Open
) -> None:
    assert open_page(PAGE, n=n).slider(key="n").value == nearest


def test_the_presets_do_what_they_say_whatever_was_set(open_page: Open) -> None:
    app = open_page(PAGE, n="10", slope="2.0", noise="0.9", seed="4", data="reversed")
    app.button(key="preset_2").click().run()
    diverged = app.error[0].value
    assert "Diverged at update 65" in diverged
    assert "below 1.006 is stable" in diverged
    app.button(key="preset_1").click().run()
    assert not app.error
    assert "from 1.598 to 2.003" in app.warning[0].value
    app.button(key="preset_0").click().run()
    assert not app.warning
    assert app.success


def test_a_rate_of_zero_is_not_called_settled(open_page: Open) -> None:
    app = open_page(PAGE, ow_rate="0.0")
    assert not app.success
    assert "not near" in app.info[0].value


def test_overshooting_samples_are_told_of(open_page: Open) -> None:
    app = open_page(PAGE, ow_rate="1.3")
    assert "single samples overshoot: above 1.006" in app.warning[0].value


def test_the_stable_rate_it_names_is_stable(open_page: Open) -> None:
    app = open_page(PAGE)
    app.slider(key="ow_rate").set_value(5.0).run()
    assert app.error
    app.slider(key="ow_rate").set_value(1.0).run()
    assert not app.error


def test_a_moved_control_sends_data_and_keeps_the_layout(open_page: Open) -> None:
    app = open_page(PAGE)
    before = specification(app)
    app.slider(key="ow_rate").set_value(0.3).run()
    app.slider(key="slope").set_value(-1.0).run()
    assert specification(app) == before


def test_panels_stack_where_the_page_is_narrow(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "hconcat" in specification(app)["vconcat"][0]
    app.session_state["layout"] = "phone"
    app.run()
    assert "vconcat" in specification(app)["vconcat"][0]


def test_the_code_shown_is_the_code_that_ran(open_page: Open) -> None:
    app = open_page(PAGE)
    assert not app.code  # it is sent once somebody wants to read it
    code = shown_code(app)
    assert "error = y[update] - weight * x[update]" in code
    assert "weight -= learning_rate * gradient" in code
    compile(code, "shown", "exec")


def test_one_sample_is_enough(open_page: Open) -> None:
    app = open_page(PAGE, n="1")
    assert len(weights(app)) == 2


def test_the_rule_is_written_in_the_readers_language(open_page: Open) -> None:
    assert r"\text{误差} = y - w \cdot x" in open_page(PAGE, "zh-CN").latex[1].value


def test_the_true_line_is_shown_and_why_the_best_weight_is_another(open_page: Open) -> None:
    app = open_page(PAGE, noise="0.5")
    assert table(app, "view")["true_weight"][0] == 1.5
    (told,) = [text.value for text in app.caption if "true line" in text.value]
    assert "between 0 and 0.500" in told
    assert "slope is 1.500" in told
    assert "the best weight is 1.881" in told
    app.toggle(key="centred").set_value(True).run()
    (told,) = [text.value for text in app.caption if "by chance alone" in text.value]
    best = normal_equation.solve(*noisy_line(noise=0.5, centred=True))
    assert f"the best weight, {best:.3f}" in told
    app.selectbox(key="data").set_value("reversed").run()
    assert table(app, "view")["true_weight"].isna()[0]
    assert not any("true" in text.value for text in app.caption)


def test_what_is_set_of_the_things_to_try_is_marked_and_one_gets_back_to_the_usual(
    open_page: Open,
) -> None:
    app = open_page(PAGE)

    def marked() -> list[bool]:
        return [app.button(key=f"preset_{i}").proto.type == "primary" for i in range(3)]

    assert marked() == [True, False, False]
    assert app.button(key="preset_usual").disabled
    app.button(key="preset_1").click().run()
    assert marked() == [False, True, False]
    app.slider(key="noise").set_value(0.3).run()
    assert marked() == [False, False, False]
    app.button(key="preset_usual").click().run()
    assert marked() == [True, False, False]
