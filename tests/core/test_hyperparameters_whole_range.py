"""Own data may be 0 or of any size from the smallest to the largest: no lesson breaks on them."""

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.charts.curves.mlp import mlp as mlp_player
from core.charts.curves.sigmoid_neuron import saturation
from core.charts.curves.sigmoid_neuron import sigmoid_neuron as sigmoid_neuron_player
from core.charts.lines import normal_equation as explorer
from core.charts.lines import one_weight as one_weight_player
from core.charts.lines import weight_and_bias as weight_and_bias_player
from core.charts.lines.gradient_descent import gradient_descent as gradient_descent_player
from core.charts.lines.gradient_descent import race
from core.charts.planes.boundary import both_losses
from core.charts.planes.boundary import boundary as boundary_player
from core.charts.planes.playground import playground as playground_player
from core.curves import mlp, sigmoid_neuron
from core.hyperparameters import LARGEST, SMALLEST
from core.lines import gradient_descent, normal_equation, one_weight, weight_and_bias
from core.lines.gradient_descent import rates as rates_of_one
from core.lines.weight_and_bias import bowl
from core.lines.weight_and_bias import rates as rates_of_two
from core.messages import InputError
from core.planes import boundary, playground
from core.planes.boundary.lowest import lowest_cross_entropy
from core.planes.boundary.separation import separation
from core.planes.playground.data import class_points, split
from core.planes.playground.network import INPUTS
from core.planes.playground.told import told
from core.planes.playground.verdict import findings

Tables = dict[str, pd.DataFrame]

powers = st.integers(-50, 50).map(lambda power: float(f"1e{power}"))
sizes = st.just(0.0) | powers | st.floats(SMALLEST, LARGEST)
numbers = st.builds(lambda size, sign: sign * size, sizes, st.sampled_from([1.0, -1.0]))
samples = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4)


def one_pass(x: Any, y: Any) -> Tables:
    config = one_weight.Config()
    history = one_weight.train(x, y, config)
    try:
        best = normal_equation.solve(x, y)
    except InputError:
        pass
    else:
        one_weight.verdict(history, config, x, best)
        explorer.tables(x, y, history.column("weight")[-1])
    return one_weight_player.tables(x, y, config, history)


def one_slope(x: Any, y: Any) -> Tables:
    config = gradient_descent.Config(n_epochs=3)
    rates_of_one.zones(x, config)
    rates_of_one.zone(x, config)
    rates_of_one.epoch_factor(x, config)
    rates_of_one.stable_limit(x, config)
    race.tables(x, y, config)
    history = gradient_descent.train(x, y, config)
    return gradient_descent_player.tables(x, y, config, history)


def two_slopes(x: Any, y: Any) -> Tables:
    config = weight_and_bias.Config(n_epochs=3)
    rates_of_two.zones(x, config)
    rates_of_two.zone(x, config)
    rates_of_two.epoch_factor(x, config)
    rates_of_two.stable_limit(x, config)
    bowl.condition_number(x)
    history = weight_and_bias.train(x, y, config)
    return weight_and_bias_player.tables(x, y, config, history)


def one_neuron(x: Any, y: Any) -> Tables:
    y = np.abs(y) % 1.0
    config = sigmoid_neuron.Config(n_epochs=3)
    history = sigmoid_neuron.train(x, y, config)
    sigmoid_neuron.safe_learning_rate(x)
    saturation.tables(x, y, {"mean_squared_error": history, "binary_cross_entropy": history})
    return sigmoid_neuron_player.tables(x, y, config, history)


def one_network(x: Any, y: Any) -> Tables:
    y = np.abs(y) % 1.0
    config = mlp.Config(n_epochs=3)
    return mlp_player.tables(x, y, config, mlp.train(x, y, config))


def one_line(x: Any, y: Any) -> Tables:
    classes = (np.arange(len(x)) % 2).astype(float)
    points = boundary.neuron_points(np.column_stack([x, y]), classes)
    config = boundary.Config(n_epochs=3)
    history = boundary.train(*points, config)
    boundary.safe_learning_rate(points.x)
    found = separation(*points)
    lowest = None if found.is_separable else lowest_cross_entropy(*points)
    both_losses.tables(points, {"mean_squared_error": history, "binary_cross_entropy": history})
    return boundary_player.tables(points, config, history, found, lowest)


def any_network(x: Any, y: Any) -> Tables:
    points = class_points(np.column_stack([x, y]), np.arange(len(x)) % 3)
    samples = split(*points, 0.25)
    config = playground.Config(
        loss="cross_entropy", n_classes=3, hidden_sizes=(3,), inputs=tuple(INPUTS), n_epochs=2
    )
    told(samples.train.x, dataclasses.replace(config, hidden_sizes=(), batch_size=None))
    run = playground.train(*samples.train, config, test=samples.test)
    findings(run)
    return playground_player.tables(samples, [run])


@pytest.mark.parametrize(
    "learn", [one_pass, one_slope, two_slopes, one_neuron, one_network, one_line, any_network]
)
@settings(max_examples=25)
@given(samples)
@example([(SMALLEST, LARGEST), (-SMALLEST, LARGEST)])
@example([(LARGEST, SMALLEST), (SMALLEST, 0.0), (0.0, 1.0)])
@example([(LARGEST, LARGEST), (-LARGEST, LARGEST)])
def test_any_size_of_number_is_learned_from_and_drawn(learn: Any, pairs: Any) -> None:
    x, y = np.array(pairs).T
    for name, table in learn(x, y).items():
        drawn = table.select_dtypes("number")
        assert not np.isinf(drawn.to_numpy()).any(), name
