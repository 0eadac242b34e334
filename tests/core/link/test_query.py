"""A page's state survives its link; nothing that stands in a link does harm."""

import base64
import random
import string
import tracemalloc
import zlib
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.hyperparameters import LARGEST, SMALLEST
from core.ladder import LADDER
from core.link.kinds import Choice, Kind, Number, Several, Switch, Table, Text
from core.link.packed import MOST_ROWS
from core.link.parameters import PARAMETERS, of_page
from core.link.query import from_query, is_usual, to_query
from tests.core.link.test_kinds import is_allowed

PAGES = [rung.name for rungs in LADDER.values() for rung in rungs]

LETTERS = string.printable + "\x00\x1b\x7f\u2028ŷη字😀%&=+#"


def drawn(kind: Kind, chance: random.Random) -> Any:
    """A value that is allowed: any, and often one at an end."""
    match kind:
        case Number() as number:
            ends = [number.low, number.high, *number.marks]
            value = chance.choice([chance.uniform(number.low, number.high), *ends])
            return round(value) if number.is_whole else value + 0.0
        case Switch():
            return chance.random() < 0.5
        case Choice(names=()) | Text():
            most = kind.most if isinstance(kind, Text) else 300
            return "".join(chance.choices(LETTERS, k=chance.randrange(min(most, 60))))
        case Choice() as choice:
            return chance.choice(choice.names)
        case Several() as several:
            return chance.sample(several.names, chance.randrange(len(several.names) + 1))
        case Table() as table:
            numbers = [0.0, SMALLEST, -LARGEST, 1 / 3, 0.25, 7.0, chance.gauss(0, 1)]
            rows = range(chance.randrange(8))
            return tuple(tuple(chance.choices(numbers, k=table.n_columns)) for _ in rows)


@pytest.mark.parametrize("page", PAGES)
def test_state_to_link_to_state_is_the_identity(page: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        chance = random.Random(seed)
        share = chance.random()
        here = [parameter for parameter in of_page(page) if chance.random() < share]
        state = {parameter.name: drawn(parameter.kind, chance) for parameter in here}
        told = {name: value for name, value in state.items() if not is_usual(name, value)}
        query = to_query(state)
        assert from_query(page, query) == told
        assert to_query(told) == query

    check()


def test_a_whole_table_of_points_is_in_the_link() -> None:
    points = tuple((i / 7, -i / 3, float(i % 2)) for i in range(MOST_ROWS))
    assert from_query("boundary", to_query({"src": "own", "pts": points})) == {
        "src": "own",
        "pts": points,
    }


BOMB = base64.urlsafe_b64encode(zlib.compress(b"1," * 10_000_000, 9)).decode()

HOSTILE = [
    *("9" * 10_000, "-1e" + "9" * 10_000, "\x00\x1b[31m\r\n" * 1_000, "true" * 2_500),
    *("1,2," * 2_500, "<script>" * 1_000, "％" * 3_000, "%" * 10_000, "&" * 10_000, BOMB),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_links_give_something_allowed_in_little_memory(text: str) -> None:
    for name in ("n", "slope", "bad", "data", "lang", "act", "layers", "pg_past", "xy"):
        parameter = PARAMETERS[name]
        for query in (urlencode({name: text}), f"{name}={text}"):
            values = from_query(parameter.pages[0] if parameter.pages else "mlp", query)
            assert all(is_allowed(PARAMETERS[one], value) for one, value in values.items())


def test_the_worst_takes_little_memory() -> None:
    everything = "&".join(f"{parameter.name}={BOMB[:2000]}" for parameter in of_page("playground"))
    queries = [f"xy={BOMB}", "n=" + "9" * 31_000, "&" * 32_000, "%" * 32_000, everything]
    tracemalloc.start()
    for query in queries:
        assert from_query("mlp", query) == {}
        assert from_query("playground", query[:32_000]) is not None
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_a_link_that_is_far_too_long_or_has_too_many_parts_says_nothing() -> None:
    assert from_query("one_weight", "n=3&x=" + "1" * 40_000) == {}
    assert from_query("one_weight", "n=3&" * 501) == {}
    assert from_query("one_weight", quote("\udcff", errors="surrogatepass")) == {}
