import ast
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.number import number
from core.percent import percent


def value_of(text: str) -> float:
    """The number that a reader sees in a text of `core.number.number`."""
    digits, _, power = text.replace("−", "-").partition("·10")
    exponent = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(f"{digits}e{exponent or 0}")


@given(st.floats(-1e300, 1e300))
def test_three_significant_digits_are_kept_in_little_room(value: float) -> None:
    text = number(value)
    assert len(text) <= 12
    assert value_of(text) == pytest.approx(value, rel=5.01e-3)


@given(st.floats(1e-300, 1e300), st.floats(1.011, 10))
def test_what_differs_by_a_hundredth_reads_different(value: float, times: float) -> None:
    assume(value * times < 1e300)
    assert number(value) != number(value * times)


@given(st.integers(1, 9_999))
def test_one_image_of_ten_thousand_is_seen_near_both_ends(wrong: int) -> None:
    texts = percent(wrong / 10_000), percent(1 - wrong / 10_000)
    assert not {"0.0", "100.0", "0.00", "100.00"} & set(texts)
    if wrong < 99:
        assert percent((wrong + 1) / 10_000) != texts[0]
        assert percent(1 - (wrong + 1) / 10_000) != texts[1]


def test_counts_are_written_by_one_function() -> None:
    """Pages and charts write no separators themselves, and no count of updates without them."""
    own = []
    for path in (
        file for folder in ("core/charts", "pages") for file in Path(folder).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FormattedValue) and node.format_spec:
                own += [(path, node.lineno)] * ("," in ast.unparse(node.format_spec))
            elif isinstance(node, ast.keyword) and node.arg == "update":
                value = ast.unparse(node.value)
                own += [(path, node.value.lineno)] * (
                    "update + 1" in value and "whole" not in value
                )
    assert not own
