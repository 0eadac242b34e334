"""Benchmarks of the lessons: the compiled loop beside the same loop in plain Python."""

import numpy as np

from benchmarks.table import Row, median_seconds
from core.datasets import Samples, noisy_line
from core.lines import one_weight


def plain_python(samples: Samples, weight: float, learning_rate: float) -> float:
    """The loop of One weight as plain Python."""
    for x, y in zip(*samples, strict=True):
        error = y - weight * x
        gradient = -2 * error * x
        weight -= learning_rate * gradient
    return weight


def rows() -> list[Row]:
    """Measure, and give the rows of the table."""
    config = one_weight.Config()
    one_weight.train([1.0], [1.0], config)  # compile
    table = []
    for n_updates in (100, 10_000, 1_000_000):
        table += one_weight_rows(noisy_line(n_updates), config)
    return table


def one_weight_rows(samples: Samples, config: one_weight.Config) -> list[Row]:
    """Measure One weight on `samples`: one update a sample."""
    x, y = samples
    band = -np.inf, np.inf  # never diverge
    loop = median_seconds(lambda: one_weight.learn(x, y, 0.5, 0.5, 10_000, *band), repeat=7)
    whole = median_seconds(lambda: one_weight.train(x, y, config), repeat=7)
    plain = median_seconds(lambda: plain_python(samples, 0.5, 0.5), repeat=3)
    name = f"One weight, {x.size:,} updates"
    return [
        Row(f"{name}: the loop", loop),
        Row(f"{name}: with its history and losses", whole),
        Row(f"{name}: plain Python", plain, f"{plain / loop:.0f} times as long as the loop"),
    ]
