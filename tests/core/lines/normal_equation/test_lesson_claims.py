"""What Lines → Normal equation says about samples, asked of the samples."""

import numpy as np

from core.datasets import noisy_line
from core.lines import normal_equation as lesson


def test_no_line_through_0_fits_falling_data_well() -> None:
    """Even one constant answer for all would be better."""
    x, y = noisy_line(variant="reversed")
    assert lesson.parabola(x, y).lowest > 3 * y.var()
    assert lesson.parabola(*noisy_line()).lowest < 0.01


def test_two_running_sums_are_enough() -> None:
    x, y = noisy_line()
    products = squares = 0.0
    for xi, yi in zip(x, y, strict=True):
        products += xi * yi
        squares += xi * xi
    np.testing.assert_allclose(products / squares, lesson.solve(x, y), rtol=1e-12)
