"""A class's digits reach its teacher alone, whatever others know, guess or send."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import strategies as st
from streamlit.proto.WidgetStates_pb2 import WidgetState

from core.digits.classroom import codes
from core.digits.classroom.codes import Held
from core.store.store import Store
from tests.hostile.cases import CASES, texts, try_all
from tests.hostile.spy import Spy

ADA, BOB, EVE = "a" * 32, "b" * 32, "e" * 32
"""The teacher's browser, a learner's, and that of somebody who wants to know."""

CODE = "K7QM2XVB9RTC"

TEACHERS = ("room_learn", "room_npz", "classroom_close")
"""Keys of what only a teacher is shown."""


@CASES
def test_a_code_and_a_cookie_of_any_text_are_what_they_should_be_or_nothing(n_cases: int) -> None:
    def check(text: str) -> None:
        code = codes.read_code(text)
        assert code is None or (len(code) == codes.LENGTH and codes.read_code(code) == code)
        held = codes.read_held(text)
        assert len(held) <= codes.MOST_HELD
        assert codes.read_held(codes.write_held(held)) == held
        assert set(codes.write_held(held)) <= set(codes.ALPHABET + "abcdef.-")

    like = codes.write_code(CODE), codes.write_held([Held(CODE, "0" * 32)])
    try_all(n_cases, check, texts(*like) | st.text(codes.ALPHABET + "-", max_size=16))


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{home / 'neuron_ladder.sqlite3'}")
    yield store
    store.close()


@pytest.fixture
def led(store: Store) -> Iterator[Held]:
    """A class of Ada's, with a digit of Bob's."""
    held = Held(codes.new_code(), codes.new_key())
    class_id = codes.class_id(held.code)
    store.classes.open(class_id, ADA, codes.key_hash(held.key), days=1)
    store.classes.join(class_id, BOB)
    store.classes.add(class_id, BOB, 0, bytes(784))
    yield held
    store.classes.close(class_id)


def visit(server: str, owner: str, query: str, led: Sequence[Held] = (), **press: str) -> Spy:
    """Open the page, and press buttons by their names, seen or not; the tab as it was left."""
    cookies = {"nl_lead": codes.write_held(led)} if led else {}

    async def go() -> Spy:
        async with Spy(server, "classroom", owner, query, cookies) as tab:
            await tab.run()
            for widget in press.values():
                await tab.say(WidgetState(id=widget, trigger_value=True))
            return tab

    return asyncio.run(go())


@pytest.mark.long
def test_only_its_own_teacher_in_their_own_browser_leads_a_class(
    server: str, store: Store, led: Held
) -> None:
    class_id, query = codes.class_id(led.code), f"room={led.code}"
    others = Held(codes.new_code(), codes.new_key())
    store.classes.open(codes.class_id(others.code), EVE, codes.key_hash(others.key), days=1)
    teacher = visit(server, ADA, query, [led])
    assert set(TEACHERS) <= teacher.widgets.keys()
    forged = [led, others, Held(led.code, others.key), Held(led.code, codes.key_hash(led.key)[:32])]
    buttons = {key: teacher.id_of(key) for key in ("room_learn", "classroom_close")}
    tries = [(EVE, None), *((EVE, one) for one in forged), (BOB, led), ("local", led), ("", led)]
    for owner, one in tries:
        seen = visit(server, owner, query, [one] if one else [], **buttons)
        assert not set(TEACHERS) & seen.widgets.keys()
    without_key = visit(server, ADA, query, **buttons)
    assert not set(TEACHERS) & without_key.widgets.keys()
    assert store.classes.get(class_id) is not None
    assert len(store.classes.marks(class_id)) == 1
    store.classes.close(codes.class_id(others.code))


@pytest.mark.long
def test_who_takes_part_reaches_no_digit_of_another(server: str, store: Store, led: Held) -> None:
    """Neither taking back nor undoing touches it, and a class that one is not in keeps its own."""
    class_id, query = codes.class_id(led.code), f"room={led.code}"
    bob = visit(server, BOB, query)
    names = ("classroom_take_back", "classroom_back")
    buttons = {key: bob.id_of(key) for key in names}
    visit(server, EVE, query, **buttons)
    assert [mark.label for mark in store.classes.marks(class_id)] == [0]
    eve = visit(server, EVE, query)
    visit(server, EVE, query, join=eve.id_of("classroom_join"), **buttons)
    assert [mark.label for mark in store.classes.marks(class_id)] == [0]
    assert store.classes.number(class_id, BOB) == 1


@pytest.mark.long
def test_who_guesses_waits_and_a_class_is_not_told_from_one_that_never_was(
    server: str, led: Held
) -> None:
    guesser = "9" * 32

    async def guess(*tried: str) -> list[bytes]:
        async with Spy(server, "classroom", guesser) as tab:
            answers = []
            for code in tried:
                tab.seen, tab._query = b"", {"room": code}
                await tab.run()
                answers.append(tab.seen)
            return answers

    *wrong, right = asyncio.run(guess(*(codes.new_code() for _ in range(12)), led.code))
    assert all(b"There is no class with this code" in seen for seen in wrong[:10])
    assert all(b"Those were many wrong codes" in seen for seen in (*wrong[10:], right))
    again = visit(server, guesser, f"room={led.code}")  # as little as in a new session
    assert "classroom_join" not in again.widgets
    assert "classroom_join" in visit(server, "8" * 32, f"room={led.code}").widgets
