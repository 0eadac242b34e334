"""A table of numbers in any usual notation comes back equal or is asked about, never different."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.hyperparameters import LARGEST, SMALLEST
from core.own_data import TwoMeaningsError, read_csv
from core.own_data.notation import meanings, plain, unmistakable

FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


class Notation(NamedTuple):
    """How somebody writes a table."""

    separator: str
    mark: str
    thousands: str
    minus: str
    is_percent: bool
    is_full_width: bool
    is_quoted: bool
    header: tuple[str, str] | None
    ends_rows: bool
    tells_separator: bool
    is_remarked: bool
    encode: Callable[[str], bytes | str]

    def number(self, value: float) -> str:
        """Write one number."""
        text = f"{Decimal(repr(value)) * 100 if self.is_percent else Decimal(repr(value)):f}"
        whole, _, part = text.removeprefix("-").partition(".")
        if self.thousands and len(whole) < 16:
            whole = f"{int(whole):,}".replace(",", self.thousands)
        text = whole + (self.mark + part if part else "") + ("%" if self.is_percent else "")
        text = text.translate(FULL_WIDTH) if self.is_full_width else text
        return (self.minus if value < 0 else "") + text

    def cell(self, text: str) -> str:
        """Quote one cell where it must be, as spreadsheets do, or always."""
        return f'"{text}"' if self.is_quoted or self.separator in text else text

    def table(self, pairs: list[tuple[float, float]]) -> bytes | str:
        """Write the table."""
        rows = [*([self.header] if self.header else [])]
        rows += [(self.number(x), self.number(y)) for x, y in pairs]
        lines = [self.separator.join(map(self.cell, row)) for row in rows]
        lines = [line + (self.separator if self.ends_rows else "") for line in lines]
        if self.is_remarked:
            lines = ["# made by hand; 1,5", *lines]
        if self.tells_separator:
            lines = [f"sep={self.separator}", *lines]
        return self.encode("\n".join(lines))


ENCODINGS: tuple[Callable[[str], bytes | str], ...] = (
    str,
    lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("gb18030"),
    lambda text: text.encode("utf-8"),
)


@st.composite
def notations(draw: st.DrawFn) -> Notation:
    separator = draw(st.sampled_from(",;\t| ，、"))
    mark = draw(st.sampled_from(".,"))
    thousands = draw(st.sampled_from(["", "", "., "[".,".index(mark) ^ 1], " ", "\u00a0", "'"]))
    # Where commas part the cells, nobody leaves thousands in points bare beside quoted decimals.
    must_quote = separator in ",，、" and thousands == "."
    return Notation(
        separator=separator,
        mark=mark,
        thousands=thousands,
        minus=draw(st.sampled_from("-−–")),
        is_percent=draw(st.booleans()),
        is_full_width=draw(st.booleans()),
        is_quoted=must_quote or draw(st.booleans()),
        header=draw(st.sampled_from([None, ("x", "y"), ("时间", "高度"), ("Länge", "Größe")])),
        ends_rows=separator != " " and draw(st.booleans()),
        tells_separator=draw(st.integers(0, 5)) == 0,
        is_remarked=draw(st.booleans()),
        encode=draw(st.sampled_from(ENCODINGS)),
    )


numbers = st.one_of(
    st.integers(-10_000_000, 10_000_000).map(float),
    st.decimals(-5000, 5000, places=3).map(float),
    st.floats(SMALLEST, LARGEST),
    st.floats(-LARGEST, -SMALLEST),
)


@settings(max_examples=200)
@given(notations(), st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6))
def test_a_table_comes_back_equal_or_is_asked_about(
    notation: Notation, pairs: list[tuple[float, float]]
) -> None:
    content = notation.table(pairs)
    try:
        readings = [read_csv(content)]
    except TwoMeaningsError as error:
        readings = list(error.readings.values())
    found = [list(zip(*map(list, reading.samples), strict=True)) for reading in readings]
    assert pairs in found


@pytest.mark.parametrize(
    ("cell", "point", "comma"),
    [
        ("0,5", None, 0.5),
        (".01", 0.01, None),
        ("1e-3", 0.001, 0.001),
        ("−3", -3.0, -3.0),
        ("1,234", 1234.0, 1.234),
        ("0.234", 0.234, None),
        ("1.234.567", None, 1234567.0),
        ("1,234.5", 1234.5, None),
        ("1 234,567", None, 1234.567),
        ("1’234.5", 1234.5, None),
        ("１０％", 0.1, 0.1),
        ("0.1 %", 0.001, None),
        ("1.5·10⁶", 1.5e6, None),
        ("2×10^-3", 0.002, 0.002),
        *((bad, None, None) for bad in ("", "-", ".", "5²", "5 2", "1,23,456", "1_000", "1.2.3")),
        ("1,234e3", None, 1234.0),
    ],
)
def test_what_a_cell_can_mean(cell: str, point: float | None, comma: float | None) -> None:
    assert meanings(cell) == (point, comma)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_in_a_sentence_is_read_as_itself(value: float) -> None:
    assert meanings(plain(value)).point == value
    assert not meanings(unmistakable(value)).are_two
    assert meanings(unmistakable(value)).under("point") == value
