import pytest

from core.learning.exercises import Exercises, Question, Text
from core.learning.progress import Entry, Progress
from pages.start.home import where_one_stands


def test_what_comes_next_is_above_where_one_was_and_then_below(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = "one_weight"
    question = Question("q", "", Text({"en": "?"}))
    asked = {name: Exercises(name, questions=(question,)) for name in ("low", page, "high")}
    nothing, done = Progress(), Progress({f"{page}/q": Entry(1, True)})
    for progress, last, expected in (
        (nothing, page, None),
        (done, page, "high"),
        (done, None, "low"),
        (done, "high", "low"),
        (done, "check", "low"),
    ):
        monkeypatch.setattr(where_one_stands.record, "progress", lambda p=progress: p)
        assert where_one_stands.next_rung(asked, last) == expected
