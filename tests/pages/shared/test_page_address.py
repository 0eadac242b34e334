import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.page_address import Run


def page() -> None:
    import streamlit as st

    from pages.shared import link, page_address

    state = st.session_state
    with page_address.run():
        link.begin()
        link.arrive("one_weight")
        state.setdefault("news", []).append(link.is_new())
        if state.pop("goes", False):
            link.go({"ow_rate": 0.3})
        if state.pop("ends", False):
            st.stop()
        if state.pop("is_cut", False):
            st.rerun()


def opened(**state: object) -> AppTest:
    app = AppTest.from_function(page)
    app.session_state["link_kept"] = {"lang": ["zh"]}
    app.session_state["link_page"] = "sketch"
    for name, value in state.items():
        app.session_state[name] = value
    return seen(app.run())


def seen(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def scripts(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html")]


def test_a_page_is_new_until_a_run_of_it_has_come_to_its_end() -> None:
    app = opened(is_cut=True)
    assert app.session_state["news"] == [True, True]
    assert seen(app.run()).session_state["news"] == [True, True, False]


def test_what_a_run_replaced_that_was_cut_short_the_next_one_replaces_again() -> None:
    app = opened(is_cut=True)
    (script,) = scripts(app)
    assert "replaceState({}, '', \"?lang=zh\")" in script
    assert scripts(seen(app.run())) == []


def test_a_page_that_stops_has_come_to_its_end() -> None:
    app = opened(ends=True)
    assert seen(app.run()).session_state["news"] == [True, False]
    assert scripts(app) == []


def test_a_page_that_the_reader_has_set_is_not_new_any_longer() -> None:
    app = opened(is_cut=True, goes=True)
    assert app.session_state["news"] == [True, False]


def test_what_the_browser_had_not_when_it_asked_for_a_run_that_one_replaces_again() -> None:
    app = opened()
    assert scripts(app)
    assert "lang" in app.query_params
    del app.query_params["lang"]
    assert "replaceState({}, '', \"?lang=zh\")" in scripts(seen(app.run()))[0]
    assert scripts(seen(app.run())) == []


def test_what_a_part_of_the_page_replaces_the_next_run_of_the_page_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Streamlit refuses a part that writes where only the page did."""
    monkeypatch.setattr("pages.shared.page_address.runs_alone", lambda: True)
    app = opened()
    assert scripts(app) == []
    monkeypatch.undo()
    del app.query_params["lang"]
    assert len(scripts(seen(app.run()))) == 1


def test_what_the_reader_has_changed_meanwhile_is_left_as_it_is() -> None:
    app = opened()
    app.session_state["address_run"] = Run({"n": ([], ["37"]), "ow_rate": (["0.2"], [])})
    app.query_params["n"] = "5"
    app.query_params["ow_rate"] = "0.2"
    seen(app.run())
    assert app.query_params["n"] in ("5", ["5"])
    assert "ow_rate" not in app.query_params


def test_what_the_reader_sets_to_what_it_was_is_left_as_it_is() -> None:
    app = opened()
    app.session_state["ow_rate"] = 0.05  # the usual one
    app.session_state["address_run"] = Run({"ow_rate": ([], ["0.2"])})
    seen(app.run())
    assert "ow_rate" not in app.query_params
