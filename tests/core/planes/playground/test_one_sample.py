import numpy as np
import pytest

from core.planes.playground import lesson
from core.planes.playground import network as net
from core.planes.playground.lesson import Config
from core.planes.playground.one_sample import one_sample
from core.planes.playground.slopes import central_differences

NETWORKS = [
    Config(hidden_sizes=(4, 2), silenced=((0, 1),)),
    Config(inputs=("x1", "x2_squared", "sin_x2"), hidden_sizes=(3,), loss="cross_entropy"),
    Config(hidden_sizes=(3, 3), activation=("gelu", "relu"), loss="mean_squared_error"),
    Config(hidden_sizes=()),
]


@pytest.mark.parametrize("config", NETWORKS)
def test_a_samples_numbers_are_those_of_the_network_and_of_its_slopes(config: Config) -> None:
    params = np.random.default_rng(0).normal(size=net.count_params(config))
    x, y = [0.7, -1.2], 1.0
    made = one_sample(x, y, params, config)
    assert made.loss == lesson.loss([x], [y], params, config)
    assert np.allclose(made.gradient, central_differences([x], [y], params, config), atol=1e-8)
    answer = lesson.predict([x], params, config)[0]
    assert (made.layers[-1].a == answer).all()
    given, behind = net.features(x, config.inputs), None
    for layer in made.layers:
        assert np.allclose(layer.z, layer.layer.weights @ given + layer.layer.biases)
        assert (layer.inputs == given).all()
        given = layer.a
    for layer, slopes in zip(
        reversed(made.layers), reversed(net.layers_of(made.gradient, config)), strict=True
    ):
        assert np.allclose(np.outer(layer.delta, layer.inputs), slopes.weights)
        assert (layer.delta == slopes.biases).all()
        if behind is not None:
            assert layer.slope is not None
            assert np.allclose(layer.delta, layer.slope * (behind.layer.weights.T @ behind.delta))
        behind = layer
