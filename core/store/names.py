"""Names people give, the identities we give, and numbers a database can hold."""

import math
import re
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from itertools import count

from core.messages import N_, require

LONGEST = 80
"""Characters of a name."""


def clean_name(name: str) -> str:
    """Give a name on one line, without control characters; an `InputError` if empty or too long.

    Examples
    --------
    >>> clean_name("  two   hidden layers ")
    'two hidden layers'
    >>> clean_name(" ")
    Traceback (most recent call last):
    core.messages.InputError: The name must have 1 to 80 characters, not 0.
    """
    unseen = ("Cc", "Cs")  # control characters, halves of a character
    kept = "".join(" " if unicodedata.category(c) in unseen else c for c in name)
    name = " ".join(kept.split())
    require(
        1 <= len(name) <= LONGEST,
        N_("The name must have 1 to {longest} characters, not {n}."),
        longest=LONGEST,
        n=len(name),
    )
    return name


def free_name(name: str, taken: Collection[str]) -> str:
    """Return `name`, with a number if it is taken.

    Examples
    --------
    >>> free_name("fast", []), free_name("fast", ["fast", "fast (2)"])
    ('fast', 'fast (3)')
    """
    name = name[: LONGEST - 6]  # room for the number
    numbered = (f"{name} ({n})" if n > 1 else name for n in count(1))
    return next(one for one in numbered if one not in taken)


def distinct_names(names: Sequence[str]) -> list[str]:
    """Return names of which no two are the same.

    Examples
    --------
    >>> distinct_names(["fast", "slow", "fast"])
    ['fast', 'slow', 'fast (2)']
    """
    apart: list[str] = []
    for name in names:
        apart.append(name if name not in apart else free_name(name, apart))
    return apart


def new_id() -> str:
    """Draw sixteen hexadecimal digits that nobody can guess.

    Examples
    --------
    >>> is_id(new_id())
    True
    """
    return secrets.token_hex(8)


def is_id(text: str) -> bool:
    """Tell whether `text` can be an identity; what stands in a link need not be one.

    Examples
    --------
    >>> is_id("0123456789abcdef"), is_id("0123"), is_id("?run=0123456789a")
    (True, False, False)
    """
    return re.fullmatch("[0-9a-f]{16}", text) is not None


def finite(value: float | None) -> float | None:
    """Give the number, or None if it is not finite.

    Examples
    --------
    >>> finite(0.5), finite(float("nan")), finite(float("inf"))
    (0.5, None, None)
    """
    return float(value) if value is not None and math.isfinite(value) else None
