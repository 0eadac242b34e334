import threading
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace

import pytest

from pages.shared import frame
from tests.waiting import wait_for


class Ended(BaseException):
    """What Streamlit raises where a run is out of date."""


def context(sent: list[str], yield_check: Callable[[], None] = lambda: None) -> SimpleNamespace:
    return SimpleNamespace(_enqueue=sent.append, yield_check=yield_check)


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> Callable[[SimpleNamespace | None], None]:
    """Let a context be that of the run."""

    def be(one: SimpleNamespace | None) -> None:
        monkeypatch.setattr(frame, "get_script_run_ctx", lambda: one)

    return be


def test_what_is_drawn_is_sent_at_the_end_in_its_order(
    within: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "HELD", 3600)
    sent: list[str] = []
    run = context(sent)
    within(run)
    with frame.burst():
        run._enqueue("title")
        run._enqueue("chart")
        assert sent == []
    assert sent == ["title", "chart"]
    run._enqueue("after the page")
    assert sent[-1] == "after the page"


def test_what_is_drawn_before_long_work_is_seen_meanwhile(
    within: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "HELD", 0.01)
    sent: list[str] = []
    run = context(sent)
    within(run)
    with frame.burst():
        run._enqueue("please wait")
        wait_for(lambda: sent == ["please wait"], "the first burst")
        run._enqueue("and on")
        wait_for(lambda: sent == ["please wait", "and on"], "the second burst")


def test_a_page_that_stops_has_sent_what_it_drew(within: Callable[..., None]) -> None:
    """Where a run is to stop, Streamlit sends nothing more from its thread."""
    sent: list[str] = []
    stopping = threading.Event()

    def send(message: str) -> None:
        if stopping.is_set() and threading.current_thread() is threading.main_thread():
            raise Ended
        sent.append(message)

    run = SimpleNamespace(_enqueue=send, yield_check=lambda: None)
    within(run)
    with suppress(Ended), frame.burst():
        run._enqueue("title")
        stopping.set()
        raise Ended
    assert sent == ["title"]


def test_each_element_is_a_place_where_a_run_that_is_out_of_date_ends(
    within: Callable[..., None],
) -> None:
    def end() -> None:
        raise Ended

    sent: list[str] = []
    run = context(sent, end)
    within(run)
    with pytest.raises(Ended), frame.burst():
        run._enqueue("title")
    assert sent == []


def test_without_a_run_nothing_is_held(within: Callable[..., None]) -> None:
    within(None)
    with frame.burst():
        pass
