import numpy as np
import pytest

from core.digits.classroom.gathered import gather
from core.digits.classroom.wall import CELL, MISREAD, NUMBER, wall
from core.store.records import ClassDigit


@pytest.mark.parametrize(
    ("n_hands", "n_blocks"), [(1, 1), (8, 1), (9, 2), (16, 2), (17, 3), (60, 3)]
)
def test_every_hand_has_a_row_and_every_digit_its_place(n_hands: int, n_blocks: int) -> None:
    ink = b"\xff" * 784
    gathered = gather([ClassDigit(hand, 3, 0.0, ink) for hand in range(1, n_hands + 1)])
    right = np.arange(n_hands) > 0
    picture = wall(gathered, right, np.arange(1, n_hands + 1))
    assert picture.shape[1] == n_blocks * (NUMBER + 10 * CELL)
    assert (picture == 255).all(axis=2).sum() == n_hands * 784
    is_frame = (picture == MISREAD).all(axis=2)
    rows, columns = np.nonzero(is_frame)
    assert (rows.max(), columns.min()) == (CELL - 1, NUMBER + 3 * CELL)  # of the first hand alone


def test_a_hand_that_came_meanwhile_waits_for_the_next_look() -> None:
    gathered = gather([ClassDigit(2, 3, 0.0, bytes(784))])
    assert wall(gathered, np.array([True]), np.array([1])).shape == (CELL, NUMBER + 10 * CELL, 3)
