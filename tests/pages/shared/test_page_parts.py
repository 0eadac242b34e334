"""What a control runs: the page's parts and itself, or where these are not enough, the page."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit.errors import StreamlitAPIException

from core.messages import InputError
from pages.shared import page_parts as parts


class Ran(BaseException):
    """What ends a callback: Streamlit's ends it in the same way."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str] | str]:
    """What Streamlit was asked to run."""
    ran: list[list[str] | str] = []

    def rerun(scope: list[str] | str = "app") -> None:
        ran.append(scope)
        if "control_gone" in scope:
            raise StreamlitAPIException("unknown")
        raise Ran

    def by_itself(body: Callable[..., None], **_: object) -> Callable[..., None]:
        return body

    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(st, "rerun", rerun)
    monkeypatch.setattr(st, "fragment", by_itself)
    monkeypatch.setattr(parts, "is_served", lambda: True)
    return ran


def run(*more: str) -> None:
    with pytest.raises(Ran):
        parts.run(*more)


def picture() -> None: ...


def details() -> None: ...


def test_a_control_runs_the_parts_in_their_order_and_itself_at_last(
    asked: list[list[str] | str],
) -> None:
    state = st.session_state
    state["told"] = "before"
    with parts.of_page():
        parts.begin()
        parts.show(picture)
        parts.show(details, follows=parts.in_fold("open", object))
        parts.show(details, key="told", follows=lambda: state["told"])
    run("control_n")
    state["open"], state["told"] = True, "now"
    run("control_n")
    assert asked == [
        ["part_picture", "control_n"],
        ["part_picture", "part_details", "part_told", "control_n"],
    ]


def test_one_inside_another_is_a_part_of_that(asked: list[list[str] | str]) -> None:
    with parts.of_page():
        parts.begin()
        parts.show(lambda: parts.show(picture), key="outer")
    run()
    assert asked == [["part_outer"]]


def test_it_runs_the_page_where_there_are_no_parts_or_not_all_of_them(
    asked: list[list[str] | str],
) -> None:
    with parts.of_page():
        assert not parts.are_here()
    run()
    page = parts.of_page()
    page.__enter__()
    parts.begin()
    parts.show(picture)  # and there the page was stopped
    run("control_n")
    assert asked == ["app", "app"]


def test_it_runs_the_page_where_streamlit_knows_one_no_more(
    asked: list[list[str] | str],
) -> None:
    with parts.of_page():
        parts.begin()
        parts.show(picture)
    run("control_gone")
    assert asked == [["part_picture", "control_gone"], "app"]


@pytest.mark.usefixtures("asked")
def test_what_is_found_is_found_once_until_a_control_is_moved() -> None:
    found = []

    @parts.once
    def answer() -> int:
        found.append(1)
        return len(found)

    with parts.of_page():
        parts.begin()
        parts.show(picture)
        assert answer() == answer() == 1
    run()
    assert answer() == answer() == 2


def test_bad_input_is_told_by_the_page(
    asked: list[list[str] | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise InputError("No number.")

    with pytest.raises(InputError):
        parts.show(fails)
    monkeypatch.setattr(parts, "runs_alone", lambda: True)
    with pytest.raises(Ran):
        parts.show(fails)
    assert asked == ["app"]
