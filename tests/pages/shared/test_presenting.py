from streamlit.testing.v1 import AppTest

from core.charts.layout import PHONE, PROJECTOR
from core.charts.player import LARGE
from pages.shared.chart import LAYOUT
from tests.pages.charts import specification
from tests.pages.conftest import Open

PAGE = "pages/lines/one_weight/one_weight.py"


def has_large_letters(app: AppTest) -> bool:
    config = specification(app)["config"]
    return bool(config["axis"].get("labelFontSize") == LARGE["labelFontSize"])


def test_a_presented_player_has_large_letters_where_there_is_room(open_page: Open) -> None:
    app = open_page(PAGE, present="true")
    assert app.toggle(key="present").value is True
    assert has_large_letters(app)
    app.session_state[LAYOUT] = PHONE.name
    assert not has_large_letters(app.run())
    app.session_state[LAYOUT] = PROJECTOR.name
    assert has_large_letters(app.run())
    app.toggle(key="present").set_value(False).run()
    assert not has_large_letters(app)


def test_presenting_ends_where_there_is_no_player_and_goes_on_where_there_is(
    open_page: Open,
) -> None:
    app = open_page(PAGE, present="true")
    app.switch_page("pages/digits/sketch/sketch.py").run()
    assert "present" not in {toggle.key for toggle in app.toggle}
    app.switch_page("pages/lines/gradient_descent/gradient_descent.py").run()
    assert has_large_letters(app)
