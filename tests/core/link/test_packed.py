import base64
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.hyperparameters import LARGEST, SMALLEST
from core.link.packed import LONGEST_PACKED, MOST_ROWS, pack, unpack

numbers = st.just(0.0) | st.floats(SMALLEST, LARGEST) | st.floats(-LARGEST, -SMALLEST)
rows = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[numbers] * width), max_size=MOST_ROWS).map(tuple)
)


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


@given(rows)
def test_every_table_comes_back_exactly_and_fits(table: tuple[tuple[float, ...], ...]) -> None:
    text = pack(table)
    assert unpack(text, len(table[0]) if table else 2) == table
    assert len(text) <= LONGEST_PACKED


def test_a_hundred_points_are_short_and_the_longest_numbers_still_fit() -> None:
    drawn = random.Random(0)
    points = [
        (round(drawn.gauss(0, 2), 2), round(drawn.gauss(0, 2), 2), float(drawn.randrange(2)))
        for _ in range(MOST_ROWS)
    ]
    assert len(pack(tuple(points))) < 700
    longest = tuple(tuple(-drawn.uniform(1, 9) * 1e-38 for _ in range(3)) for _ in range(MOST_ROWS))
    assert unpack(pack(longest), 3) == longest


@given(st.text() | st.text("abcXYZ019-_", min_size=8))
def test_nonsense_is_none(text: str) -> None:
    assert unpack(text, 2) is None or text == ""


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"1", b"1;2;3", b"1,2;3", b"1;", b";", b"1;nan", b"1;inf", b"1;1e51", b"1;1e-51"),
        *(b"1;1e999", b"1;1_0", b"1; 2", b"1;0x1", b"1;\xd9\xa1", b"1;--1", b"1;1e"),
        b"1" + b",1" * MOST_ROWS + b";1" + b",1" * MOST_ROWS,
    ],
)
def test_what_is_no_table_of_two_columns_is_none(content: bytes) -> None:
    assert unpack(packed(content), 2) is None


def test_a_link_that_was_cut_or_changed_is_noticed() -> None:
    text = pack(((0.5, 1.25), (3.0, -4.0)))
    assert all(unpack(text[:end], 2) is None for end in range(1, len(text)))
    assert unpack(text + "AAAA", 2) is None
    for at in range(len(text)):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        assert unpack(changed, 2) in (None, unpack(text, 2))  # the last sign has spare bits


def test_a_bomb_stays_small() -> None:
    bomb = packed(b"1," * 1_000_000)
    assert len(bomb) <= LONGEST_PACKED
    tracemalloc.start()
    assert unpack(bomb, 2) is None
    assert unpack(packed(random.Random(0).randbytes(5_000)), 2) is None
    assert tracemalloc.get_traced_memory()[1] < 500_000
    tracemalloc.stop()
