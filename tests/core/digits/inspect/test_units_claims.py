"""What Digits → Inspect says of a network's units, asked of the networks."""

import numpy as np
import pytest

from core.digits import mnist
from core.digits.inspect.projection import principal_components
from core.digits.inspect.units import layer_widths, silenced
from core.digits.mnist import Digits
from core.digits.network import files
from core.digits.network.activation import ACTIVATION_FUNCTIONS, FLAT
from core.digits.recognise import shipped_models


def test_one_silenced_unit_is_hardly_missed_and_half_a_layer_is() -> None:
    """No single unit knows a digit."""
    model = files.read_model(shipped_models()["modern"])
    digits = Digits(*(part[:1000] for part in mnist.load("test")))
    pixels = digits.pixels()

    def right(network: object) -> int:
        return int((network.logits(pixels).argmax(axis=1) == digits.labels).sum())  # type: ignore[attr-defined]

    whole = right(model)
    for layer, width in enumerate(layer_widths(model), start=1):
        for unit in range(0, width, 8):
            assert whole - right(silenced(model, layer, [unit])) < 0.02 * len(digits.labels)
    assert whole - right(silenced(model, 1, range(100))) > 0.1 * len(digits.labels)


@pytest.mark.parametrize(("name", "end", "told"), [("tanh", 1.0, 0.975), ("sigmoid", 0.0, 0.013)])
def test_a_unit_is_saturated_from_the_output_that_the_page_tells(
    name: str, end: float, told: float
) -> None:
    outputs = np.linspace(0.5, 1, 500_001) if end else np.linspace(0, 0.5, 500_001)
    flat = outputs[ACTIVATION_FUNCTIONS[name].is_saturated(outputs)]
    nearest = flat.min() if end else flat.max()
    assert round(float(nearest), 3) == told
    assert FLAT == 1 / 20


def test_what_lies_close_together_stays_close_on_the_map() -> None:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(60, 20))
    flat = principal_components(points).points
    before, after = (
        np.linalg.norm(cloud[:, np.newaxis] - cloud, axis=2) for cloud in (points, flat)
    )
    assert (after <= before + 1e-9).all()
