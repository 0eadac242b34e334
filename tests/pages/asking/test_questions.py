"""The questions of One weight: judged, explained, refuted in the player, and the way back."""

import pytest
from streamlit.testing.v1 import AppTest

from core.learning.exercises import load
from core.learning.judge import judge
from core.learning.progress import Entry, Progress
from pages.asking.prediction import FACTS
from tests import ROOT
from tests.pages.conftest import Open

PAGE = "pages/lines/one_weight/one_weight.py"
ASKED = load((ROOT / PAGE).with_name("exercises.toml")).questions


def answer(app: AppTest, question: str, value: object) -> AppTest:
    if isinstance(value, int):
        app.radio(key=f"answer_{question}").set_value(value)
    else:
        app.text_input(key=f"answer_{question}").set_value(str(value))
    return app.button(key=f"check_{question}").click().run()


def said(app: AppTest) -> list[str]:
    return [one.value for kind in (app.success, app.warning, app.error) for one in kind]


def entry(app: AppTest, name: str) -> Entry:
    found: Entry = app.session_state["progress"].entries[f"one_weight/{name}"]
    return found


def why(app: AppTest, question: str, value: float) -> str:
    """What is to be said of an answer about the run that is shown."""
    asked = next(one for one in ASKED if one.id == question)
    facts = app.session_state[FACTS]
    return judge(asked, value, facts).why.told("en", facts)


@pytest.mark.parametrize("written", ["{:.3f}", "{:.4f}", "comma"])
def test_a_number_is_right_however_it_is_written(written: str, open_page: Open) -> None:
    app = open_page(PAGE)
    right = app.session_state[FACTS]["next_weight"]
    text = f"{right:.3f}".replace(".", ",") if written == "comma" else written.format(right)
    app = answer(app, "ow_next", text)
    assert why(app, "ow_next", right) in [one.value for one in app.success]
    assert entry(app, "ow_next").is_right


def test_a_slip_is_explained_and_what_is_no_number_gets_a_sentence(open_page: Open) -> None:
    app = answer(open_page(PAGE), "ow_next", "many")
    assert "Type a number, such as 0.5 or −3." in said(app)
    assert "progress" not in app.session_state
    slip = app.session_state[FACTS]["next_uphill"]
    app = answer(app, "ow_next", f"{slip:.4f}")
    told = why(app, "ow_next", slip)
    assert told in [one.value for one in app.warning]
    assert not entry(app, "ow_next").is_right
    # With another run it is another question.
    app.slider(key="ow_start").set_value(-1.0).run()
    assert told not in said(app)


def test_a_wrong_choice_is_refuted_by_a_run_and_one_gets_back(open_page: Open) -> None:
    app = open_page(PAGE, ow_rate="0.3", n="50")
    app.button(key="check_ow_last").click().run()
    assert "Choose an answer first." in said(app)
    told = why(app, "ow_last", 0)
    app = answer(app, "ow_last", 0)
    assert told in said(app)
    mine = dict(app.session_state[FACTS])
    app.button(key="show_ow_last").click().run()
    shown = app.session_state[FACTS]
    assert shown["ending"] != mine["ending"]
    assert (shown["n"], shown["rate"]) == (100, 0.5)  # as usual, but for the outlier
    assert app.toggle(key="bad").value
    assert told in [one.value for one in app.info]  # above the player, too
    assert app.session_state["one_weight_order"][1] == "end"
    app.button(key="shown_back").click().run()
    assert app.session_state[FACTS] == mine
    assert told not in [one.value for one in app.info]
    right = why(app, "ow_last", 1)
    app = answer(app, "ow_last", 1)
    assert right in [one.value for one in app.success]
    assert entry(app, "ow_last").tries == 2


def test_a_changed_control_ends_what_is_shown(open_page: Open) -> None:
    app = answer(open_page(PAGE), "ow_last", 0)
    app.button(key="show_ow_last").click().run()
    app.slider(key="noise").set_value(0.5).run()
    assert "shown_back" not in {button.key for button in app.button}


def test_an_answer_stays_on_the_way_through_other_pages_and_from_an_earlier_visit(
    open_page: Open,
) -> None:
    app = answer(open_page(PAGE), "ow_last", 1)
    app.switch_page("pages/start/home/home.py").run()
    app.switch_page(PAGE).run()
    assert app.radio(key="answer_ow_last").value == 1
    later = open_page(PAGE)
    later.session_state["progress"] = Progress({"one_weight/ow_last": Entry(1, False, 1, "2")})
    later.run()
    assert later.radio(key="answer_ow_last").value == 2
    assert why(later, "ow_last", 2) in said(later)
