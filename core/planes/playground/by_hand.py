"""The network turned by hand: parameters moved, neurons silenced, and what it answers then."""

import dataclasses
import math
from collections.abc import Mapping, Sequence

import numpy as np

from core.planes.playground import network as net
from core.planes.playground.data import Split
from core.planes.playground.lesson import Config, loss, predict
from core.planes.playground.network import Floats
from core.planes.playground.run import Run
from core.planes.points import Points

FARTHEST = 100.0
"""A parameter is not turned further than this at once."""


def turned(params: Floats, network: net.Network, turns: Mapping[str, float]) -> Floats:
    """Return the parameters with some of them moved by so much; names of others are passed over.

    Examples
    --------
    >>> turned(np.zeros(3), Config(hidden_sizes=()), {"output_bias_1": 0.5, "none": 1.0})
    array([0. , 0. , 0.5])
    """
    moved = np.array(params, dtype=np.float64)
    for place, name in enumerate(net.param_names(network)):
        moved[place] += turns.get(name, 0.0)
    return moved


def turns_as_text(turns: Mapping[str, float]) -> str:
    """Return turns as a text for the link.

    Examples
    --------
    >>> turns_as_text({"output_bias_1": 0.5, "output_weight_1_1": 0.0})
    'output_bias_1:0.5'
    """
    return ",".join(f"{name}:{by:.12g}" for name, by in turns.items() if by)


def turns_of(text: str) -> dict[str, float]:
    """Return the turns in a text; what makes no sense is passed over.

    Examples
    --------
    >>> turns_of("output_bias_1:0.5,b:nan,c,output_weight_1_1:1e9")
    {'output_bias_1': 0.5, 'output_weight_1_1': 100.0}
    """
    turns = {}
    for part in text.split(","):
        name, _colon, number = part.partition(":")
        try:
            by = float(number)
        except ValueError:
            continue
        if math.isfinite(by):
            turns[name] = min(max(by, -FARTHEST), FARTHEST)
    return turns


def silenced_of(text: str, hidden_sizes: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the neurons that a text names, as ``Config.silenced`` has them.

    Examples
    --------
    >>> silenced_of("1.3,2.1,9.9,x", (4, 2))
    ((0, 2), (1, 0))
    """
    every = [(layer, neuron) for layer, n in enumerate(hidden_sizes) for neuron in range(n)]
    named = set(text.split(","))
    return tuple(one for one in every if f"{one[0] + 1}.{one[1] + 1}" in named)


def still(run: Run, params: Floats, config: Config, samples: Split) -> Run:
    """Return the end of a run as a run of its own, with other parameters or silenced neurons."""
    measured = {"loss": 0.0}
    for prefix, points in (("", samples.train), ("test_", samples.test)):
        if points is not None:
            measured[f"{prefix}loss"] = loss(*points, params, config)
            if config.loss != "mean_squared_error":
                measured[f"{prefix}accuracy"] = accuracy(points, params, config)
    measured["learning_rate"] = float(run.column("learning_rate")[-1])
    return dataclasses.replace(
        run,
        update=run.update[-1:],
        epoch=run.epoch[-1:],
        params=np.asarray(params)[np.newaxis],
        loss=np.array([measured.pop("loss")]),
        extra={name: np.array([value]) for name, value in measured.items()},
        config=config,
        diverged=False,
    )


def accuracy(points: Points, params: Floats, config: Config) -> float:
    """Return the share of right answers.

    Examples
    --------
    >>> points = Points(np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([1.0, 1.0]))
    >>> accuracy(points, np.array([1.0, 0.0, 0.0]), Config(hidden_sizes=()))
    0.5
    """
    answers = predict(points.x, params, config)
    if config.loss == "cross_entropy":
        return float(np.mean(answers.argmax(axis=1) == points.y))
    return float(np.mean((answers[:, 0] >= 0.5) == (points.y >= 0.5)))
