from math import comb

import numpy as np

from core.digits.classroom.gathered import by_hand, gather
from core.store.records import ClassDigit


def whole_class(n_hands: int) -> list[ClassDigit]:
    return [
        ClassDigit(hand, label, 0.0, bytes([label]) * 784)
        for hand in range(1, n_hands + 1)
        for label in range(10)
    ]


def test_each_digit_keeps_its_label_its_hand_and_its_pixels() -> None:
    gathered = gather(whole_class(3))
    assert gathered.hands.tolist() == [1] * 10 + [2] * 10 + [3] * 10
    assert gathered.labels.tolist() == 3 * [*range(10)]
    assert all((one.pixels == one.label).all() for one in gathered.samples)
    assert not gathered.samples[0].pixels.flags.writeable
    assert gather([]).labels.shape == (0,)
    assert gather([]).is_held_back.shape == (0,)


def test_two_digits_of_each_hand_are_held_back_and_of_a_class_all_labels() -> None:
    gathered = gather(whole_class(5))
    held_back = gathered.is_held_back
    for hand in range(1, 6):
        assert held_back[gathered.hands == hand].sum() == 2
    assert sorted(gathered.labels[held_back]) == [*range(10)]
    both = gathered.part(held_back), gathered.part(~held_back)
    assert [len(part) for part in both] == [10, 40]
    assert {id(one) for one in both[0]}.isdisjoint(map(id, both[1]))


def test_hands_are_counted_and_the_worst_come_first() -> None:
    hands = np.array([4, 4, 9, 9, 2])
    counts = by_hand(hands, np.array([True, False, True, True, False]))
    assert counts.hands.tolist() == [2, 4, 9]
    assert counts.n_right.tolist() == [0, 1, 2]
    assert counts.share.tolist() == [0, 0.5, 1]
    assert counts.hands[counts.worst_first].tolist() == [2, 4, 9]
    nobody = by_hand(np.array([], np.intp), np.array([], np.bool_))
    assert nobody.worst_first.tolist() == []


def test_the_figures_of_the_questions() -> None:
    """`cl_mean`: how many mistakes there are, and how rarely ten digits go so badly by chance."""
    assert round(0.06 * 300) == 18
    chance = sum(comb(10, k) * 0.94**k * 0.06 ** (10 - k) for k in range(5))
    assert round(1e6 * chance) == 8
