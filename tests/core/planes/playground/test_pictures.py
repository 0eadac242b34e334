"""Each picture shows what the question's answers say of it."""

import numpy as np

from core.planes.playground.pictures import pictures


def test_each_picture_shows_one_trouble() -> None:
    drawn = pictures()
    assert {one.shape for one in drawn.values()} == {(2, 100)}
    own, test = drawn["too_simple"]
    assert own.min() > 0.6
    assert np.abs(test - own).max() < 0.15
    own, test = drawn["by_heart"]
    assert own[-1] < 0.1 * own[0]
    assert test[-1] > 2 * test.min()
    own, test = drawn["gap"]
    assert own[-1] < 0.5 * own[0]
    assert test[-1] > 1.5 * own[-1]
    assert test[-1] < 1.02 * test.min()
    own, test = drawn["jumping"]
    assert jumps(own) > 5 * jumps(drawn["gap"][0])
    assert jumps(test) > 5 * jumps(drawn["gap"][1])


def jumps(loss: np.ndarray) -> float:
    """How far the loss goes up and down, beside how far it gets."""
    return float(np.abs(np.diff(loss)).sum() / abs(loss[0] - loss[-1]))
