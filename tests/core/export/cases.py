"""Of every lesson: random runs as a page can make them, each with its program."""

import dataclasses
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.curves import mlp, sigmoid_neuron, torch_mlp
from core.curves.mlp import program as of_mlp
from core.curves.mlp import torch_program as of_torch_mlp
from core.curves.sigmoid_neuron import program as of_sigmoid_neuron
from core.datasets import Samples, noisy_line, step, two_steps
from core.export.program import Program
from core.history import History
from core.lines import gradient_descent, one_weight, weight_and_bias
from core.lines.gradient_descent import program as of_gradient_descent
from core.lines.normal_equation import program as of_normal_equation
from core.lines.one_weight import program as of_one_weight
from core.lines.weight_and_bias import program as of_weight_and_bias
from core.lines.weight_and_bias.bowl import standardise
from core.planes import boundary, playground
from core.planes.boundary import program as of_boundary
from core.planes.playground import program as of_playground
from core.planes.playground.data import TASKS, drawn, loss_of_classes, make, split
from core.planes.playground.network import ACTIVATIONS
from core.planes.points import as_points, two_classes
from core.start import what_is_a_model
from core.start.what_is_a_model import program as of_what_is_a_model
from tests.lessons import HYPERPARAMETERS


class Case(NamedTuple):
    """A run, and its program."""

    program: Program
    history: History


Draw = Callable[[st.SearchStrategy[Any]], Any]

ROUND = {
    "learning_rate": st.sampled_from([0.01, 0.1, 0.5, 1.0]),
    "n_epochs": st.integers(1, 5),
    "batch_size": st.none() | st.integers(1, 12),
    "record_every": st.none() | st.integers(1, 4),
    **dict.fromkeys(
        ("start_weight", "start_weight_1", "start_weight_2", "start_bias"), st.floats(-3, 3)
    ),
    "n_hidden": st.integers(1, 4),
    "hidden_sizes": st.lists(st.integers(1, 4), max_size=3).map(tuple),
}
"""Hyperparameters in the middle of what they may be: there, rounding stays rounding."""


def config_of(draw: Draw, lesson: Any, **wishes: Any) -> Any:
    fields = {field.name for field in dataclasses.fields(lesson.Config)} - wishes.keys()
    good = {name: ROUND.get(name, HYPERPARAMETERS[name].good) for name in sorted(fields)}
    return lesson.Config(**{name: draw(values) for name, values in good.items()}, **wishes)


numbers = st.floats(-3, 3).map(lambda number: round(number, 3))
n_samples, seeds = st.integers(2, 20), st.integers(0, 99)


def line_samples(draw: Draw, *, shares: bool = False) -> tuple[Samples, dict[str, Any]]:
    """Samples of a line, or of one's own; or all y from 0 to 1."""
    n = draw(n_samples)
    if draw(st.booleans()):
        targets = st.sampled_from([0.0, 0.25, 1.0]) if shares else numbers
        x = np.append(draw(arrays(float, n - 1, elements=numbers)), 1.0)
        y = draw(arrays(float, n, elements=targets))
        return Samples(x, y), {"samples": "own"}
    if shares:
        arguments = {"n_samples": n, "seed": draw(seeds)}
        return step(**arguments), {"samples": "step", **arguments}
    arguments = {
        "n_samples": n,
        "slope": draw(numbers),
        "noise": draw(st.sampled_from([0.0, 0.1, 1.0])),
        "variant": draw(st.sampled_from(["plain", "negated", "reversed"])),
        "bad_last_sample": draw(st.booleans()),
        "seed": draw(seeds),
    }
    if draw(st.booleans()):
        arguments["centred"] = True
    return noisy_line(**arguments), {"samples": "noisy_line", **arguments}


def _what_is_a_model(draw: Draw) -> Case:
    x, y = draw(numbers), draw(numbers)
    config = config_of(draw, what_is_a_model)
    program = of_what_is_a_model.program(x, y, config)
    return Case(program, what_is_a_model.train(x, y, config))


def _one_weight(draw: Draw) -> Case:
    samples, described = line_samples(draw)
    config = config_of(draw, one_weight, learning_rate=draw(st.floats(0, 5)))
    program = of_one_weight.program(samples, config, described)
    return Case(program, one_weight.train(*samples, config))


def _normal_equation(draw: Draw) -> Case:
    samples, described = line_samples(draw)
    return Case(
        of_normal_equation.program(samples, described), of_normal_equation.solution(samples)
    )


def _gradient_descent(draw: Draw) -> Case:
    samples, described = line_samples(draw)
    config = config_of(draw, gradient_descent, learning_rate=draw(st.floats(0, 4)))
    program = of_gradient_descent.program(samples, config, described)
    return Case(program, gradient_descent.train(*samples, config))


def _weight_and_bias(draw: Draw) -> Case:
    (x, y), described = line_samples(draw)
    if is_standardised := draw(st.booleans()) and np.ptp(x) > 0.01:
        x = standardise(x)[0]
    samples = Samples(x, y)
    config = config_of(draw, weight_and_bias, learning_rate=draw(st.floats(0, 4)))
    program = of_weight_and_bias.program(
        samples, config, described | {"standardised": bool(is_standardised)}
    )
    return Case(program, weight_and_bias.train(*samples, config))


def _sigmoid_neuron(draw: Draw) -> Case:
    samples, described = line_samples(draw, shares=True)
    config = config_of(draw, sigmoid_neuron)
    program = of_sigmoid_neuron.program(samples, config, described)
    return Case(program, sigmoid_neuron.train(*samples, config))


def _mlp(draw: Draw, lesson: Any = mlp, of_lesson: Any = of_mlp) -> Case:
    samples, described = two_steps(), {"samples": "two_steps"}
    if draw(st.booleans()):
        samples, described = line_samples(draw, shares=True)[0], {"samples": "own"}
    config = config_of(draw, lesson)
    return Case(of_lesson.program(samples, config, described), lesson.train(*samples, config))


def _torch_mlp(draw: Draw) -> Case:
    return _mlp(draw, torch_mlp, of_torch_mlp)


def _boundary(draw: Draw) -> Case:
    n = draw(n_samples)
    if draw(st.booleans()):
        x = draw(arrays(float, (n, 2), elements=numbers))
        points, described = as_points(x, np.arange(n) % 2), {"samples": "own"}
    else:
        arguments = {
            "shape": draw(st.sampled_from(["blobs", "imbalanced", "slanted", "xor", "circle"])),
            "n_samples": n,
            "noise": draw(st.sampled_from([0.0, 0.5])),
            "stretch": draw(st.sampled_from([0.5, 1.0, 2.0])),
            "seed": draw(seeds),
        }
        points = two_classes(**arguments)
        described = {"samples": "two_classes", **arguments}
    config = config_of(draw, boundary)
    return Case(of_boundary.program(points, config, described), boundary.train(*points, config))


def _playground(draw: Draw) -> Case:
    arguments = {
        "shape": draw(st.sampled_from(list(TASKS))),
        "n_samples": draw(st.integers(6, 20)),
        "noise": draw(st.sampled_from([0.0, 0.2])),
        "seed": draw(seeds),
    }
    share = draw(st.sampled_from([0.0, 0.25]))
    samples = split(*make(**arguments), share, arguments["seed"])
    described = drawn(**arguments, test_share=share)
    if draw(st.booleans()):
        described = {"samples": "own", "test_share": share, "seed": 0}
    task = {"loss": "mean_squared_error"}
    if TASKS[arguments["shape"]] != "a number":
        task = loss_of_classes(range({"three": 3, "four": 4}.get(arguments["shape"], 2)))
    sizes = draw(ROUND["hidden_sizes"])
    rates = {"learning_rate": draw(st.sampled_from([0.003, 0.03])), "l1": 0.01, "l2": 0.01}
    config = config_of(
        draw,
        playground,
        hidden_sizes=sizes,
        activation=tuple(draw(st.sampled_from(ACTIVATIONS)) for _ in sizes),
        silenced=((0, 0),) if sizes and draw(st.booleans()) else (),
        patience=2 if share and draw(st.booleans()) else None,
        **({"n_classes": 3} | task),
        **rates,
    )
    begun: dict[str, Any] = {}
    if draw(st.booleans()):  # it goes on
        before = playground.train(*samples.train, config, test=samples.test)
        begun["after"] = before
    if draw(st.booleans()):  # from where a hand has turned it
        begun["start"] = playground.initial_params(config) + 0.1
    run = playground.train(*samples.train, config, test=samples.test, **begun)
    return Case(of_playground.program(samples, config, described, **begun), run)


CASES = {
    "what_is_a_model": _what_is_a_model,
    "one_weight": _one_weight,
    "normal_equation": _normal_equation,
    "gradient_descent": _gradient_descent,
    "weight_and_bias": _weight_and_bias,
    "sigmoid_neuron": _sigmoid_neuron,
    "mlp": _mlp,
    "torch_mlp": _torch_mlp,
    "boundary": _boundary,
    "playground": _playground,
}
"""By the lesson's name: how a case is drawn."""


def some(n: int) -> settings:
    """So many random cases. What fails is shown as it is: to make it simpler takes minutes."""
    return settings(max_examples=n, phases=[Phase.generate])


LONG = ("torch_mlp",)
"""PyTorch takes seconds to load, here and where the program runs."""

EXACT = {"torch_mlp": 1e-6}
"""How exactly the numbers agree: elsewhere to 1e-9."""

every_lesson = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.long) if name in LONG else name for name in CASES],
)


def check_same(name: str, found: dict[str, Any], history: History) -> None:
    """Check that a program ended as the lesson did, at every record."""
    assert found["error"] == ""
    np.testing.assert_array_equal(found["updates"], history.update)
    within = {"rtol": EXACT.get(name, 1e-9), "atol": 1e-12}
    np.testing.assert_allclose(found["params"], history.params, **within)
    np.testing.assert_allclose(found["losses"], history.loss, **within)
