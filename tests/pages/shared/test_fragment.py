"""A fragment runs alone, and one inside another is a part of that."""

from collections.abc import Callable
from unittest.mock import MagicMock

import pytest
import streamlit as st
from streamlit.runtime.app_session import AppSession

from pages.shared.fragment import fragment, is_inside
from tests import ROOT


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Streamlit was asked to run by itself, by name."""
    called: list[str] = []

    def by_itself(body: Callable[..., None], **_: object) -> Callable[..., None]:
        def show(*args: object) -> None:
            called.append(body.__name__)
            body(*args)

        return show

    monkeypatch.setattr(st, "fragment", by_itself)
    return called


def test_one_inside_another_is_a_part_of_it(alone: list[str]) -> None:
    said = []

    @fragment
    def inner(word: str) -> None:
        said.append(word)
        assert is_inside()

    @fragment
    def outer() -> None:
        inner("nested")

    inner("by itself")
    outer()
    assert not is_inside()
    assert said == ["by itself", "nested"]
    assert alone == ["inner", "outer"]


@pytest.mark.usefixtures("alone")
def test_none_runs_by_itself_inside_another() -> None:
    def look() -> None: ...

    with pytest.raises(RuntimeError, match="look cannot run by itself"):
        fragment(lambda: fragment(look, run_every=1.0)())()
    assert not is_inside()  # an error leaves nothing behind


def test_streamlits_own_is_called_nowhere_else() -> None:
    found = [p for p in (ROOT / "pages").rglob("*.py") if "st.fragment" in p.read_text("utf-8")]
    assert [path.name for path in found] == ["fragment.py"]


def test_the_page_is_run_by_the_thread_that_is_at_work() -> None:
    """Not by one beside it, which would write to the session's state at the same time."""
    session = MagicMock(spec=AppSession, _state=None, _scriptrunner=MagicMock())
    AppSession.request_rerun(session, None)
    session._scriptrunner.request_rerun.assert_called_once()
    session._create_scriptrunner.assert_not_called()
