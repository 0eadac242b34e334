"""Names that tell runs apart."""

from collections.abc import Collection, Sequence
from itertools import count

from core.store.names import LONGEST


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


def told_apart(names: Sequence[str]) -> list[str]:
    """Return names of which no two are the same.

    Examples
    --------
    >>> told_apart(["fast", "slow", "fast"])
    ['fast', 'slow', 'fast (2)']
    """
    apart: list[str] = []
    for name in names:
        apart.append(name if name not in apart else free_name(name, apart))
    return apart
