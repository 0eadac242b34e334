import math

import numpy as np

from core.digits.handwriting.facts import facts
from core.digits.handwriting.score import UNSURE, Score
from core.learning.claims import all_hold
from core.learning.exercises import load
from tests.exercises import FILES


def written(read_as: list[int]) -> Score:
    labels = np.arange(len(read_as)) % 10
    return Score(labels, np.array(read_as), np.full((len(read_as), 10), 0.1))


def test_an_unsure_digit_is_not_right_but_not_misread_either() -> None:
    told = facts(written([0, 2, UNSURE]))
    assert (told["n_written"], told["n_right"], told["n_misread"]) == (3, 1, 1)
    assert math.isnan(told["right_of_ten"])


def test_guessed_are_the_first_ten() -> None:
    told = facts(written([*range(10), 3, 3, 3]))
    assert (told["right_of_ten"], told["n_right"], told["n_digits"]) == (10, 10, 10)


def test_before_the_first_digit_anything_is_possible() -> None:
    assert (facts(None)["low"], facts(None)["high"]) == (0, 100)


def test_what_the_questions_say_of_ten_and_of_thirty_right_ones() -> None:
    for n, low in ((10, 72), (30, 89)):
        told = facts(written([i % 10 for i in range(n)]))
        assert (round(told["low"]), told["high"]) == (low, 100)
    assert round(0.9**10, 2) == 0.35
    assert round(1 / 0.5**10, -3) == 1000


def test_thirty_digits_are_enough_if_two_are_misread_and_not_if_three_are() -> None:
    """As the challenge's way has it."""
    goal = next(one.goal for one in load(FILES["handwriting"]).challenges if one.id == "hw_narrow")
    for n_misread, is_enough in ((2, True), (3, False)):
        read_as = [9] * n_misread + [i % 10 for i in range(n_misread, 30)]
        assert all_hold(goal, facts(written(read_as))) is is_enough
