"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

import numpy as np

from core.datasets import Samples
from core.history import History
from core.learning.claims import Facts
from core.lines.one_weight.lesson import Config, gradient, overshoot_learning_rate, verdict


def facts(samples: Samples, config: Config, history: History, best: float) -> Facts:
    """Tell the facts of a run.

    Parameters
    ----------
    samples : Samples
        What it learned from.
    config : Config
    history : History
        The run.
    best : float
        The least-squares weight of the samples.

    Returns
    -------
    dict of str to int, float or str

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
    asked = int(np.argmax(np.abs(x) >= np.max(np.abs(x)) / 2))  # an x that moves the weight
    w, x_asked, y_asked = float(weights[0]), float(x[asked]), float(y[asked])
    slope = gradient(x_asked, y_asked, w)
    rate = config.learning_rate
    return {
        "n": int(x.size),
        "rate": rate,
        "overshoot_rate": overshoot_learning_rate(x),
        "asked_x": x_asked,
        "asked_y": y_asked,
        "start_weight": w,
        "error": y_asked - w * x_asked,
        "gradient": slope,
        "next_weight": w - rate * slope,
        "next_uphill": w + rate * slope,
        "next_without_rate": w - slope,
        "next_without_x": w + 2 * rate * (y_asked - w * x_asked),
        "best_weight": best,
        "end_weight": float(weights[-1]),
        "end_distance": float(abs(weights[-1] - best)),
        "first_loss": float(history.loss[0]),
        "end_loss": float(history.loss[-1]),
        "least_loss": float(np.mean((y - best * x) ** 2)),
        "ending": verdict(history, config, x, best),
    }
