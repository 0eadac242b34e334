from types import SimpleNamespace

import numpy as np
import pytest

from core.digits.handwriting.forgotten import told


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
