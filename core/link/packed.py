"""A small table of numbers as a text that an address can hold.

Column by column, each number as short as it can be written exactly, deflated, in base64url. So a
hundred points of two decimals take some 600 characters. A checksum (zlib's own) tells a text that
was cut or changed on its way.
"""

import base64
import re
import zlib
from collections.abc import Sequence

from core.hyperparameters import LARGEST, SMALLEST

Rows = tuple[tuple[float, ...], ...]
"""The samples of a table, each with as many numbers as it has columns."""

MOST_ROWS = 100
"""A link carries no more of them."""

LONGEST_PACKED = 4_000
"""A text of more characters is not even looked at; the worst of a hundred rows is shorter."""

LARGEST_UNPACKED = 8_000
"""No more bytes are inflated: a small text can hold a thousand times as much."""

NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII)
BASE64 = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def pack(rows: Rows) -> str:
    """Return the table as a text; no row is no text.

    Examples
    --------
    >>> unpack(pack(((0.5, 1.0), (-0.25, 2e-7))), 2)
    ((0.5, 1.0), (-0.25, 2e-07))
    >>> pack(())
    ''
    """
    if not rows:
        return ""
    columns = (",".join(map(_shortest, column)) for column in zip(*rows, strict=True))
    return deflated(";".join(columns))


def unpack(text: str, n_columns: int) -> Rows | None:
    """Return the table that `pack` made such a text of; None if the text makes no sense.

    Parameters
    ----------
    text : str
        Whatever stands in a link.
    n_columns : int
        So many columns the table must have, of at most `MOST_ROWS` rows, each number 0 or of a size
        that own data may have.

    Examples
    --------
    >>> unpack("", 2), unpack("nonsense", 2)
    ((), None)
    """
    if not text:
        return ()
    plain = inflated(text)
    if plain is None:
        return None
    columns = [_numbers(column) for column in plain.split(";")]
    if len(columns) != n_columns or len({len(column) for column in columns}) != 1:
        return None
    rows = tuple(zip(*columns, strict=True))
    return rows if 0 < len(rows) <= MOST_ROWS else None


def deflated(plain: str) -> str:
    """Return a text as a shorter one that an address can hold."""
    packed = zlib.compress(plain.encode(), 9)
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def inflated(
    text: str, longest: int = LONGEST_PACKED, largest: int = LARGEST_UNPACKED
) -> str | None:
    """Return the text that `deflated` made such a one of; None if it is not whole, or too large.

    Parameters
    ----------
    text : str
        Whatever stands in a link.
    longest, largest : int
        A text of more characters is not looked at, and no more bytes are inflated.

    Examples
    --------
    >>> inflated(deflated("ŷ = w·x")), inflated("nonsense")
    ('ŷ = w·x', None)
    """
    if len(text) > longest or not BASE64.fullmatch(text):
        return None
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        inflate = zlib.decompressobj()
        content = inflate.decompress(packed, largest)
        is_whole = inflate.eof and not inflate.unused_data
        return content.decode() if is_whole else None
    except (ValueError, zlib.error):
        return None


def _numbers(column: str) -> Sequence[float]:
    """The numbers of a column; none at all if one of them is none that own data may have."""
    cells = column.split(",")
    if not all(NUMBER.fullmatch(cell) for cell in cells):
        return ()
    numbers = [float(cell) + 0.0 for cell in cells]  # −0 is 0
    sizes = map(abs, numbers)
    return numbers if all(size == 0 or SMALLEST <= size <= LARGEST for size in sizes) else ()


def _shortest(value: float) -> str:
    """A number exactly, without what need not be written."""
    text = repr(float(value)).removesuffix(".0").replace("e-0", "e-").replace("e+", "e")
    return re.sub(r"^(-?)0\.", r"\1.", text)
