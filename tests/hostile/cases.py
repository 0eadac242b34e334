"""How many cases, and what strangers write."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.messages import InputError

CASES = pytest.mark.parametrize(
    "n_cases", [pytest.param(60), pytest.param(100_000, marks=pytest.mark.proof)]
)
"""A few, or as a proof as many as make one sleep."""

SECOND = 1000
"""Milliseconds: no case of a proof may take longer."""

CONTROL = "".join(
    map(chr, [*range(32), 0x7F, 0x85, 0x200B, 0x200E, 0x202E, 0x2028, 0xFEFF, 0xD800])
)
"""Characters that no keyboard writes: of control, of direction, of no width, half a character."""

LONGEST_SENTENCE = 600
"""Characters: no sentence that answers is longer, however long what was sent."""

MARKUP = [
    "<script>alert(1)</script>",
    "](javascript:alert(1))",
    r"$\href{javascript:alert(1)}{x}$",
    r"\input{/etc/passwd}",
    "../../../../etc/passwd",
    "%00%2e%2e%2f",
    "{0.__class__}{error}",
    "'; DROP TABLE runs; --",
    ":material/home:",
    "٣.١٤",
    "1" * 400,
    "1e999",
    "-" * 50,
    "NaN",
    "0x1p-1074",
]
"""What is code elsewhere, and numbers that are none here."""


def texts(*like: str) -> st.SearchStrategy[str]:
    """Texts that strangers write: any at all, markup, some ten kilobytes, and what is nearly right.

    Parameters
    ----------
    *like : str
        Texts that are right, to be cut, doubled and mixed.
    """
    word = st.one_of(
        st.text(max_size=30),
        st.text(CONTROL + "0123456789.,;:-+eE&=%/", max_size=30),
        st.sampled_from([*MARKUP, *like]),
        *[st.sampled_from([one[:i] for one in like for i in range(len(one))])] * bool(like),
    )
    mixed = st.lists(word, max_size=6).map("".join)
    return mixed | st.builds(lambda text, n: (text * n)[:10_240], mixed, st.integers(2, 3_000))


def try_all(n_cases: int, check: Callable[..., None], *strategies: st.SearchStrategy[Any]) -> None:
    """Try a property on so many cases; in a proof each must be over within a second."""
    is_proof = n_cases > 1_000
    limited = settings(
        max_examples=n_cases,
        deadline=SECOND if is_proof else None,
        suppress_health_check=list(HealthCheck),
    )
    limited(given(*strategies)(check))()


def read_or_told(read: Callable[[], Any]) -> Any | None:
    """Return what is read; None where one sentence says why nothing is."""
    try:
        return read()
    except InputError as error:
        sentence = str(error)
    assert 0 < len(sentence) <= LONGEST_SENTENCE
    return None
