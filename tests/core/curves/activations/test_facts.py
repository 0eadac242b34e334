import numpy as np
import pytest

from core.curves.activations.facts import FLAT_SOMEWHERE, JUST_BELOW_0, facts
from core.curves.activations.functions import ACTIVATIONS

NEAR, FAR = np.linspace(-8, 8, 1601), np.linspace(-200, 200, 4001)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_which_activations_are_flat_somewhere_and_which_end_just_below_0(name: str) -> None:
    one = ACTIVATIONS[name]
    assert (name in FLAT_SOMEWHERE) == bool((one.derivative(NEAR) <= 0).any())
    assert (name in JUST_BELOW_0) == bool(-1 <= one.function(FAR).min() < 0)


def test_of_those_one_guesses_the_sigmoid_lets_most_through_and_on_the_other_side_another() -> None:
    found = facts()
    assert found["most_left"] == "sigmoid"
    assert ACTIVATIONS["relu"].derivative(2.0) > ACTIVATIONS["sigmoid"].derivative(2.0)
