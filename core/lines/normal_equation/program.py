"""The normal equation as a program of its own."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.datasets import Samples
from core.export.program import Program, data_of
from core.export.source import source
from core.history import History
from core.lines.normal_equation.lesson import parabola, solve
from core.lines.samples_code import line_samples

TRAIN = '''def parabola(x, y):
    """Return a, b and c: the mean squared error of a weight w is a·w² + b·w + c."""
    return np.mean(x**2), -2 * np.mean(x * y), np.mean(y**2)


def train():
    """Return the best weight and its loss, in the form of a run that took no updates."""
    a, b, c = parabola(x, y)
    best = solve(x, y)
    loss = max(a * best**2 + b * best + c, 0.0)
    return np.array([0]), np.array([[best]]), np.array([loss])


def predict(x, row):
    """Return ŷ; a row of parameters holds the weight."""
    return row[0] * x'''

REPORT = """
print(f"best weight = {params[-1, 0]}")
print(f"loss = {losses[-1]}")"""

PICTURE = """left.scatter(x, y, s=12, color="tab:gray")
grid = np.linspace(x.min(), x.max(), 300)
left.plot(grid, predict(grid, params[-1]), color="tab:red")
left.set(xlabel="x", ylabel="y")
a, b, c = parabola(x, y)
weights = params[-1, 0] + np.linspace(-2, 2, 300)
right.plot(weights, a * weights**2 + b * weights + c)
right.scatter(params[-1], losses, color="tab:red")
right.set(xlabel="weight", ylabel="loss")"""


def program(samples: Samples, described: Mapping[str, Any]) -> Program:
    """Write the solution as a program; see `core.lines.one_weight.program`."""
    data = data_of(samples, described, noisy_line=line_samples)
    return Program(
        title="Normal equation",
        settings="",
        data=data,
        helpers=(),
        loop=source(solve).replace("    x, y = as_samples(x, y)\n", ""),
        blanks=(("return float(x @ y)", "return float(x @ y)"),),
        train=TRAIN,
        picture=PICTURE,
        report=REPORT,
        few="",
        first=lambda: solution(samples),
    )


def solution(samples: Samples) -> History:
    """Return the best weight as a history of no updates."""
    best, lowest = np.array([[solve(*samples)]]), np.array([parabola(*samples).lowest])
    return History(np.zeros(1, np.int64), np.zeros(1, np.int64), best, lowest, ("weight",))
