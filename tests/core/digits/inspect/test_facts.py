import numpy as np
import pytest

from core.digits.inspect.facts import facts
from core.digits.network.evaluation import Evaluation


def evaluation(labels: list[int], answers: list[int]) -> Evaluation:
    return Evaluation(np.array(labels, np.uint8), np.eye(10)[answers])


def test_the_worst_digit_is_the_one_with_the_largest_share_of_its_own() -> None:
    labels = [1] * 50 + [4] * 2
    told = facts(evaluation(labels, [1] * 48 + [7, 7] + [4, 9]))
    assert (told["n_wrong"], told["worst"], told["worst_wrong"], told["worst_of"]) == (3, 4, 1, 2)
    assert told["worst_digit"] == "four_or_five"


def test_a_code_is_right_where_all_its_digits_are() -> None:
    told = facts(evaluation([0] * 100, [0] * 98 + [6, 6]))
    assert told["code_percent"] == pytest.approx(100 * 0.98**5)
    assert told["code_percent"] < told["percent"] < told["code_with_shared"]


def test_what_is_lost_without_some_units() -> None:
    before, after = evaluation([3, 3], [3, 3]), evaluation([3, 3], [3, 8])
    told = facts(before, after, n_silenced=3, n_units=6)
    assert (told["points_lost"], told["silenced_share"]) == (50, 0.5)


def test_codes_are_counted_five_by_five_and_what_is_left_over_makes_none() -> None:
    told = facts(evaluation([9] * 13, [9, 4] + [9] * 9 + [4, 4]))
    assert (told["n_codes"], told["codes_read"], told["nines_as_fours"]) == (2, 1, 3)
