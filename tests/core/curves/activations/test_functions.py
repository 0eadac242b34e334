import math
import warnings

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from torch.nn import functional

from core.curves.activations.functions import ACTIVATIONS, LEAK, Activation, normal_share

TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda t: functional.leaky_relu(t, LEAK),
    "softplus": lambda t: functional.softplus(t, threshold=1000),
    "gelu": functional.gelu,
}
KINKED = ("relu", "leaky_relu")
EXTREME = [-1e50, -1000.0, -40.0, -1e-300, 0.0, 1e-300, 40.0, 1000.0, 1e50]

each = pytest.mark.parametrize(("key", "activation"), ACTIVATIONS.items(), ids=list(ACTIVATIONS))
inputs = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(-30, 30))


def test_the_oracle_knows_all_of_them() -> None:
    assert list(TORCH) == list(ACTIVATIONS)


@each
@given(t=inputs)
def test_function_and_derivative_equal_torch_and_keep_the_shape(
    key: str, activation: Activation, t: np.ndarray
) -> None:
    tensor = torch.tensor(t, requires_grad=True)
    value = TORCH[key](tensor)
    value.sum().backward()
    function, derivative = activation.function(t), activation.derivative(t)
    assert function.shape == derivative.shape == t.shape
    np.testing.assert_allclose(function, value.detach(), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(derivative, tensor.grad, rtol=1e-6, atol=1e-9)


@each
@given(t=st.floats(-30, 30))
def test_the_derivative_is_the_slope_of_the_function(
    key: str, activation: Activation, t: float
) -> None:
    h = 1e-5
    assume(key not in KINKED or abs(t) > h)  # a kink has no slope
    rise = activation.function(t + h) - activation.function(t - h)
    assert activation.derivative(t) == pytest.approx(rise / (2 * h), rel=1e-6, abs=1e-9)


@each
def test_extreme_inputs_give_finite_values_without_a_warning(
    key: str, activation: Activation
) -> None:
    del key
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(activation.function(EXTREME)).all()
        slopes = activation.derivative(EXTREME)
    assert np.isfinite(slopes).all()
    assert (np.abs(slopes) < 1.2).all()


@pytest.mark.parametrize(
    ("key", "value_at_ends"),
    [
        ("sigmoid", (0, 1)),
        ("tanh", (-1, 1)),
        ("relu", (0, 1000)),
        ("leaky_relu", (-10, 1000)),
        ("softplus", (0, 1000)),
        ("gelu", (0, 1000)),
    ],
)
def test_far_from_zero(key: str, value_at_ends: tuple[float, float]) -> None:
    np.testing.assert_array_equal(ACTIVATIONS[key].function([-1000, 1000]), value_at_ends)


def test_small_slopes_keep_their_digits() -> None:
    for key in ("sigmoid", "softplus"):
        slopes = ACTIVATIONS[key].derivative([-200.0, 40.0])
        assert slopes[0] == pytest.approx(math.exp(-200), rel=1e-12)
    assert ACTIVATIONS["sigmoid"].derivative(40.0) == pytest.approx(math.exp(-40), rel=1e-12)
    assert ACTIVATIONS["gelu"].function(-20.0) == pytest.approx(-20 * 2.7536241e-89, rel=1e-7)


@given(t=st.floats(-1000, 1000))
def test_what_the_page_says_about_the_slopes(t: float) -> None:
    slope = {key: float(activation.derivative(t)) for key, activation in ACTIVATIONS.items()}
    assert 0 <= slope["sigmoid"] <= 0.25
    assert 0 <= slope["tanh"] <= 1
    assert slope["relu"] == (1 if t > 0 else 0)
    assert slope["leaky_relu"] == (1 if t > 0 else 0.01)


def test_the_numbers_in_the_texts() -> None:
    sigmoid, tanh, softplus, gelu = (
        ACTIVATIONS[key] for key in ("sigmoid", "tanh", "softplus", "gelu")
    )
    assert sigmoid.derivative(0) ** 10 == pytest.approx(1e-6, rel=0.05)
    np.testing.assert_allclose(tanh.derivative([-3, 3]), 0.01, atol=2e-4)
    assert softplus.function(0) == pytest.approx(0.693, abs=5e-4)
    t = np.linspace(-6, 6, 12001)
    assert t[np.argmin(gelu.function(t))] == pytest.approx(-0.75, abs=5e-3)
    assert abs(gelu.derivative(-0.7518)) < 1e-4


@given(t=st.floats(-30, 30))
def test_they_are_each_others_relatives(t: float) -> None:
    f = {key: float(activation.function(t)) for key, activation in ACTIVATIONS.items()}
    assert f["tanh"] == pytest.approx(2 * ACTIVATIONS["sigmoid"].function(2 * t) - 1, abs=1e-12)
    assert f["softplus"] >= f["relu"] >= f["gelu"]
    assert f["softplus"] - ACTIVATIONS["softplus"].function(-t) == pytest.approx(t, abs=1e-9)
    assert f["gelu"] == pytest.approx(t * normal_share(t), abs=1e-12)


def test_each_is_told_about_in_full() -> None:
    for activation in ACTIVATIONS.values():
        assert activation.latex
        assert activation.latex_derivative
        assert activation.weakness.endswith(".")
        assert activation.used.endswith(".")
    assert len({activation.name for activation in ACTIVATIONS.values()}) == len(ACTIVATIONS)


def test_ten_layers_at_t_4_leave_almost_nothing_of_sigmoids_and_all_of_relu() -> None:
    left = {key: ACTIVATIONS[key].derivative(4.0) ** 10 for key in ("sigmoid", "relu")}
    assert left["sigmoid"] < 1e-15
    assert left["relu"] == 1


def test_what_the_steps_to_try_say_about_the_stretched_sigmoid() -> None:
    sigmoid = ACTIVATIONS["sigmoid"].function
    assert sigmoid(12 * 0.0) == 0.5  # w alone: the step stands at x = 0
    assert sigmoid(12 * 0.5 - 6) == 0.5
    assert sigmoid(12 * 0.75 - 9) == 0.5
    nearly_flat = sigmoid(2 * np.array([0.0, 1.0]) + 6)
    assert nearly_flat.min() > 0.997
