import pytest
from streamlit.testing.v1 import AppTest

from core.link.kinds import Choice
from core.link.parameters import PARAMETERS, Parameter


@pytest.fixture(autouse=True)
def a_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARAMETERS, "pick", Parameter("pick", Choice("a")))


def page() -> None:
    import streamlit as st

    from pages.shared.choice import choice

    names = st.session_state.get("names", {"a": "A", "b": "B"})
    st.write(choice("which", names, key="pick"))


def picked(app: AppTest) -> str:
    assert not app.exception
    return str(app.markdown[0].value)


def test_an_option_that_goes_away_is_no_longer_chosen() -> None:
    app = AppTest.from_function(page).run()
    app.selectbox(key="pick").set_value("b").run()
    assert picked(app) == "b"
    assert app.query_params["pick"] == "b"
    app.session_state["names"] = {"a": "A"}
    app.run()
    assert picked(app) == "a"
    assert "pick" not in app.query_params


def test_another_option_is_chosen_while_more_are_added() -> None:
    """The reader chooses just when a new option comes: both must count."""
    app = AppTest.from_function(page).run()
    app.session_state["names"] = {"a": "A", "b": "B", "c": "C"}
    app.selectbox(key="pick").set_value("b").run()
    assert picked(app) == "b"
    app.selectbox(key="pick").set_value("c").run()
    assert picked(app) == "c"


def test_a_renamed_option_stays_chosen() -> None:
    app = AppTest.from_function(page).run()
    app.selectbox(key="pick").set_value("b").run()
    app.session_state["names"] = {"a": "甲", "b": "乙"}
    app.run()
    assert picked(app) == "b"
    assert app.selectbox(key="pick").value == "b"
