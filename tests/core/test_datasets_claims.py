"""What the pages under Lines say about the noise of their samples, asked of the samples."""

import numpy as np
import pytest

from core.datasets import noisy_line
from core.lines import normal_equation, weight_and_bias
from core.lines.weight_and_bias import bowl

NOISE = 0.5


def best(**values: object) -> float:
    return normal_equation.solve(*noisy_line(noise=NOISE, **values))  # type: ignore[arg-type]


@pytest.mark.parametrize("variant", ["plain", "negated"])
def test_all_samples_lie_on_one_side_of_the_true_line(variant: str) -> None:
    x, y = noisy_line(noise=NOISE, variant=variant)  # type: ignore[arg-type]
    side = np.sign(y - 1.5 * x)
    assert (side == side[0]).all()


def test_so_the_best_weight_is_too_steep_by_three_quarters_of_the_noise() -> None:
    assert best() == pytest.approx(1.881, abs=0.001)
    over_many = np.mean([best(seed=seed) for seed in range(50)])
    assert over_many == pytest.approx(1.5 + 0.75 * NOISE, abs=0.01)


def test_around_0_it_differs_by_chance_alone() -> None:
    weights = np.array([best(seed=seed, centred=True) for seed in range(50)])
    assert weights.mean() == pytest.approx(1.5, abs=0.01)
    assert (weights > 1.5).any()
    assert (weights < 1.5).any()
    x, y = noisy_line(noise=NOISE, centred=True)
    assert np.abs(y - 1.5 * x).max() <= NOISE / 2


def test_centred_noise_is_the_same_noise_moved() -> None:
    above, around = (noisy_line(noise=NOISE, centred=centred) for centred in (False, True))
    np.testing.assert_array_equal(above.x, around.x)
    np.testing.assert_allclose(above.y - around.y, NOISE / 2, atol=1e-15)


def test_a_bias_takes_up_the_mean_of_the_noise() -> None:
    weight, bias = bowl.least_squares(*noisy_line(noise=NOISE))
    assert weight == pytest.approx(1.5, abs=0.05)
    assert bias == pytest.approx(NOISE / 2, abs=0.03)
    assert weight_and_bias.loss(*noisy_line(noise=NOISE), weight, bias) < NOISE**2 / 11
