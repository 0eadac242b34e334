import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update

from core.messages import InputError
from core.store import tables
from core.store.classes import BYTES, MOST_HANDS, MOST_OF_OWNER
from core.store.expiry import delete_in_time
from core.store.store import Store
from tests.waiting import wait_for

CLASS, OTHER = "a" * 64, "b" * 64
TEACHER = "teacher"
BLANK = bytes(BYTES)


@pytest.fixture
def store(store: Store) -> Store:
    """A store in which one class is open."""
    store.classes.open(CLASS, TEACHER, "hash", days=1)
    return store


def n_rows(store: Store, table: str) -> int:
    with store._database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table]))


def make_over(store: Store, class_id: str = CLASS) -> None:
    """As if its time had passed."""
    with store._database.writing() as (connection, now):
        here = update(tables.classes).where(tables.classes.c.id == class_id)
        connection.execute(here.values(until=now - 1))


def test_sixty_who_send_ten_digits_at_once_lose_none(store: Store) -> None:
    """All at the same moment, with the teacher looking on."""
    everybody_is_there = threading.Barrier(MOST_HANDS + 1)
    is_over = threading.Event()

    def write(learner: int) -> int:
        everybody_is_there.wait()
        number = store.classes.join(CLASS, f"learner {learner}")
        for label in range(10):
            assert store.classes.add(
                CLASS, f"learner {learner}", label, bytes([label, learner]) + BLANK[2:]
            )
        return number or 0

    def look() -> int:
        everybody_is_there.wait()
        looks = 0
        while not is_over.wait(0.05):
            store.classes.marks(CLASS)
            looks += 1
        return looks

    with ThreadPoolExecutor(MOST_HANDS + 1) as threads:
        looks = threads.submit(look)
        numbers = [*threads.map(write, range(MOST_HANDS))]
        is_over.set()
        assert looks.result() >= 0
    assert sorted(numbers) == [*range(1, MOST_HANDS + 1)]
    rows = store.classes.digits(CLASS)
    assert len(rows) == 10 * MOST_HANDS
    for row in rows:
        assert row.pixels[:2] == bytes([row.label, numbers.index(row.hand)])
    assert [(mark.hand, mark.label) for mark in store.classes.marks(CLASS)] == [
        (hand, label) for hand in range(1, MOST_HANDS + 1) for label in range(10)
    ]
    with pytest.raises(InputError, match=r"This class is full: 60 take part\."):
        store.classes.join(CLASS, "one too many")
    assert store.classes.join(CLASS, "learner 7") == numbers[7]  # who is in stays in


def test_a_digit_is_kept_once_for_each_label_and_taken_back_at_once(store: Store) -> None:
    assert store.classes.number(CLASS, "ada") is None
    assert not store.classes.add(CLASS, "ada", 3, BLANK)  # who takes no part sends none
    assert store.classes.join(CLASS, "ada") == 1
    assert store.classes.join(CLASS, "bob") == 2
    for pixels in (BLANK, b"\x07" * BYTES):
        assert store.classes.add(CLASS, "ada", 3, pixels)
    assert store.classes.add(CLASS, "bob", 3, BLANK)
    assert [row.pixels[0] for row in store.classes.digits(CLASS)] == [7, 0]
    assert [row.hand for row in store.classes.digits(CLASS, hand=2)] == [2]
    store.classes.leave(CLASS, "ada")
    assert [row.hand for row in store.classes.digits(CLASS)] == [2]
    assert store.classes.numbers(CLASS) == [2]
    assert store.classes.join(CLASS, "ada") == 3  # nobody is taken for who had 1


def test_the_teacher_removes_a_digit_or_a_hand_and_no_other(store: Store) -> None:
    for owner in ("ada", "bob"):
        store.classes.join(CLASS, owner)
        for label in (3, 4):
            store.classes.add(CLASS, owner, label, BLANK)
    store.classes.remove(CLASS, 1, 3)
    assert [(m.hand, m.label) for m in store.classes.marks(CLASS)] == [(1, 4), (2, 3), (2, 4)]
    store.classes.remove(CLASS, 2)
    assert [(m.hand, m.label) for m in store.classes.marks(CLASS)] == [(1, 4)]
    assert store.classes.number(CLASS, "bob") is None


def test_what_was_learned_of_a_class_is_kept_with_it(store: Store) -> None:
    store.classes.open(OTHER, TEACHER, "hash", days=1)
    for n_held in (3, 4):
        store.classes.note_learned(CLASS, {"n_held": n_held})
    rows = [store.classes.get(class_id) for class_id in (CLASS, OTHER)]
    assert [row and row.learned for row in rows] == [{"n_held": 4}, None]


def test_another_class_is_never_touched(store: Store) -> None:
    store.classes.open(OTHER, "somebody else", "hash", days=30)
    for class_id in (CLASS, OTHER):
        assert store.classes.join(class_id, "ada") == 1
        store.classes.add(class_id, "ada", 5, BLANK)
    store.classes.leave(CLASS, "ada")
    store.classes.remove(CLASS, 1)
    store.classes.close(CLASS)
    assert store.classes.get(CLASS) is None
    assert not store.classes.add(CLASS, "ada", 5, BLANK)
    assert store.classes.join(CLASS, "ada") is None
    assert len(store.classes.digits(OTHER)) == 1
    assert n_rows(store, "class_digits") == 1


def test_a_class_whose_time_is_over_is_not_there_and_soon_deleted(store: Store) -> None:
    store.classes.open(OTHER, TEACHER, "hash", days=1)
    for class_id in (CLASS, OTHER):
        store.classes.join(class_id, "ada")
        store.classes.add(class_id, "ada", 5, BLANK)
    make_over(store)
    assert store.classes.get(CLASS) is None
    assert store.classes.join(CLASS, "bob") is None
    assert not store.classes.add(CLASS, "ada", 6, BLANK)
    ended = delete_in_time(store, every=0.01)
    try:
        wait_for(lambda: n_rows(store, "classes") == 1, "the class to be deleted")
        assert (n_rows(store, "hands"), n_rows(store, "class_digits")) == (1, 1)
        make_over(store, OTHER)
        wait_for(lambda: n_rows(store, "classes") == 0, "the other one to be deleted")
    finally:
        ended.set()
    assert (n_rows(store, "hands"), n_rows(store, "class_digits")) == (0, 0)


def test_what_is_mine_is_counted_and_deleted(store: Store) -> None:
    store.classes.join(CLASS, "ada")
    store.classes.add(CLASS, "ada", 5, BLANK)
    assert {k: n for k, n in store.kept_of("ada").items() if n} == {"hands": 1}
    assert {k: n for k, n in store.kept_of(TEACHER).items() if n} == {"classes": 1}
    store.delete_all_of("ada")
    assert (n_rows(store, "class_digits"), n_rows(store, "classes")) == (0, 1)
    store.classes.join(CLASS, "bob")
    store.delete_all_of(TEACHER)
    assert (n_rows(store, "hands"), n_rows(store, "classes")) == (0, 0)


def test_so_many_classes_and_so_long_and_a_click_that_arrives_twice(store: Store) -> None:
    for days in (0, -1, 30.1, float("nan"), float("inf")):
        with pytest.raises(InputError, match="A class lasts at most 30 days"):
            store.classes.open(OTHER, TEACHER, "hash", days=days)
    for number in range(1, MOST_OF_OWNER):
        store.classes.open(str(number), TEACHER, "hash", days=30)
    store.classes.open("1", TEACHER, "another hash", days=30)
    found = store.classes.get("1")
    assert found is not None
    assert found.key_hash == "hash"
    with pytest.raises(InputError, match="5 classes of yours are open"):
        store.classes.open(OTHER, TEACHER, "hash", days=1)
    make_over(store)  # one whose time is over does not count
    store.classes.open(OTHER, TEACHER, "hash", days=1)


@pytest.mark.parametrize(("label", "pixels"), [(10, BLANK), (-1, BLANK), (3, b""), (3, b"x" * 785)])
def test_what_is_no_digit_is_refused(store: Store, label: int, pixels: bytes) -> None:
    store.classes.join(CLASS, "ada")
    with pytest.raises(InputError, match="A digit of a class has a label from 0 to 9"):
        store.classes.add(CLASS, "ada", label, pixels)
    assert store.classes.marks(CLASS) == []
