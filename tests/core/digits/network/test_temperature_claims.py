"""What Digits → Sketch says of the temperature, asked of the networks."""

import pytest

from core.digits import mnist
from core.digits.network import files
from core.digits.network.evaluation import evaluate
from core.digits.network.temperature import softmax
from core.digits.recognise import shipped_models


@pytest.mark.parametrize("name", ["article", "modern", "sketch"])
def test_a_network_is_as_sure_as_it_is_right(name: str) -> None:
    """Of images like those that its temperature was fitted on; without it, it is less so."""
    model = files.read_model(shipped_models()[name])
    digits = mnist.load("test")
    read = evaluate(model, digits)
    sure = float(read.probabilities.max(axis=1).mean())
    plain = float(softmax(model.logits(digits.pixels()), 1.0).max(axis=1).mean())
    assert sure == pytest.approx(read.accuracy, abs=0.01)
    assert abs(sure - read.accuracy) < abs(plain - read.accuracy)
