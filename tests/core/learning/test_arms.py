import numpy as np
import pytest

from core.learning.arms import ARMS, arm, learner

BROWSERS = [int(number) for number in np.random.default_rng(0).integers(1, 2**62, 20_000)]


def asked(class_number: int) -> np.ndarray:
    return np.array([arm(class_number, browser) == "asks" for browser in BROWSERS])


@pytest.mark.parametrize("class_number", [1, 2, 7, 1000, 999_999])
def test_half_of_a_class_is_asked(class_number: int) -> None:
    """Five standard deviations of a fair coin thrown 20,000 times are 1.8 %."""
    assert abs(asked(class_number).mean() - 0.5) < 0.018


def test_small_classes_are_as_a_coin_makes_them() -> None:
    """800 classes of 25: the numbers of asked vary as a binomial's, neither less nor more."""
    sizes = np.array(
        [sum(arm(c, b) == "asks" for b in BROWSERS[25 * c : 25 * c + 25]) for c in range(1, 800)]
    )
    assert abs(sizes.mean() - 12.5) < 0.45  # five standard errors
    assert abs(sizes.var() / 6.25 - 1) < 0.25


def test_the_arm_in_one_class_says_nothing_of_that_in_another_nor_does_the_name() -> None:
    first, second = asked(7), asked(8)
    low_name = np.array([learner(browser) < "L8" for browser in BROWSERS])
    for other in (second, low_name):
        for side in (first, ~first):
            assert abs(other[side].mean() - 0.5) < 0.025  # five deviations of 10,000 throws


def test_without_an_experiment_everybody_is_asked_and_an_arm_stays() -> None:
    assert {arm(0, browser) for browser in BROWSERS[:200]} == {"asks"}
    assert {arm(7, browser) for browser in BROWSERS[:200]} == set(ARMS)
    assert [arm(7, b) for b in BROWSERS[:50]] == [arm(7, b) for b in BROWSERS[:50]]


def test_names_are_seldom_the_same_and_do_not_show_the_number() -> None:
    names = {learner(browser) for browser in BROWSERS}
    assert len(names) > len(BROWSERS) - 3  # of 4 billion names
    assert f"{BROWSERS[0]:x}"[:8] not in learner(BROWSERS[0])
