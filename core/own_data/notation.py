"""What a cell says as a number: with a decimal point, with a decimal comma, or either.

A cell such as ``0,5`` or ``1.234.567`` has one meaning. ``1.234`` has two: with a decimal point it
is 1.234, and where the comma is the decimal mark, the point parts the thousands: 1234.
"""

import math
import re
from typing import Literal, NamedTuple

from core.number import SUPERSCRIPTS

Mark = Literal["point", "comma"]
"""The decimal mark."""

MINUS = dict.fromkeys("−–‐‑﹣", "-")
SPACES = dict.fromkeys("\u00a0\u202f\u2009\u3000", " ")
FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
PLAIN = str.maketrans(FULL_WIDTH | MINUS | SPACES | {"’": "'"})
"""From the signs that say the same to the one that `float` knows."""

POWER = re.compile(r"[·⋅×*] ?10(?:\^([+-]?\d{1,6})|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))")
"""A power of ten as the app itself writes it."""

NORMAL = str.maketrans({high: low for low, high in SUPERSCRIPTS.items()} | {"⁺": "+"})


def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    groups = rf"(?P<groups>[1-9]\d{{0,2}}(?P<gap>[{thousands} '])\d{{3}}(?:(?P=gap)\d{{3}})*)"
    mark = re.escape(decimal)
    return re.compile(
        rf"(?P<sign>[+-]?)(?=[\d{mark}])(?:{groups}|(?P<whole>\d*))"
        rf"(?:{mark}(?P<part>\d*))?(?:[eE](?P<power>[+-]?\d{{1,6}}))?(?P<percent> ?%)?"
    )


LEAST = math.ulp(0.0)
"""The smallest float: what a cell says that is no 0, but too small for any other."""

POINT, COMMA = _pattern(".", ","), _pattern(",", ".")


class Meanings(NamedTuple):
    """What a cell says with a decimal point and with a decimal comma; None if that is no number."""

    point: float | None
    comma: float | None

    @property
    def are_two(self) -> bool:
        """Whether it says a number either way, and not the same."""
        return None not in self and self.point != self.comma

    @property
    def needs(self) -> Mark | None:
        """The decimal mark without which it is no number, if any."""
        if self.comma is None and self.point is not None:
            return "point"
        return "comma" if self.point is None and self.comma is not None else None

    def under(self, mark: Mark) -> float:
        """What it says with the decimal `mark`, or else with the other one; nan if nothing."""
        first, other = self if mark == "point" else self[::-1]
        said = other if first is None else first
        return math.nan if said is None else said


def meanings(cell: str) -> Meanings:
    """Return what `cell` says with a decimal point, and with a decimal comma.

    Thousands may be parted by the other mark, a space or an apostrophe. ``10%`` is 0.1. Full-width
    signs, the minus sign and powers of ten such as ``2·10⁻³`` are read too.

    Examples
    --------
    >>> meanings("0,5"), meanings("1.234.567,8"), meanings("−3")
    (Meanings(point=None, comma=0.5), Meanings(point=None, comma=1234567.8),
     Meanings(point=-3.0, comma=-3.0))
    >>> meanings("1.234").are_two, meanings("0.234").are_two, meanings("10%").point
    (True, False, 0.1)
    """
    if not cell.isascii():
        cell = cell.translate(PLAIN).strip()
    if "10" in cell:
        cell = POWER.sub(lambda power: "e" + (power[1] or power[2].translate(NORMAL)), cell)
    return Meanings(_value(POINT, cell), _value(COMMA, cell))


def _value(pattern: re.Pattern[str], cell: str) -> float | None:
    found = pattern.fullmatch(cell)
    if found is None:
        return None
    groups, power = found["groups"], found["power"]
    whole = groups.replace(found["gap"], "") if groups else found["whole"]
    if not (whole or found["part"]) or (groups and power):
        return None
    shift = int(power or 0) - (2 if found["percent"] else 0)
    digits = f"{whole or 0}.{found['part'] or 0}"
    number = float(f"{found['sign']}{digits}e{shift}")
    return LEAST if number == 0 and float(digits) != 0 else number


def is_percent(cell: str) -> bool:
    """Tell whether `cell` is meant in hundredths."""
    return cell.endswith(("%", "％"))


def unmistakable(value: float) -> str:
    """Return `value` so that it has one meaning, for a sentence that says how to write it.

    Examples
    --------
    >>> unmistakable(1.234), unmistakable(1234.0), unmistakable(0.5)
    ('1.2340', '1234', '0.5')
    """
    text = plain(value)
    return f"{text}0" if meanings(text).are_two else text


def plain(value: float) -> str:
    """Return `value` with a decimal point, as short as it can be.

    Examples
    --------
    >>> plain(1234.0), plain(-0.5)
    ('1234', '−0.5')
    """
    text = repr(value).removesuffix(".0")
    return text.replace("-", "−")
