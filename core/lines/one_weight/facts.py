"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

import numpy as np

from core.datasets import Samples
from core.history import History
from core.learning.claims import Facts
from core.lines.one_weight.lesson import Config, gradient, overshoot_learning_rate, verdict
from core.number import as_written


def facts(samples: Samples, config: Config, history: History, best: float) -> Facts:
    """Tell the facts of a run.

    Parameters
    ----------
    samples : Samples
        What it learned from.
    config : Config
    history : History
        The run, with every update.
    best : float
        The least-squares weight of the samples.

    Returns
    -------
    dict of str to int, float or str
        Those called ``asked_`` are of a sample whose x is not small, and rounded as they are
        written, so that a reader can compute with them.

    Examples
    --------
    >>> from core.lines.one_weight.lesson import train
    >>> from core.datasets import as_samples
    >>> samples, config = as_samples([1, 2], [1, 4]), Config(start_weight=0.5)
    >>> found = facts(samples, config, train(*samples, config), best=1.8)
    >>> found["next_weight"], found["end_weight"], found["ending"]
    (1.0, 5.0, 'overshooting')
    """
    x, y = samples
    weights = history.column("weight")
    size = np.abs(x)
    asked = int(np.argmin(np.abs(size - 0.7 * size.max())))
    asked_x, asked_y = as_written(float(x[asked])), as_written(float(y[asked]))
    start, rate = as_written(float(weights[0])), as_written(config.learning_rate)
    slope, error = gradient(asked_x, asked_y, start), asked_y - start * asked_x
    return {
        "n": int(x.size),
        "n_updates": int(history.update[-1]),
        "rate": config.learning_rate,
        "overshoot_rate": overshoot_learning_rate(x),
        "asked_x": asked_x,
        "asked_y": asked_y,
        "asked_error": error,
        "asked_step": -rate * slope,
        "start_weight": start,
        "next_weight": start - rate * slope,
        "next_uphill": start + rate * slope,
        "next_without_rate": start - slope,
        "next_without_x": start + 2 * rate * error,
        "best_weight": best,
        "before_distance": float(abs(weights[-2:][0] - best)),
        "end_weight": float(weights[-1]),
        "end_distance": float(abs(weights[-1] - best)),
        "last_error": float(abs(y[-1] - best * x[-1])),
        "ending": verdict(history, config, x, best).replace(" ", "_"),
    }
