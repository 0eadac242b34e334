"""The kinds of parameters that a link has: what each may be, and how it is read and written.

Nothing that stands in a link is an error: what is out of range becomes the nearest allowed value,
and what makes no sense the usual one. `Reading.problem` says which.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from core.link.packed import Rows, pack, unpack

Problem = Literal["", "out of range", "no sense"]

LONGEST = 300
"""A text in a link has no more characters than this."""

LONGEST_WRITTEN = 24
"""A number in more characters than this is written with a power of ten."""

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
IN_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """What a link says of a parameter, and what was wrong with it, if anything was."""

    value: Any
    problem: Problem = ""


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`; a whole one if its usual value is whole.

    Parameters
    ----------
    usual, low, high : int or float
    step : int or float, optional
        What a slider moves by; any number in between can be typed.
    marks : tuple of numbers, optional
        Where a slider stops, if not at even steps.

    Examples
    --------
    >>> n = Number(100, 1, 500)
    >>> n.read(["37"]), n.read(["9999"])
    (Reading(value=37, problem=''), Reading(value=500, problem='out of range'))
    >>> n.read(["many"]), n.read(["2.5"])
    (Reading(value=100, problem='no sense'), Reading(value=2, problem='out of range'))
    >>> Number(0.1, 0.0, 5.0).read(["0,25"])
    Reading(value=0.25, problem='')
    """

    usual: float
    low: float
    high: float
    step: float | None = None
    marks: tuple[float, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number."""
        return isinstance(self.usual, int)

    def read(self, texts: Sequence[str]) -> Reading:
        """Read the last of the texts."""
        number = read_number(texts[-1], whole=self.is_whole)
        if number is None:
            return Reading(self.usual, "no sense")
        nearest = min(max(number, self.low), self.high)
        value = round(nearest) if self.is_whole else nearest
        problem: Problem = "" if value == number and len(texts) == 1 else "out of range"
        return Reading(value, problem)

    def write(self, value: float) -> list[str]:
        """Write a value so that it reads back as the same."""
        return [write_number(value)]


@dataclass(frozen=True)
class Switch:
    """On or off.

    Examples
    --------
    >>> Switch(usual=True).read(["False"]), Switch().read(["maybe"])
    (Reading(value=False, problem=''), Reading(value=False, problem='no sense'))
    """

    usual: bool = False

    def read(self, texts: Sequence[str]) -> Reading:
        """Read the last of the texts."""
        value = {"true": True, "false": False}.get(texts[-1].strip().lower())
        if value is None:
            return Reading(self.usual, "no sense")
        return Reading(value, "" if len(texts) == 1 else "out of range")

    def write(self, value: bool) -> list[str]:
        """Write a value."""
        return ["true" if value else "false"]


@dataclass(frozen=True)
class Choice:
    """One of several names. Where `names` is empty, only the page knows which there are.

    Examples
    --------
    >>> data = Choice("plain", ("plain", "negated"))
    >>> data.read(["negated"]), data.read(["upside down"])
    (Reading(value='negated', problem=''), Reading(value='plain', problem='no sense'))
    """

    usual: str
    names: tuple[str, ...] = ()

    def read(self, texts: Sequence[str]) -> Reading:
        """Read the last of the texts."""
        name = texts[-1]
        known = name in self.names if self.names else len(name) <= LONGEST
        if not known:
            return Reading(self.usual, "no sense")
        return Reading(name, "" if len(texts) == 1 else "out of range")

    def write(self, value: str) -> list[str]:
        """Write a name."""
        return [value]


@dataclass(frozen=True)
class Several:
    """Any of several names, each of them a parameter of its own in the link.

    Examples
    --------
    >>> Several(("a",), ("a", "b", "c")).read(["b", "x", "c"])
    Reading(value=['b', 'c'], problem='no sense')
    """

    usual: tuple[str, ...]
    names: tuple[str, ...]

    def read(self, texts: Sequence[str]) -> Reading:
        """Read those that are known; the usual ones where none is."""
        value = [name for name in dict.fromkeys(texts) if name in self.names]
        if value == list(texts) or list(texts) == [""]:
            return Reading(value)
        return Reading(value or list(self.usual), "no sense")

    def write(self, value: Sequence[str]) -> list[str]:
        """Write the names; none at all is an empty text."""
        return list(value) or [""]


@dataclass(frozen=True)
class Text:
    """A text of the reader's own, up to `most` characters; the page says what it may hold."""

    usual: str
    most: int = LONGEST

    def read(self, texts: Sequence[str]) -> Reading:
        """Read the last of the texts."""
        if len(texts[-1]) > self.most:
            return Reading(self.usual, "no sense")
        return Reading(texts[-1], "" if len(texts) == 1 else "out of range")

    def write(self, value: str) -> list[str]:
        """Write a text."""
        return [value]


@dataclass(frozen=True)
class Table:
    """A few samples of the reader's own, each a row of `n_columns` numbers.

    Examples
    --------
    >>> samples = Table(2)
    >>> samples.read(samples.write(((1.0, 0.5),)))
    Reading(value=((1.0, 0.5),), problem='')
    >>> samples.read(["all of them"])
    Reading(value=(), problem='no sense')
    """

    n_columns: int
    usual: Rows = ()

    def read(self, texts: Sequence[str]) -> Reading:
        """Read the last of the texts."""
        rows = unpack(texts[-1], self.n_columns)
        if rows is None:
            return Reading(self.usual, "no sense")
        return Reading(rows, "" if len(texts) == 1 else "out of range")

    def write(self, value: Rows) -> list[str]:
        """Write the samples."""
        return [pack(value)]


Kind = Number | Switch | Choice | Several | Text | Table


def read_number(text: str, *, whole: bool = False) -> float | None:
    """Read a number as a person writes it; None if it is none, or could be two.

    Parameters
    ----------
    text : str
    whole : bool, default=False
        A whole number is wanted, so ``5,000`` is five thousand.

    Examples
    --------
    >>> read_number("0,125"), read_number(" .5 "), read_number("−1e-3")
    (0.125, 0.5, -0.001)
    >>> read_number("5,000", whole=True), read_number("5,000"), read_number("nan")
    (5000, None, None)
    >>> read_number("1e999")
    inf
    """
    text = text.strip().replace("−", "-")
    if len(text) > LONGEST:
        return None
    if IN_THOUSANDS.fullmatch(text):
        if not whole:
            return None
        text = text.replace(",", "")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not NUMBER.fullmatch(text):
        return None
    number = float(text) + 0.0  # −0 is 0
    return int(number) if whole and number.is_integer() else number


def write_number(value: float) -> str:
    """Write a number exactly, and without a power of ten unless it would be very long.

    Examples
    --------
    >>> write_number(5), write_number(5.0), write_number(0.1), write_number(2e-05)
    ('5', '5', '0.1', '0.00002')
    >>> write_number(1.5e-100)
    '1.5e-100'
    """
    text = format(Decimal(repr(value)), "f").removesuffix(".0")
    return text if len(text) <= LONGEST_WRITTEN else repr(value)
