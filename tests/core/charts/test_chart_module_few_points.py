"""Every chart with no point, one or two, and with equal values: its axes keep an extent."""

import functools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from core.charts.curves.mlp import many_starts
from core.charts.curves.mlp import mlp as mlp_player
from core.charts.curves.sigmoid_neuron import saturation
from core.charts.curves.sigmoid_neuron import sigmoid_neuron as sigmoid_player
from core.charts.digits import handwriting, own_digits, train
from core.charts.digits.inspect import accuracy, confusion, unit_strip
from core.charts.lab import compare
from core.charts.lab.compare import Shown
from core.charts.lab.sweep import learning_curves, run_cells, scatter
from core.charts.lines import normal_equation, one_weight, weight_and_bias
from core.charts.lines.gradient_descent import gradient_descent as descent_player
from core.charts.lines.gradient_descent import race
from core.charts.planes.boundary import both_losses
from core.charts.planes.boundary import boundary as boundary_player
from core.charts.planes.playground import playground as playground_player
from core.charts.start.what_is_a_model import tiny_network
from core.curves import mlp, sigmoid_neuron
from core.curves.mlp.many_starts import ManyStarts
from core.digits.inspect.units import Activity
from core.lab.compare.learning_curves import MEASURES
from core.lab.sweep.plan import sweep_of
from core.lab.sweep.text import parse
from core.lines import gradient_descent
from core.lines import one_weight as one_weight_lesson
from core.lines import weight_and_bias as bias_lesson
from core.planes import boundary, playground
from core.planes.boundary.separation import separation
from core.planes.playground.data import Split
from core.planes.points import as_points
from core.start import what_is_a_model
from tests.core.charts.digits.inspect.evaluations import evaluation
from tests.core.charts.digits.test_train import Point
from tests.core.charts.lab.sweep.test_heat_map import BASE, STATES, runs

Chart = tuple[dict[str, Any], dict[str, pd.DataFrame]]

SAMPLES = {
    "one": ([1.0], [0.5]),
    "two": ([1.0, 2.0], [0.5, 1.0]),
    "equal": ([0.5, 0.5], [0.5, 0.5]),
    "at zero": ([0.0, 0.0], [0.0, 0.0]),
    "tiny": ([1e-9, 2e-9], [1e-9, 0.0]),
}
"""Samples for the lessons; of the first two the start weight 0.5 explains all."""


@functools.cache
def lay_out(module: Any, *arguments: Any, **options: Any) -> Any:
    """What the module of a chart lays out; altair is slow, and one layout serves many tables."""
    return module.specification(*arguments, **options)


def players(x: list[float], y: list[float]) -> Iterator[tuple[str, Chart]]:
    """The chart of each lesson that learns from samples, after as short a run as there is."""
    once = {"n_epochs": 1, "batch_size": None}
    lines = one_weight_lesson.Config()
    history = one_weight_lesson.train(x, y, lines)
    tables = one_weight.tables(x, y, lines, history)
    yield "one_weight", (lay_out(one_weight, len(tables["frames"])), tables)
    steps = gradient_descent.Config(start_weight=0.5, **once)
    history = gradient_descent.train(x, y, steps)
    yield (
        "gradient_descent",
        (lay_out(descent_player, 2), descent_player.tables(x, y, steps, history)),
    )
    yield "race", (lay_out(race), race.tables(x, y, steps))
    bowl = bias_lesson.Config(**once)
    history = bias_lesson.train(x, y, bowl)
    yield (
        "weight_and_bias",
        (lay_out(weight_and_bias, 2), weight_and_bias.tables(x, y, bowl, history)),
    )
    if any(x):
        yield (
            "normal_equation",
            (lay_out(normal_equation), normal_equation.tables(x, y, one_weight=0.5)),
        )
    neuron = sigmoid_neuron.Config(**once)
    history = sigmoid_neuron.train(x, y, neuron)
    yield (
        "sigmoid_neuron",
        (lay_out(sigmoid_player, 2), sigmoid_player.tables(x, y, neuron, history)),
    )
    yield (
        "saturation",
        (lay_out(saturation), saturation.tables(x, y, {neuron.loss: history})),
    )
    points, line = as_points([[one, 0.5] for one in x], y), boundary.Config(**once)
    history = boundary.train(*points, line)
    yield (
        "boundary",
        (
            lay_out(boundary_player, 2),
            boundary_player.tables(points, line, history, separation(*points), None),
        ),
    )
    yield (
        "both losses",
        (lay_out(both_losses), both_losses.tables(points, {line.loss: history})),
    )
    small = playground.Config(hidden_sizes=(2,), loss="mean_squared_error", **once)
    run = playground.train(*points, small)
    yield (
        "playground",
        (
            lay_out(playground_player, 2, (2, 2, 1), small.inputs, ("tanh",), n_classes=0),
            playground_player.tables(Split(points, None), [run]),
        ),
    )
    network = mlp.Config(n_hidden=1, **once)
    history = mlp.train(x, y, network)
    for logarithmic in (False, True):
        yield (
            f"mlp, logarithmic {logarithmic}",
            (
                lay_out(mlp_player, 2, (1, 1, 1), logarithmic=logarithmic),
                mlp_player.tables(x, y, network, history, logarithmic=logarithmic),
            ),
        )


@functools.cache
def _compared(logarithmic: bool) -> dict[str, Any]:
    return compare.specification({"run_1": "a run"}, logarithmic=logarithmic)


def measured() -> Iterator[tuple[str, Chart]]:
    """The charts of digits and of the lab, with few points and equal ones."""
    for n, loss, right in [(0, 0.0, 0.0), (1, 0.3, 0.9), (1, 0.0, 1.0), (2, 0.3, 0.9), (2, 0.1, 1)]:
        name = f"{n} of loss {loss}, accuracy {right}"
        points = [Point(epoch, loss, right, loss, right) for epoch in range(1, n + 1)]
        for logarithmic in (False, True):
            tables = train.tables(points, n_epochs=max(n, 1), logarithmic=logarithmic)
            yield f"train, {name}", (lay_out(train, logarithmic=logarithmic), tables)
            if n:
                table = pd.DataFrame({"epoch": range(n), "images": range(n), "seconds": 0.0})
                values = dict.fromkeys(MEASURES, right) | {"train_loss": loss, "test_loss": loss}
                run = Shown(0, "a run", table.assign(**values))
                yield (
                    f"compare, {name}",
                    (
                        _compared(logarithmic),
                        compare.tables([run], logarithmic=logarithmic),
                    ),
                )
        sweep = sweep_of(BASE, {"learning_rate": "1e-4..1e-1:2"})
        found = runs(sweep, {trial: [right] for trial in range(n)})
        cells = run_cells.cells(found, STATES)
        yield (
            f"sweep's curves, {name}",
            (lay_out(learning_curves, 1), learning_curves.tables(found, {})),
        )
        across = parse("learning_rate", "1e-4..1e-1")
        yield (
            f"sweep's points, {name}",
            (lay_out(scatter, across, None), scatter.tables(cells, found, across, None)),
        )
    for losses in ([0.0, 0.0], [0.1, 0.1], [1e-9, 0.3]):
        starts = ManyStarts(np.arange(2), np.array(losses), np.zeros((2, 4)), max(losses))
        yield f"many starts {losses}", (lay_out(many_starts), many_starts.tables(starts, 0))
    for answers in ([1, 1], [2, 2]):
        judged = evaluation([1, 1], answers)
        yield f"digits {answers}", (lay_out(accuracy), accuracy.tables(judged))
        yield (
            f"confusion {answers}",
            (lay_out(confusion), confusion.tables(judged.confusion, 1, 2)),
        )
    none = np.zeros((10, 11), int)
    cells, shares = own_digits.confusion_table(none), handwriting.share_table(none, [0.9] * 10)
    yield "own digits", (own_digits.confusion_specification(), {"cells": cells})
    yield "own shares", (handwriting.share_specification(), {"shares": shares})
    for share in (0.0, 1.0):
        dead = Activity(np.array([share]), np.zeros((1, 8), int), np.array([share == 0]))
        yield f"one unit, {share}", (lay_out(unit_strip), unit_strip.tables(dead, []))
    config = what_is_a_model.Config(n_updates=1)
    history = what_is_a_model.train(0, 0, config)
    tables = tiny_network.tables(0, 0, config, history)
    yield "tiny network", (lay_out(tiny_network, len(tables["frames"])), tables)


CHARTS: dict[str, Callable[[], Iterator[tuple[str, Chart]]]] = {
    "measured": measured,
    **{f"from {samples}": functools.partial(players, *xy) for samples, xy in SAMPLES.items()},
}
"""By what they show; made when they are asked about, not in every process that collects tests."""


def views(specification: Any) -> Iterator[list[dict[str, Any]]]:
    """The layers of each view of a chart."""
    if "layer" in specification:
        inner = [layers for part in specification["layer"] for layers in views(part)]
        yield [layer for layers in inner for layer in layers]
    elif "mark" in specification:
        yield [{"encoding": {}} | specification]
    for key in ("vconcat", "hconcat"):
        for view in specification.get(key, []):
            yield from views(view)


class Scale(NamedTuple):
    """An axis of a quantity in one view."""

    channel: str
    kind: str
    ends: list[Any] | None
    """What the chart says of its ends; None: Vega takes them from the data."""


def scales(layers: list[dict[str, Any]]) -> Iterator[Scale]:
    """The quantities' axes of a view; those of its layers are one."""
    for channel in "xy":
        found = [layer["encoding"][channel] for layer in layers if channel in layer["encoding"]]
        found = [one for one in found if one.get("type") == "quantitative"]
        shown = [one for one in found if one.get("axis", "shown") is not None]
        given = [one["scale"] for one in found if one.get("scale")]
        ends = [
            scale.get("domain") or [scale["domainMin"], scale["domainMax"]]
            for scale in given
            if "domain" in scale or "domainMin" in scale
        ]
        if shown:
            kinds = {scale.get("type", "linear") for scale in given} or {"linear"}
            yield Scale(channel, *kinds, ends[0] if ends else None)


@pytest.mark.parametrize("shown", CHARTS)
def test_each_axis_has_an_extent(shown: str) -> None:
    for name, (specification, tables) in CHARTS[shown]():
        json.dumps(specification)
        n = 0
        for layers in views(specification):
            for scale in scales(layers):
                n += 1
                assert scale.ends is not None, f"{name}: the axis {scale.channel} hangs on the data"
                low, high = (_value(end, tables) for end in scale.ends)
                assert np.isfinite([low, high]).all(), name
                assert high > low, name
                assert scale.kind != "log" or low > 0, name
        assert n or not re.match("train|compare|sweep|race|many|saturation", name), name


def _value(end: Any, tables: dict[str, pd.DataFrame]) -> float:
    """One end of an axis, a number or the expression that reads it from a table."""
    if isinstance(end, dict):
        table, column = re.findall(r"^data\('(\w+)'\)\[0\]\.(\w+)$", end["expr"])[0]
        end = tables[table][column].iloc[0]
    return float(end)


def test_a_line_of_one_point_is_seen_as_a_point() -> None:
    lines = {name: chart for name, chart in measured() if re.match("train, 1|sweep's c.*1", name)}
    assert lines
    for name, (specification, _) in lines.items():
        lone = [
            layer
            for layers in views(specification)
            for layer in layers
            if {"filter": "datum.points_of_line == 1"} in layer.get("transform", [])
        ]
        assert lone, name
        assert all(
            layer["mark"]["type"] == "circle" and layer["mark"]["opacity"] for layer in lone
        ), name
