"""One question of an earlier rung, where one is due."""

import time

from core.learning.progress import DAY, Entry, Progress
from tests.pages.conftest import Open

ABOVE = "pages/lines/normal_equation/normal_equation.py"


def test_what_was_wrong_is_asked_again_on_the_next_rung(open_page: Open) -> None:
    app = open_page()
    now = int(time.time())
    wrong = {
        "one_weight/ow_last": Entry(now, False, 1, "0"),
        "one_weight/ow_next": Entry(now, False),
    }
    app.session_state["progress"] = Progress(wrong)
    app.switch_page(ABOVE).run()
    (fold,) = [fold.label for fold in app.expander if "Do you remember" in fold.label]
    assert "One weight" in fold
    app.session_state["recall_ow_last"] = True
    app.run()
    assert app.radio(key="answer_ow_last").value is None  # asked anew
    app.radio(key="answer_ow_last").set_value(1)
    app.button(key="check_ow_last").click().run()
    assert app.session_state["progress"].entries["one_weight/ow_last"].is_right


def test_what_was_right_today_is_not_asked_but_after_a_day_it_is(open_page: Open) -> None:
    now = int(time.time())
    for at, n in ((now, 0), (now - DAY, 1)):
        app = open_page()
        app.session_state["progress"] = Progress({"one_weight/ow_last": Entry(at, True, 1, "1")})
        app.switch_page(ABOVE).run()
        assert sum("Do you remember" in fold.label for fold in app.expander) == n
