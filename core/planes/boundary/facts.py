"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

import math

import numpy as np

from core.history import History
from core.learning.claims import Fact, Facts
from core.number import as_written
from core.planes.boundary.lesson import Config, accuracy, predict, weighted_sum
from core.planes.boundary.lowest import Lowest
from core.planes.boundary.separation import Separation
from core.planes.points import Points


def facts(
    points: Points,
    config: Config,
    history: History,
    found: Separation | None,
    lowest: Lowest | None,
) -> Facts:
    """Tell the facts of a run.

    Parameters
    ----------
    points : Points
        What it learned from.
    config : Config
    history : History
        The run.
    found : Separation or None
        What a line can do at best; None where there are too many points to find out.
    lowest : Lowest or None
        Where cross-entropy rests; None where it has no lowest point, or nobody has looked.

    Returns
    -------
    dict of str to int, float or str
        What nobody knows is nan. The sample that is asked about is answered rightly at the start,
        where one is, and pushes w₁ most of those.

    Examples
    --------
    >>> from core.planes.boundary.lesson import train
    >>> from core.planes.boundary.separation import separation
    >>> from core.planes.points import as_points
    >>> points = as_points([[2, 4], [-2, 1]], [1, 0])
    >>> config = Config(start_weight_1=0, start_weight_2=0, start_bias=0, n_epochs=1)
    >>> run, found = train(*points, config), separation(*points)
    >>> told = facts(points, config, run, found, None)
    >>> told["start_wrong"], told["end_wrong"], told["best_wrong"]
    (1, 0, 0)
    >>> told["asked_error"], told["push"], told["push_without_rate"]
    (-0.5, 0.1, 1.0)
    """
    x, y = points
    start, end = history.params[0], history.params[-1]
    is_one = y >= 0.5
    n, n_ones = int(y.size), int(is_one.sum())
    sums, answers = weighted_sum(x, *start), predict(x, *start)
    pushes = np.abs(answers - y) * np.abs(x[:, 0])
    is_right = (sums >= 0) == is_one
    asked = int(np.argmax(np.where(is_right, 1 + pushes, 0) if is_right.any() else pushes))
    x1, answer, target = as_written(x[asked, 0]), float(answers[asked]), float(y[asked])
    error, rate = as_written(answer - target), as_written(config.learning_rate)
    return {
        "n": n,
        "n_ones": n_ones,
        "fewer": min(n_ones, n - n_ones),
        "rate": rate,
        "n_epochs": config.n_epochs,
        "loss": config.loss,
        "start_wrong": n_wrong(points, start),
        "end_wrong": n_wrong(points, end),
        "best_wrong": math.nan if found is None else found.n_mistakes,
        "end_accuracy": accuracy(x, y, *end),
        "found_ones": int((weighted_sum(x[is_one], *end) >= 0).sum()),
        "first_loss": float(history.loss[0]),
        "end_loss": float(history.loss[-1]),
        "lowest_loss": math.nan if lowest is None else lowest.loss,
        "end_length": float(np.hypot(end[0], end[1])),
        "w1_moved": float(abs(end[0] - start[0])),
        "w2_moved": float(abs(end[1] - start[1])),
        "asked_x1": x1,
        "asked_x2": float(x[asked, 1]),
        "asked_y": _class(target),
        "asked_answer": answer,
        "asked_error": error,
        "push": -rate * error * x1,
        "push_uphill": rate * error * x1,
        "push_without_rate": -error * x1,
        "push_without_x": -rate * error,
        "push_flat": -rate * 2 * error * answer * (1 - answer) * x1,
        "push_none": 0.0,
    }


def n_wrong(points: Points, params: np.ndarray) -> int:
    """Count the samples on the wrong side of the line with these three parameters."""
    share: float = accuracy(*points, *params)
    return round((1 - share) * points.y.size)


def _class(target: float) -> Fact:
    """A class as a whole number, where it is one."""
    return int(target) if target in (0, 1) else target
