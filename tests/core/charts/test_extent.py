from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from core.charts import extent
from core.charts.curves.activations import stretch
from core.charts.curves.mlp import mlp
from core.charts.layout import LAPTOP, PHONE
from core.charts.lines import normal_equation, one_weight, weight_and_bias
from core.charts.lines.gradient_descent import race
from core.charts.start.what_is_a_model import tiny_network

DRAWN: dict[str, tuple[Callable[[], dict[str, Any]], int, int]] = {
    "one weight, laptop": (partial(one_weight.specification, 101, layout=LAPTOP), 812, 466),
    "one weight, phone": (partial(one_weight.specification, 101, layout=PHONE), 351, 794),
    "normal equation": (partial(normal_equation.specification, layout=LAPTOP), 806, 526),
    "normal equation, phone": (partial(normal_equation.specification, layout=PHONE), 345, 887),
    "weight and bias, phone": (partial(weight_and_bias.specification, 101, layout=PHONE), 353, 763),
    "race, phone": (partial(race.specification, layout=PHONE), 345, 530),
    "mlp": (partial(mlp.specification, 101, (1, 3, 1), layout=LAPTOP), 814, 527),
    "stretch": (partial(stretch.specification, layout=LAPTOP), 806, 427),
    "tiny network": (partial(tiny_network.specification, 49, layout=LAPTOP), 713, 625),
}
"""Charts, and how wide and high Chromium drew them."""


@pytest.mark.parametrize("name", DRAWN)
def test_the_room_that_is_kept_is_what_the_chart_takes(name: str) -> None:
    lay_out, width, height = DRAWN[name]
    specification = lay_out()
    assert extent.width(specification) == pytest.approx(width, abs=10)
    assert extent.height(specification) == pytest.approx(height, abs=4)
