"""What Lines → One weight says about its runs, asked of the runs."""

import numpy as np

from core.datasets import noisy_line
from core.lines import normal_equation
from core.lines import one_weight as lesson

x, y = noisy_line()


def weights(**values: float) -> np.ndarray:
    config = lesson.Config(record_every=1, **values)
    return lesson.train(x, y, config).column("weight")


def test_with_a_rate_of_a_half_it_settles_and_stays_near_the_best_weight() -> None:
    later_half = weights()[x.size // 2 :]
    assert np.abs(later_half / normal_equation.solve(x, y) - 1).max() < 0.05


def test_with_a_rate_of_4_small_x_learn_and_from_a_half_on_each_step_goes_farther_off() -> None:
    """A step multiplies the distance from the sample's own weight by 1 − 8·x²."""
    path = weights(learning_rate=4.0)
    seen = slice(0, path.size - 1)
    own = y[seen] / x[seen]
    before, after = np.abs(path[:-1] - own), np.abs(path[1:] - own)
    small = x[seen] < 0.5
    assert (after < before)[small].all()
    assert (after > before)[~small].all()
    assert small.any()
    assert not small.all()
