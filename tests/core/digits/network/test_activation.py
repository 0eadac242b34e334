import numpy as np
import pytest
import torch

from core.digits.network.activation import ACTIVATION_FUNCTIONS, FLAT
from core.digits.recipe import CHOICES
from core.digits.train.torch_network import ACTIVATIONS as IN_TORCH

NAMES = sorted(ACTIVATION_FUNCTIONS)
SUMS = np.concatenate([np.linspace(-12, 12, 97), [-1e4, -0.0, 1e4]]).astype(np.float32)


def test_every_activation_of_a_recipe_is_there():
    assert set(ACTIVATION_FUNCTIONS) == set(CHOICES["activation"]) == set(IN_TORCH)


@pytest.mark.parametrize("name", NAMES)
def test_functions_and_slopes_are_torchs(name):
    kind = ACTIVATION_FUNCTIONS[name]
    x = torch.from_numpy(SUMS).requires_grad_()
    theirs = IN_TORCH[name]()(x)
    theirs.sum().backward()
    outputs = kind.function(SUMS)
    assert outputs.dtype == kind.slope(outputs).dtype == np.float32
    np.testing.assert_allclose(outputs, theirs.detach().numpy(), atol=2e-7, rtol=1e-6)
    np.testing.assert_allclose(kind.slope(outputs), x.grad.numpy(), atol=5e-7)
    assert kind.slope(outputs).max() == kind.steepest


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_sums_overflow_nowhere(name):
    with np.errstate(all="raise", under="ignore"):
        outputs = ACTIVATION_FUNCTIONS[name].function(np.array([-3e38, 3e38], np.float32))
    assert np.isfinite(outputs).all()


@pytest.mark.parametrize(
    ("name", "saturated", "active"),
    [
        ("relu", [0.0], [1e-6, 5.0]),
        ("leaky_relu", [-0.3, 0.0], [1e-6, 5.0]),
        ("tanh", [-1.0, -0.98, 0.98], [-0.97, 0.0, 0.97]),
        ("sigmoid", [0.0, 0.012, 0.988], [0.013, 0.5, 0.987]),
    ],
)
def test_saturated_is_where_a_twentieth_of_the_slope_is_left(name, saturated, active):
    assert FLAT == 0.05
    kind = ACTIVATION_FUNCTIONS[name]
    assert kind.is_saturated(np.array(saturated, np.float32)).all()
    assert not kind.is_saturated(np.array(active, np.float32)).any()


@pytest.mark.parametrize("name", NAMES)
def test_the_middle_parts_the_two_ends(name):
    kind = ACTIVATION_FUNCTIONS[name]
    low, middle, high = kind.function(np.array([-50, 0, 50], np.float32))
    assert middle == pytest.approx(kind.middle)
    assert low <= kind.middle < high
