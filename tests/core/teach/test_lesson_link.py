import base64
import json
import random
import string
import tracemalloc
import zlib
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import InputError
from core.teach.lesson_link import LARGEST, address, as_file, pack, read_file, ready, unpack
from core.teach.lesson_plan import LessonPlan, read
from core.teach.lesson_results import MOST_ITEMS, items


def test_a_lesson_survives_its_link_and_its_file() -> None:
    for name, plan in ready().items():
        assert pack(plan) == name
        assert unpack(name) is plan
        assert read_file(as_file(plan).encode()) == plan
    mine = read(dict(ready()["last_sample"].data) | {"title": "Meine Stunde: wöchentlich"})
    packed = pack(mine) or ""
    assert unpack(packed) == mine
    assert unpack(packed).mark == mine.mark != ready()["last_sample"].mark


def test_the_ready_lessons_are_six_in_both_languages_and_fit_a_code() -> None:
    assert len(ready()) == 6
    for plan in ready().values():
        for text in (plan.title, *(step.task for step in plan.steps)):
            assert set(text.by_language) == {"en", "zh"}
        for question in (one for step in plan.steps for one in step.own):
            assert set(question.text.by_language) == {"en", "zh"}
            assert all(set(one.why.by_language) == {"en", "zh"} for one in question.choices)
        assert 2 < len(items(plan)) <= MOST_ITEMS


def test_a_lesson_too_long_for_a_link_is_a_file() -> None:
    chance = random.Random(0)
    task = "".join(chance.choices(string.ascii_letters, k=1_200))
    plan = read({"title": "long", "steps": [{"page": "mlp", "task": task[i:]} for i in range(8)]})
    assert unpack(pack(plan) or "") == plan  # the same again takes little room
    steps = [
        {"page": "mlp", "task": "".join(chance.choices(string.ascii_letters, k=1_200))}
        for _ in range(8)
    ]
    longer = read({"title": "longer", "steps": steps})
    assert pack(longer) is None
    assert read_file(as_file(longer).encode()) == longer


@given(st.text(max_size=80) | st.text("abcXYZ019-_", min_size=8))
def test_nonsense_in_a_link_is_told_in_one_sentence(text: str) -> None:
    if text not in ready():
        with pytest.raises(InputError):
            unpack(text)


def test_a_link_that_was_cut_is_noticed_and_a_bomb_stays_small() -> None:
    packed = pack(read({"title": "x", "steps": [{"page": "mlp", "task": "Look."}]})) or ""
    for end in range(1, len(packed)):
        with pytest.raises(InputError):
            unpack(packed[:end])
    bombs = [
        zlib.compress(b" " * 50_000_000, 9)[:4_000],
        zlib.compress(b"[" * 50_000, 9),
        zlib.compress(json.dumps({"title": "x", "steps": [{}] * 10_000}).encode(), 9),
        zlib.compress(b'{"title":' * 5_000, 9),
    ]
    tracemalloc.start()
    for bomb in bombs:
        with pytest.raises(InputError):
            unpack(base64.urlsafe_b64encode(bomb).decode().rstrip("="))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[" * 10_000, b"{}", b"7", b" " * (LARGEST + 1)]
)
def test_a_file_that_holds_no_lesson_is_told_in_one_sentence(content: bytes) -> None:
    with pytest.raises(InputError):
        read_file(content)


def test_a_lessons_address_is_its_first_page_as_it_is_set() -> None:
    plan: LessonPlan = ready()["how_far"]
    page, _, query = address(plan, "how_far", "zh", 3).partition("?")
    assert page == "gradient_descent"
    assert parse_qs(query) == {
        "gd_variant": ["full"],
        "gd_rate": ["3"],
        "lesson": ["how_far"],
        "task": ["3"],
        "lang": ["zh"],
    }
