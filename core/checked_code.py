"""Numbers as a code that one can read out, paste or send: checked by its last letters."""

import binascii
import re
from collections.abc import Sequence

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: no I, L, O and U, which are read as others."""

ALIKE = str.maketrans("OIL", "011")

CHECKSUM = 16
"""Bits: they find any one wrong letter, and any two neighbours exchanged."""


def write_bits(values: Sequence[int], widths: Sequence[int]) -> str:
    """Write numbers as groups of five letters, the last of which check the others.

    Parameters
    ----------
    values : sequence of int
        At least 0.
    widths : sequence of int
        The bits of each.

    Examples
    --------
    >>> write_bits([3, 200], [4, 12])
    '0RCHP-8H'
    >>> read_bits("orchp 8h", [4, 12])
    [3, 200]
    """
    packed = 0
    for value, width in zip(values, widths, strict=True):
        packed = packed << width | value
    packed = packed << CHECKSUM | _checksum(packed, widths)
    letters = ""
    for _ in range(_n_letters(widths)):
        packed, letter = divmod(packed, 32)
        letters = LETTERS[letter] + letters
    return "-".join(re.findall(".{1,5}", letters))


def read_bits(text: str, widths: Sequence[int]) -> list[int] | None:
    """Read a code; small letters, spaces and look-alikes do no harm. None if it is none."""
    letters = re.sub(r"[\s-]", "", text.upper()).translate(ALIKE)
    if len(letters) != _n_letters(widths) or not set(letters) <= set(LETTERS):
        return None
    rest = 0
    for letter in letters:
        rest = rest * 32 + LETTERS.index(letter)
    rest, checksum = divmod(rest, 1 << CHECKSUM)
    packed, values = rest, list[int]()
    for width in reversed(widths):
        rest, value = divmod(rest, 1 << width)
        values.insert(0, value)
    return None if rest or checksum != _checksum(packed, widths) else values


def _checksum(packed: int, widths: Sequence[int]) -> int:
    n_bytes = -(-(sum(widths) + CHECKSUM) // 8)
    return binascii.crc_hqx(packed.to_bytes(n_bytes, "big"), 0xFFFF)


def _n_letters(widths: Sequence[int]) -> int:
    return -(-(sum(widths) + CHECKSUM) // 5)
