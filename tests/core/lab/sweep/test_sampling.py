"""The cells of a sweep: all different, the same each time, and as likely as they should be."""

import pytest

from core.digits.recipe import MODERN
from core.lab.sweep.plan import sweep_of
from core.lab.sweep.sampling import cells
from core.messages import InputError


@pytest.mark.parametrize(
    ("texts", "n"),
    [
        ({"learning_rate": "1e-4..1e-1", "batch_size": "16..1024", "optimiser": "sgd,adam"}, 300),
        ({"dropout": "0..0.5"}, 100),
        ({"batch_size": "1..5"}, 5),
        ({"layer_sizes": "none,30,30-20", "optimiser": "sgd,adam"}, 6),
    ],
)
def test_as_many_different_cells_are_drawn_as_were_asked_for(texts: dict[str, str], n: int) -> None:
    sweep = sweep_of(MODERN, texts, "random", n)
    drawn = cells(sweep)
    assert len({repr(cell) for cell in drawn}) == n
    assert all(list(cell) == list(texts) for cell in drawn)
    for cell in drawn:
        sweep.recipe(cell)  # which checks the values
    assert cells(sweep) == drawn


def test_a_space_that_is_too_narrow_is_told() -> None:
    with pytest.raises(InputError, match="too narrow for 900 different runs: ask for fewer"):
        cells(sweep_of(MODERN, {"dropout": "0.1..0.1001"}, "random", 900))


def test_each_factor_of_a_logarithmic_range_is_as_likely() -> None:
    drawn = cells(sweep_of(MODERN, {"learning_rate": "1e-4..1e-1"}, "random", 900))
    for low, high in ((1e-4, 1e-3), (1e-3, 1e-2), (1e-2, 1e-1)):
        assert 240 < sum(low <= cell["learning_rate"] < high for cell in drawn) < 360
