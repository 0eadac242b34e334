from dataclasses import dataclass

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.messages import InputError
from pages.runs.shown_live import _watch


@dataclass(frozen=True)
class Known:
    said: str
    is_moving: bool = False

    @property
    def outline(self) -> tuple[object, ...]:
        return (self.is_moving,)


def drawn(*looks: Known | InputError | None) -> AppTest:
    """A page that shows one thing, of which each look finds the next of these."""

    def page(looks):  # only what it imports itself is known in it
        import streamlit as st

        from pages.runs.shown_live import show_live

        known = show_live(
            lambda: looks.pop(0),
            lambda seen: st.text(seen.said),
            key="live",
            every=60,
            missing="There is none.",
        )
        st.caption(f"{known and known.said}, {len(looks)} looks left")

    return AppTest.from_function(page, args=(list(looks),)).run()


def test_what_was_just_seen_is_drawn_without_another_look() -> None:
    app = drawn(Known("half way"), Known("done"))
    assert app.text[0].value == "half way"
    assert app.caption[0].value == "half way, 1 looks left"


def test_what_does_not_exist_is_said() -> None:
    app = drawn(None)
    assert app.warning[0].value == "There is none."
    assert app.caption[0].value == "None, 0 looks left"


def test_what_cannot_be_known_is_said_and_tried_again() -> None:
    app = drawn(InputError("The store is away."))
    assert app.error[0].value == "The store is away."
    assert app.caption[0].value == "Trying again by itself."
    assert app.caption[1].value == "None, 0 looks left"


def test_where_the_page_is_to_be_drawn_anew_a_click_is_taken_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    monkeypatch.setattr(st, "rerun", lambda: done.append("drawn anew"))
    _watch(lambda: Known("over"), lambda seen: done.append(seen.said), (True,), [])
    assert done == ["over", "drawn anew"]


def test_a_refused_order_is_told_once() -> None:
    def page() -> None:
        import streamlit as st

        from core.messages import InputError
        from pages.runs.shown_live import order, show_refusal

        def refuse() -> None:
            with order("refused"):
                raise InputError("It is over.")

        st.button("Stop", on_click=refuse)
        show_refusal("refused")

    app = AppTest.from_function(page).run()
    app.button[0].click().run()
    assert [error.value for error in app.error] == ["It is over."]
    assert not app.run().error
