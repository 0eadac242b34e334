"""Challenges: hints one after the other, a way at last, reached by a run, noted once."""

from streamlit.testing.v1 import AppTest

from core.learning.exercises import load
from pages.asking.prediction import FACTS
from tests import ROOT
from tests.pages.conftest import Open

PAGE = "pages/lines/one_weight/one_weight.py"
ASKED = load((ROOT / PAGE).with_name("exercises.toml")).challenges


def hints(app: AppTest) -> list[str]:
    return [one.value for one in app.info if "2·η·x²" in one.value]


def test_hints_come_one_after_the_other_and_the_goal_is_checked_by_the_run(
    open_page: Open,
) -> None:
    app = open_page(PAGE)
    assert hints(app) == []
    app.button(key="hint_ow_edge").click().run()
    assert len(hints(app)) == 1
    app.button(key="hint_ow_edge").click().run()
    assert len(hints(app)) == 2
    assert "progress" not in app.session_state
    edge = app.session_state[FACTS]["overshoot_rate"]
    app.slider(key="ow_rate").set_value(round(0.98 * edge, 2)).run()
    asked = next(one for one in ASKED if one.id == "ow_edge")
    assert asked.done.told("en", app.session_state[FACTS]) in [one.value for one in app.success]
    (entry,) = app.session_state["progress"].entries.values()
    assert entry.is_right
    app.slider(key="ow_rate").set_value(0.2).run()
    app.slider(key="ow_rate").set_value(round(0.98 * edge, 2)).run()
    assert app.session_state["progress"].entries["one_weight/ow_edge"] == entry


def test_a_way_is_shown_with_what_it_tells_and_counts_only_once_it_is_ones_own(
    open_page: Open,
) -> None:
    app = open_page(PAGE)
    challenge = next(one for one in ASKED if one.way)
    for _hint in challenge.hints:
        app.button(key=f"hint_{challenge.id}").click().run()
    app.button(key=f"way_{challenge.id}").click().run()
    told = challenge.done.told("en", app.session_state[FACTS])
    assert told in [one.value for one in app.info]
    assert "progress" not in app.session_state
    changed = {name: app.session_state[name] for name in challenge.way}
    app.button(key="shown_back").click().run()
    assert told not in [one.value for one in app.info]
    assert {name: app.session_state[name] for name in challenge.way} != changed
    assert "progress" not in app.session_state
    for name, value in challenge.way.items():
        app.session_state[name] = value
    app.run()
    (entry,) = app.session_state["progress"].entries.values()
    assert (entry.is_right, entry.answer) == (True, "way")


def test_a_way_that_no_settings_lead_is_told(open_page: Open) -> None:
    page = "pages/lines/normal_equation/normal_equation.py"
    asked = load((ROOT / page).with_name("exercises.toml")).challenges
    (challenge,) = (one for one in asked if one.way_told)
    app = open_page(page)
    for _hint in challenge.hints:
        app.button(key=f"hint_{challenge.id}").click().run()
    app.button(key=f"way_{challenge.id}").click().run()
    assert challenge.way_told is not None
    assert challenge.way_told.told("en") in [one.value for one in app.info]
    assert f"way_{challenge.id}" not in {button.key for button in app.button}
