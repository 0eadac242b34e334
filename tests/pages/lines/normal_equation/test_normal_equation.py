import numpy as np
import pytest

from core.datasets import noisy_line
from core.lines import normal_equation as lesson
from tests.pages.charts import specification, table
from tests.pages.conftest import Open

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
    assert "One weight ends at 2.003" in app.warning[0].value


def test_a_moved_control_sends_data_and_keeps_the_layout(open_page: Open) -> None:
    app = open_page(PAGE)
    before = specification(app)
    app.slider(key="noise").set_value(0.8).run()
    assert specification(app) == before


def test_the_code_shown_compiles(open_page: Open) -> None:
    compile(open_page(PAGE).code[0].value, "shown", "exec")
