import numpy as np
import pytest

from core.datasets import noisy_line
from core.lines import normal_equation as lesson
from tests.pages.charts import specification, table
from tests.pages.conftest import Open
from tests.pages.folds import shown_code

PAGE = "pages/lines/normal_equation/normal_equation.py"


def test_the_page_shows_the_exact_solution_of_the_chosen_samples(open_page: Open) -> None:
    app = open_page(PAGE, n="40", slope="-2.0")
    x, y = noisy_line(40, slope=-2)
    assert table(app, "view")["best"][0] == pytest.approx(lesson.solve(x, y), rel=1e-12)
    np.testing.assert_array_equal(table(app, "samples")["y"], y)


def test_a_bad_last_sample_ruins_the_pass_and_hardly_moves_the_vertex(open_page: Open) -> None:
    good = table(open_page(PAGE), "view")
    app = open_page(PAGE)
    app.button(key="preset_1").click().run()
    bad = table(app, "view")
    assert abs(bad["best"][0] - good["best"][0]) < 0.02
    assert abs(bad["one_weight"][0] - good["one_weight"][0]) > 0.3
    assert "from 1.598 to 2.003" in app.warning[0].value


def test_the_pass_beside_it_is_the_readers_and_is_judged_as_on_its_own_page(
    open_page: Open,
) -> None:
    """Of one sample at x = 2, η = 0.5 multiplies the distance by 1 − 2·η·x² = −3."""
    app = open_page(PAGE, src="own")
    app.text_area(key="own_text").set_value("2,4")
    app.button(key="own_use").click().run()
    assert "single samples overshoot: above 0.250" in app.warning[0].value
    assert table(app, "view")["one_weight"][0] == 6.5
    app.slider(key="ow_rate").set_value(0.1).run()
    assert table(app, "view")["one_weight"][0] == pytest.approx(2 + (1 - 0.8) * (0.5 - 2))
    assert not app.warning


def test_a_pass_that_diverges_is_told_as_that(open_page: Open) -> None:
    app = open_page(PAGE, ow_rate="4.0")
    assert "Diverged at update 65" in app.error[0].value
    assert not app.warning


def test_the_rate_chosen_for_one_weight_is_compared_here(open_page: Open) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py")
    app.slider(key="ow_rate").set_value(0.2).run()
    ended = table(app, "frames")["weight"].iloc[-1]
    app.query_params.clear()
    app.switch_page(PAGE).run()
    assert app.slider(key="ow_rate").value == 0.2
    assert table(app, "view")["one_weight"][0] == ended


def test_a_moved_control_sends_data_and_keeps_the_layout(open_page: Open) -> None:
    app = open_page(PAGE)
    before = specification(app)
    app.slider(key="noise").set_value(0.8).run()
    assert specification(app) == before


def test_the_code_shown_compiles(open_page: Open) -> None:
    compile(shown_code(open_page(PAGE)), "shown", "exec")
