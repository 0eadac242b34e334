"""What goes to the browser with a page, and what is taken from it."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from core.learning.progress import Entry, Progress
from core.messages import InputError
from pages.asking import record
from tests.pages.conftest import Open

PAGE = "pages/lines/one_weight/one_weight.py"


def sent(app: AppTest) -> list[Progress]:
    """The news in the page's elements that the browser keeps."""
    data = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    return [Progress.read(one["news"]) for one in data if one.get("news")]


def test_nothing_is_sent_before_there_is_anything_and_then_only_what_is_new(
    open_page: Open,
) -> None:
    app = open_page(PAGE)
    assert sent(app) == []
    app.session_state["progress"] = Progress({"mlp/old": Entry(1, True)})
    app.radio(key="answer_ow_last").set_value(1)
    app.button(key="check_ow_last").click().run()
    news = sent(app)
    assert news
    assert all(list(one.entries) == ["one_weight/ow_last"] for one in news)
    assert set(app.session_state["progress"].entries) == {"mlp/old", "one_weight/ow_last"}


def test_asking_adds_little_to_a_run_and_nothing_to_a_moved_slider(open_page: Open) -> None:
    """Questions and challenges are texts, made once a run; a slider changes data alone."""
    app = open_page(PAGE)
    app.radio(key="answer_ow_last").set_value(0)
    app.button(key="check_ow_last").click().run()
    app.slider(key="ow_rate").set_value(0.4).run()
    record_of_browser = [one.proto.json for one in app.get("bidi_component")]
    assert sum(map(len, record_of_browser)) < 2_000
    guess = [one for one in app.get("vega_lite_chart")[0].proto.datasets if one.name == "guess"]
    assert sum(len(one.data.data) for one in guess) < 1_000


def test_a_record_is_merged_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(record.st, "session_state", state)
    record.note("a/b", right=False, answer="1")
    other = Progress({"a/c": Entry(5, True)}, since=0)
    record.take(other.write())
    assert set(record.progress().entries) == {"a/b", "a/c"}
    with pytest.raises(InputError):
        record.take("no record")
    record.forget()
    assert record.progress().entries == {}
    record.take(other.write())  # who brings a file back wants it, however old it is
    assert set(record.progress().entries) == {"a/c"}
    assert state[record.NEWS] == record.progress()
