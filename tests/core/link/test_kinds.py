import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.link.kinds import Choice, Number, Reading, Several, Switch, Table, Text, read_number
from core.link.packed import MOST_ROWS
from core.link.parameters import PARAMETERS, Parameter

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(["", "nan", "inf", "-inf", "1e999", "-1e999", "9" * 5000, "1_0", "0x10"]),
        st.floats().map(str),
        st.integers().map(str),
    ),
    min_size=1,
    max_size=3,
)
ALL = st.sampled_from(list(PARAMETERS.values()))


def is_allowed(parameter: Parameter, value: Any) -> bool:
    match parameter.kind:
        case Number() as kind:
            whole = isinstance(value, int) or not kind.is_whole
            return whole and math.isfinite(value) and kind.low <= value <= kind.high
        case Switch():
            return isinstance(value, bool)
        case Choice() as kind:
            return not kind.names or value in kind.names
        case Several() as kind:
            return set(value) <= set(kind.names)
        case Text() as kind:
            return len(value) <= kind.most
        case Table() as kind:
            return len(value) <= MOST_ROWS and all(len(row) == kind.n_columns for row in value)


@given(ALL, TEXTS)
def test_whatever_a_link_says_is_read_as_something_allowed(
    parameter: Parameter, texts: list[str]
) -> None:
    reading = parameter.kind.read(texts)
    assert is_allowed(parameter, reading.value)
    written = parameter.kind.write(reading.value)
    assert parameter.kind.read(written) == Reading(reading.value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_exactly_itself(value: float) -> None:
    kind = Number(0.0, -math.inf, math.inf)
    assert kind.read(kind.write(value)) == Reading(value)


@given(st.integers(-(10**6), 10**6))
def test_what_is_out_of_range_becomes_the_nearest(value: int) -> None:
    reading = Number(100, 1, 500).read([str(value)])
    assert reading.value == min(max(value, 1), 500)
    assert (reading.problem == "") == (1 <= value <= 500)


@pytest.mark.parametrize("text", ["nan", "", "foo", "1 2", "1,2,3", "9" * 5000, "0x1f", "1_000"])
def test_nonsense_becomes_the_usual_value(text: str) -> None:
    assert Number(100, 1, 500).read([text]) == Reading(100, "no sense")


def test_a_repeated_parameter_is_read_once_and_said_so() -> None:
    assert Number(100, 1, 500).read(["3", "4"]) == Reading(4, "out of range")
    assert Switch().read(["false", "true"]) == Reading(value=True, problem="out of range")


def test_a_number_that_could_be_two_is_none() -> None:
    assert read_number("1,000") is None
    assert read_number("0,001") == 0.001
    assert read_number("1,000", whole=True) == 1000
