from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from pages.shared.kept_values import kept

    if st.toggle("leave", key="leave"):
        st.write("another page")
    else:
        with kept("a"):
            st.slider("a", 0, 10, 1, key="a")
        st.slider("b", 0, 10, 1, key="b")


def test_a_kept_control_has_its_value_again() -> None:
    app = AppTest.from_function(page).run()
    app.slider(key="a").set_value(7)
    app.slider(key="b").set_value(7).run()
    app.toggle(key="leave").set_value(True).run()
    app.toggle(key="leave").set_value(False).run()
    assert app.slider(key="a").value == 7
    assert app.slider(key="b").value == 1


def test_a_value_in_the_link_is_not_overwritten() -> None:
    app = AppTest.from_function(page).run()
    app.slider(key="a").set_value(7).run()
    app.toggle(key="leave").set_value(True).run()
    app.query_params["a"] = "3"
    app.toggle(key="leave").set_value(False).run()
    assert app.slider(key="a").value != 7
