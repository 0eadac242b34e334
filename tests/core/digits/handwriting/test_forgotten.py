from types import SimpleNamespace

import numpy as np
import pytest

from core.digits.handwriting.forgotten import most_changed, told


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (9_900, 8_650, "MNIST has lost: 1,250 more of"),
        (9_900, 9_901, "MNIST has lost nothing: 1 fewer of"),
        (9_900, 9_900, "MNIST has lost nothing: as many of"),
    ],
)
def test_what_was_lost_is_counted(before: int, after: int, sentence: str) -> None:
    old, new = (SimpleNamespace(is_right=np.arange(10_000) < n) for n in (before, after))
    assert told(old, new).startswith(sentence)


def test_the_digit_that_changed_most_is_named() -> None:
    before, after = np.full(10, 0.99), np.full(10, 0.98)
    after[7] = 0.5
    old, new = (SimpleNamespace(accuracy_per_digit=one) for one in (before, after))
    assert most_changed(old, new) == "The largest change: of the 7, from 99.0 % to 50.0 %."
