import numpy as np
import pytest

from core.curves.activations.facts import FLAT_SOMEWHERE, JUST_BELOW_0, facts
from core.curves.activations.functions import ACTIVATIONS

Z = np.linspace(-30, 30, 6001)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_which_activations_are_flat_somewhere_and_which_end_just_below_0(name: str) -> None:
    one = ACTIVATIONS[name]
    slopes, values = one.derivative(Z), one.function(Z)
    assert (name in FLAT_SOMEWHERE) == bool((slopes <= 0).any())
    assert (name in JUST_BELOW_0) == bool(-1 <= values.min() < 0)


def test_of_those_one_guesses_the_sigmoid_lets_most_through_and_on_the_other_side_another() -> None:
    found = facts()
    assert found["most_left"] == "sigmoid"
    assert ACTIVATIONS["relu"].derivative(2.0) > ACTIVATIONS["sigmoid"].derivative(2.0)
