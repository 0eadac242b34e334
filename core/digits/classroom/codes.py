"""The code that opens a class to learners, and the key that makes a browser its teacher's.

Both are drawn by chance, and the store has only hashes of them: what is stored opens no class.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from core.store.records import ClassRow

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Douglas Crockford's: no letter that is read as a digit, and none that makes words."""

MISREAD = str.maketrans("ILO", "110")

LENGTH = 12
"""Characters of a code: 60 bits."""

GROUP = 4
"""So many of them are written together."""

LONGEST = 64
"""No more characters are read of what somebody types."""

MOST_HELD = 5
"""So many classes a browser leads at once."""


class Held(NamedTuple):
    """A class that a browser leads: its code, and the key that proves it."""

    code: str
    key: str


def new_code() -> str:
    """Draw the code of a class.

    Examples
    --------
    >>> code = new_code()
    >>> len(code), read_code(code) == code
    (12, True)
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_key() -> str:
    """Draw the secret of a teacher: 128 bits, as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def read_code(text: str) -> str | None:
    """Read a code as people type it; None if it is none.

    Examples
    --------
    >>> read_code("k7qm-2xvb 9rtc"), read_code("O0o0-IL11-0000"), read_code("seven")
    ('K7QM2XVB9RTC', '000011110000', None)
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).upper()
    code = re.sub(r"[\s\u2010-\u2015_-]", "", plain).translate(MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def write_code(code: str) -> str:
    """Write a code so that one can read it aloud.

    Examples
    --------
    >>> write_code("K7QM2XVB9RTC")
    'K7QM-2XVB-9RTC'
    """
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def class_id(code: str) -> str:
    """Return the name under which the store has the class of a code.

    Examples
    --------
    >>> len(class_id("K7QM2XVB9RTC"))
    64
    """
    return hashlib.sha256(f"class {code}".encode()).hexdigest()


def key_hash(key: str) -> str:
    """Return what the store has of a teacher's key."""
    return hashlib.sha256(f"key {key}".encode()).hexdigest()


def leads(row: ClassRow, owner: str, key: str) -> bool:
    """Tell whether a browser is that of a class's teacher, in the same time for all that it is not.

    Parameters
    ----------
    row : ClassRow
    owner : str
        The browser; the key of one is of no use in another.
    key : str

    Examples
    --------
    >>> row = ClassRow("", "ada", key_hash("secret"), 0, 1)
    >>> leads(row, "ada", "secret"), leads(row, "ada", "guessed"), leads(row, "eve", "secret")
    (True, False, False)
    """
    is_owner = hmac.compare_digest(row.owner.encode(), owner.encode())
    is_key = hmac.compare_digest(row.key_hash.encode(), key_hash(key).encode())
    return is_owner and is_key


def write_held(held: Sequence[Held]) -> str:
    """Write the classes that a browser leads, for its cookie.

    Examples
    --------
    >>> write_held([Held("K7QM2XVB9RTC", "0" * 32)])
    'K7QM2XVB9RTC.00000000000000000000000000000000'
    """
    return "-".join(f"{one.code}.{one.key}" for one in held[-MOST_HELD:])


def read_held(text: str) -> list[Held]:
    """Read what `write_held` wrote, as far as it is that.

    Examples
    --------
    >>> held = [Held(new_code(), new_key()), Held(new_code(), new_key())]
    >>> read_held(write_held(held)) == held, read_held("K7QM2XVB9RTC.guess")
    (True, [])
    """
    one = rf"([{ALPHABET}]{{{LENGTH}}})\.([0-9a-f]{{32}})"
    return [Held(*found) for found in re.findall(one, text[:1000])][-MOST_HELD:]
