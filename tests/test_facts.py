"""What questions ask for is a number whatever samples and settings a reader has."""

import math
from collections.abc import Callable

import pytest

from core.curves import mlp, sigmoid_neuron
from core.curves.mlp.facts import facts as facts_of_mlp
from core.curves.sigmoid_neuron.facts import facts as facts_of_neuron
from core.datasets import Samples, as_samples, two_steps
from core.learning.claims import Facts
from core.learning.exercises import load
from core.learning.judge import judge
from core.lines import gradient_descent, one_weight, weight_and_bias
from core.lines.gradient_descent.facts import facts as facts_of_descent
from core.lines.normal_equation.facts import facts as facts_of_samples
from core.lines.one_weight.facts import facts as facts_of_weight
from core.lines.weight_and_bias.facts import facts as facts_of_line
from core.start import what_is_a_model
from core.start.what_is_a_model.facts import facts as facts_of_model
from tests.exercises import FILES, placeholders

ODD = {
    "one sample at 0": as_samples([0], [0]),
    "all x 0": as_samples([0, 0, 0], [1, 2, 1]),
    "one sample": as_samples([3], [1]),
    "all alike": as_samples([2, 2], [1, 1]),
    "tiny": as_samples([1e-40, 3e-40], [0, 1]),
    "huge": as_samples([-2e40, 5e40], [1, 0]),
}
"""Samples of one's own."""

Tell = Callable[[Samples, float], Facts]


def of_model(samples: Samples, rate: float) -> Facts:
    config = what_is_a_model.Config(learning_rate=min(rate, 2.0))
    target = 2 * math.tanh(samples.y[-1])
    return facts_of_model(target, config, what_is_a_model.train(0, target, config), ())


def of_weight(samples: Samples, rate: float) -> Facts:
    config = one_weight.Config(learning_rate=rate, record_every=1)
    return facts_of_weight(samples, config, one_weight.train(*samples, config), 0.0)


def of_samples(samples: Samples, rate: float) -> Facts:
    usual = as_samples([1, 2], [1, 4]) if not samples.x.any() else samples  # else the page stops
    return facts_of_samples(usual, rate)


def of_descent(samples: Samples, rate: float) -> Facts:
    config = gradient_descent.Config(learning_rate=rate)
    history = gradient_descent.train(*samples, config)
    return facts_of_descent(samples, config, history, "creeping", math.inf)


def of_line(samples: Samples, rate: float) -> Facts:
    config = weight_and_bias.Config(learning_rate=rate)
    return facts_of_line(samples, config, weight_and_bias.train(*samples, config), "creeping")


def of_neuron(samples: Samples, rate: float) -> Facts:
    config = sigmoid_neuron.Config(learning_rate=rate, n_epochs=10, start_weight=-20.0)
    y = as_samples(samples.x, samples.y > 0)
    return facts_of_neuron(y, config, sigmoid_neuron.train(*y, config))


def of_mlp(samples: Samples, rate: float) -> Facts:
    config = mlp.Config(learning_rate=rate, n_epochs=10, n_hidden=32)
    samples = two_steps() if samples.x.size == 1 else samples
    return facts_of_mlp(samples, config, mlp.train(*samples, config), is_own=True)


@pytest.mark.parametrize("samples", ODD.values(), ids=ODD)
@pytest.mark.parametrize("rate", [0.0, 0.123456, 5.0])
@pytest.mark.parametrize(
    ("page", "tell"),
    [
        ("what_is_a_model", of_model),
        ("one_weight", of_weight),
        ("normal_equation", of_samples),
        ("gradient_descent", of_descent),
        ("weight_and_bias", of_line),
        ("sigmoid_neuron", of_neuron),
        ("mlp", of_mlp),
    ],
)
def test_a_number_that_is_asked_for_can_be_told(
    page: str, tell: Tell, samples: Samples, rate: float
) -> None:
    exercises, found = load(FILES[page]), tell(samples, rate)
    if exercises.prediction and exercises.prediction.kind == "choice":
        assert found[exercises.prediction.fact] in {
            one.name for one in exercises.prediction.choices
        }
    for question in exercises.questions:
        if question.choices:
            continue
        assert question.otherwise is not None
        for name in placeholders(question.text.told("en") + question.otherwise.told("en")):
            assert isinstance(found[name], str) or math.isfinite(found[name]), name
        assert judge(question, float(found[question.fact]), found).is_right
