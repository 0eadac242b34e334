import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput


def page() -> None:
    import streamlit as st

    from pages.shared import link, page_address
    from pages.shared.choice import CURRENT_PAGE, choice
    from pages.shared.control import slider, switch

    with page_address.run():
        link.begin()
        with st.sidebar:
            where = st.text_input("where", "one_weight", key="where")
        st.session_state[CURRENT_PAGE] = where
        link.arrive(where)
        if where == "sketch":
            st.write("another page")
            return
        st.write(
            slider("Samples", "n", help="how many"),
            slider("Rate", "sn_rate", help="how far"),
            switch("Bad", "bad", help="the last one"),
            choice("Variant", {"plain": "rising", "negated": "negated"}, key="data"),
        )


def opened(**link: str | list[str]) -> AppTest:
    app = AppTest.from_function(page)
    for name, value in link.items():
        app.query_params[name] = value
    return seen(app.run())


def seen(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def shown(app: AppTest) -> tuple[object, ...]:
    values = [app.slider(key="n").value, app.select_slider(key="sn_rate").value]
    return (*values, app.toggle(key="bad").value, app.selectbox(key="data").value)


def field(app: AppTest, label: str) -> TextInput:
    (found,) = (one for one in app.text_input if one.label == f"{label}: type a number")
    return found


def told(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption)


def test_what_is_allowed_in_a_link_is_shown_without_a_word() -> None:
    app = opened(n="37", sn_rate="0.03", bad="TRUE", data="negated")
    assert shown(app) == (37, 0.03, True, "negated")
    assert not app.caption


def test_what_is_not_allowed_is_mended_and_told_in_one_line() -> None:
    app = opened(n="9999", sn_rate="nan", bad="", data="x" * 400)
    assert shown(app) == (500, 0.1, False, "plain")
    assert len(app.caption) == 1
    for part in ("`n=9999` → `500`", "`sn_rate=nan` → `0.1`", "`bad=` → `false`", "…` → `plain`"):
        assert part in told(app)
    assert app.query_params["n"] == "500" or app.query_params["n"] == ["500"]
    assert "data" not in app.query_params
    app.slider(key="n").set_value(30).run()
    assert "n=9999" not in told(seen(app))  # it no longer is as the link had it
    assert "sn_rate=nan" in told(app)


def test_infinity_and_a_repeated_parameter_are_no_traceback() -> None:
    app = opened(n=["3", "inf"], data=["plain", "negated"])
    assert shown(app)[0] == 100
    assert shown(app)[3] == "negated"
    assert "n=3, inf" in told(app)


def test_any_number_in_range_can_be_typed() -> None:
    app = opened()
    field(app, "Rate").set_value(" 0,123").run()
    assert shown(seen(app))[1] == 0.123
    assert app.query_params["sn_rate"] in ("0.123", ["0.123"])
    app.select_slider(key="sn_rate").set_value(0.5).run()
    assert field(app, "Rate").value == "0.5"


def test_a_number_out_of_range_is_refused_in_one_sentence_and_stays_to_be_mended() -> None:
    app = opened(n="37")
    field(app, "Samples").set_value("501").run()
    assert [error.value for error in seen(app).error] == [
        "Samples: type a whole number from 1 to 500."
    ]
    assert field(app, "Samples").value == "501"
    assert shown(app)[0] == 37
    app.slider(key="n").set_value(38).run()
    assert not app.error
    assert field(app, "Samples").value == "38"


def test_values_come_again_with_their_page_but_for_what_the_link_says() -> None:
    app = opened(n="37", data="negated")
    app.toggle(key="bad").set_value(True).run()
    app.text_input(key="where").set_value("sketch").run()
    app.query_params.clear()
    app.text_input(key="where").set_value("one_weight").run()
    assert shown(seen(app)) == (37, 0.1, True, "negated")
    assert {name: app.query_params[name] for name in app.query_params} != {}
    app.text_input(key="where").set_value("sketch").run()
    app.query_params["n"] = "5"
    app.text_input(key="where").set_value("one_weight").run()
    assert shown(seen(app))[0] == 5


def test_what_the_address_has_lost_it_says_again() -> None:
    """The browser's own steps leave out what was replaced in the address."""
    app = opened(n="37", data="negated")
    app.query_params.clear()
    app.toggle(key="bad").set_value(True).run()
    assert shown(seen(app)) == (37, 0.1, True, "negated")
    said = {name: app.query_params[name] for name in app.query_params}
    assert said == {"n": "37", "data": "negated", "bad": "true"}


def test_back_shows_what_the_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(data="negated")
    monkeypatch.setattr("pages.shared.page_address.has_gone_back", lambda: True)
    app.query_params.clear()
    assert shown(seen(app.run()))[3] == "plain"
    assert "data" not in app.query_params
