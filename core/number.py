"""Numbers as the app writes them: what differs can be seen, the width is steady, the minus is one.

Every number that is not a whole one and not a share is written by `number`, with three significant
digits at least: 0.00143 and 0.00155 are two numbers. Whole ones are written by `whole`. Where the
browser computes a number itself, `core.charts.number_text` gives the same text.
"""

import functools
import math
from decimal import ROUND_HALF_UP, Context, Decimal

DECIMALS: tuple[tuple[float, int | None], ...] = (
    (9999.5, None),
    (999.95, 0),
    (99.995, 1),
    (9.9995, 2),
    (0.09995, 3),
    (0.009995, 4),
    (0.0009995, 5),
    (0.0, None),
)
"""From which size on a number has how many decimals; None: it is written in powers of ten."""

SUPERSCRIPTS = dict(zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
HIGH = str.maketrans(SUPERSCRIPTS)
THREE_DIGITS = Context(3, ROUND_HALF_UP)


def number(value: float) -> str:
    """Return `value` with three or four significant digits; very large or small in powers of ten.

    Examples
    --------
    >>> number(0.00143), number(0.5), number(-1 / 3), number(12.345), number(1234.5), number(0)
    ('0.00143', '0.500', '−0.333', '12.35', '1235', '0')
    >>> number(1234567.0), number(-0.00001), number(math.nan), number(-math.inf)
    ('1.23·10⁶', '−1.00·10⁻⁵', '?', '−∞')
    """
    value = float(value)
    return "?" if math.isnan(value) else _written(value)


@functools.lru_cache(maxsize=20_000)  # a player writes 1,500, most of which it wrote before
def _written(value: float) -> str:
    if value == 0:
        return "0"
    sign, size = "−" if value < 0 else "", abs(value)
    if math.isinf(size):
        return f"{sign}∞"
    decimals = next(decimals for least, decimals in DECIMALS if size >= least)
    if decimals is not None:
        return f"{sign}{rounded(size, decimals)}"
    digits, power = f"{THREE_DIGITS.create_decimal_from_float(size):e}".split("e")
    return f"{sign}{digits}·10{str(int(power)).translate(HIGH)}"


def as_written(value: float) -> float:
    """Return the number that `number` writes: what a reader has who computes with it.

    Examples
    --------
    >>> as_written(0.123456), as_written(-12.3456), as_written(123456.0), as_written(0.0)
    (0.123, -12.35, 123000.0, 0.0)
    """
    size = abs(value)
    if not 0 < size < math.inf:
        return value
    decimals = next(decimals for least, decimals in DECIMALS if size >= least)
    if decimals is None:
        return math.copysign(float(THREE_DIGITS.create_decimal_from_float(size)), value)
    return math.copysign(float(rounded(size, decimals)), value)


def whole(value: int) -> str:
    """Return a whole number, a count, with separators between the thousands.

    Examples
    --------
    >>> whole(100_000), whole(999)
    ('100,000', '999')
    """
    return f"{int(value):,}"


def factor(value: float) -> str:
    """Return `value` as a factor of a product: in brackets where it is negative.

    Examples
    --------
    >>> factor(0.5), factor(-0.5)
    ('0.500', '(−0.500)')
    """
    text = number(value)
    return f"({text})" if text.startswith("−") else text


def signed(value: float) -> str:
    """Return `value` with its sign, as what is added to something.

    Examples
    --------
    >>> signed(-1.5), signed(2), signed(0)
    ('−1.500', '+2.000', '0')
    """
    return f"+{number(value)}" if value > 0 else number(value)


def rounded(value: float, decimals: int) -> str:
    """Round as one learns it at school, and as browsers do: a half goes up.

    Examples
    --------
    >>> rounded(1.125, 2), f"{1.125:.2f}"
    ('1.13', '1.12')
    """
    if value * 2 * 10**decimals % 2 != 1:  # no half, and quick
        return f"{value:.{decimals}f}"
    return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
