from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.number import number
from core.planes import boundary as lesson
from core.planes.points import two_classes
from tests.pages.charts import table
from tests.pages.conftest import Open
from tests.pages.folds import shown_code

PAGE = "pages/planes/boundary/boundary.py"


def end(app: AppTest) -> list[float]:
    names = ["weight_1", "weight_2", "bias"]
    return table(app, "frames")[names].iloc[-1].tolist()


def expected(points: dict[str, Any] | None = None, **config: Any) -> list[float]:
    history = lesson.train(*two_classes(**points or {}), lesson.Config(**config))
    return history.params[-1].tolist()


def text(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


CONTROLS = [
    ("selectbox", "bd_loss", "mean_squared_error", {}, {"loss": "mean_squared_error"}),
    ("selectbox", "bd_variant", "sgd", {}, {"batch_size": 1}),
    ("selectbox", "bd_variant", "full", {}, {"batch_size": None}),
    ("select_slider", "bd_rate", 0.5, {}, {"learning_rate": 0.5}),
    ("slider", "bd_batch", 25, {}, {"batch_size": 25}),
    ("select_slider", "bd_epochs", 50, {}, {"n_epochs": 50}),
    ("slider", "bd_w1", -3.0, {}, {"start_weight_1": -3.0}),
    ("slider", "bd_w2", 2.0, {}, {"start_weight_2": 2.0}),
    ("slider", "bd_bias", 2.0, {}, {"start_bias": 2.0}),
    ("toggle", "bd_shuffle", False, {}, {"shuffle": False}),
    ("selectbox", "pl_shape", "circle", {"shape": "circle"}, {}),
    ("slider", "n", 60, {"n_samples": 60}, {}),
    ("slider", "pl_distance", 1.0, {"distance": 1.0}, {}),
    ("slider", "pl_noise", 0.2, {"noise": 0.2}, {}),
    ("select_slider", "pl_stretch", 5.0, {"stretch": 5.0}, {}),
    ("number_input", "seed", 3, {"seed": 3}, {}),
]


def test_every_control_changes_what_it_says(open_page: Open) -> None:
    app = open_page(PAGE)
    assert end(app) == expected()
    for kind, key, value, points, config in CONTROLS:
        control = getattr(app, kind)(key=key)
        usual = control.value
        control.set_value(value).run()
        assert not app.exception
        assert end(app) == expected(points, **config), key
        getattr(app, kind)(key=key).set_value(usual)  # with the next one
    assert end(app.run()) == expected()


def test_what_a_line_can_do_is_told_beforehand(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "**linearly separable**" in text(app)
    assert "The weights grow for ever" not in text(app)
    assert "the weights grow for ever, ever more slowly" in text(app)
    assert table(app, "view")["lowest_loss"].isna().all()
    app.selectbox(key="bd_loss").set_value("mean_squared_error").run()
    assert "the weights grow for ever, ever more slowly" not in text(app)
    app.selectbox(key="pl_shape").set_value("xor").run()
    assert "**not linearly separable**" in text(app)
    assert "25 of 100 samples on the wrong side: 75.0 % accuracy is the most" in text(app)
    assert "where it ends depends on the start" in text(app)
    assert table(app, "view")["lowest_loss"].isna().all()
    app.selectbox(key="bd_loss").set_value("binary_cross_entropy").run()
    assert "exactly one lowest point here, L = 0.693 at" in text(app)
    assert table(app, "view")["lowest_loss"][0] == pytest.approx(np.log(2), abs=1e-3)
    assert "right for 50.0 % of the samples" in text(app)


def test_the_safe_rate_is_told_for_the_full_batch_and_whose_numbers_are_shown(
    open_page: Open,
) -> None:
    app = open_page(PAGE, bd_variant="full")
    limit = number(lesson.safe_learning_rate(two_classes().x))
    assert any(f"up to η = {limit} no step" in told.value for told in app.sidebar.markdown)
    assert "the ringed one" in text(app)
    app.selectbox(key="bd_variant").set_value("sgd").run()
    assert not any("up to η" in element.value for element in app.sidebar.markdown)
    assert "the ringed one" not in text(app)
    assert "different scales" not in text(app)
    app.select_slider(key="pl_stretch").set_value(20.0).run()
    assert "different scales" in text(app)


def test_the_presets_set_the_page_as_they_say(open_page: Open) -> None:
    app = open_page(PAGE)
    full = {"batch_size": None, "n_epochs": 100}
    wrong = {"start_weight_1": -5.0, "start_weight_2": -5.0, "start_bias": 0.0}
    presets: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({}, {"n_epochs": 100}),
        ({"shape": "xor"}, {"learning_rate": 0.5, **full}),
        ({}, {"loss": "mean_squared_error", **wrong}),
        ({"noise": 1.0}, {"learning_rate": 50.0, **full}),
        ({"shape": "imbalanced", "noise": 1.0}, {"n_epochs": 50}),
        ({"noise": 1.0, "stretch": 20.0}, {"learning_rate": 1.0, **full}),
    ]
    for which in (5, 3, 4, 2, 1, 0):
        app.button(key=f"preset_{which}").click().run()
        assert not app.exception
        points, config = presets[which]
        assert end(app) == expected(points, **config), which
        if which == 2:
            runs = table(app, "runs")
            last = runs.groupby("role")["accuracy"].last()
            assert last.tolist() == [0, 1]  # squared error stays, cross-entropy gets away
            assert "| accuracy at the end | 0.0 % | 100.0 % |" in text(app)


def test_the_order_of_the_page_its_formulas_and_its_code(open_page: Open) -> None:
    app = open_page(PAGE)
    assert [header.value for header in app.main.header] == [
        "Things to try",
        "Told beforehand: can a line part them?",
        "Both losses from the same start",
        "Questions",
        "Challenges",
        "The formula",
    ]
    formulas = [element.value for element in app.latex]
    for formula in lesson.FORMULAS.values():
        assert any(formula in shown for shown in formulas)
    code = shown_code(app)
    assert "def descend(" in code
    assert "def mean_loss(" in code


def test_a_link_with_nonsense_is_harmless_and_a_few_samples_are_enough(open_page: Open) -> None:
    app = open_page(PAGE, bd_rate="fast", pl_shape="spiral", pl_noise="99", n="1")
    assert not app.error
    assert end(app) == expected({"n_samples": 1, "noise": 2.0})
