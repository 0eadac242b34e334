"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

import numpy as np

from core.datasets import Samples
from core.history import History
from core.hyperparameters import size_of_batch
from core.learning.claims import Facts
from core.lines.weight_and_bias.bowl import bowl_of, condition_number
from core.lines.weight_and_bias.lesson import Config, gradient, predict
from core.number import as_written

NEAR = 1.05
"""So many times the lowest loss is as good as lowest."""


def facts(samples: Samples, config: Config, history: History, zone: str) -> Facts:
    """Tell the facts of a run.

    Parameters
    ----------
    samples : Samples
        What it learned from, x as it was used.
    config : Config
    history : History
        The run.
    zone : str
        What its learning rate does; see `core.lines.weight_and_bias.rates`.

    Returns
    -------
    dict of str to int, float or str
        Those called ``asked_`` are of the start and of a sample whose x is neither small nor the
        largest, rounded as they are written. ``end_left`` and ``end_right`` are the last line's
        values at ``x_low`` and ``x_high``, the ends of the samples.

    Examples
    --------
    From (0, 0) the error of (1, 2) is 2, so w = 0.1·2·1·2 and b = 0.1·2·2:

    >>> from core.datasets import as_samples
    >>> from core.lines.weight_and_bias.lesson import train
    >>> config = Config(start_weight=0, start_bias=0)
    >>> samples = as_samples([1, 2], [2, 5])
    >>> found = facts(samples, config, train(*samples, config), "good")
    >>> found["next_bias"], found["next_after_weight"], found["next_uphill"]
    (0.4, 0.32000000000000006, -0.4)
    """
    x, y = samples
    size = np.abs(x)
    asked = int(np.argmin(np.abs(size - 0.5 * size.max())))
    asked_x, asked_y = as_written(float(x[asked])), as_written(float(y[asked]))
    start_weight, start_bias = map(as_written, history.params[0].tolist())
    end_weight, end_bias = history.params[-1].tolist()
    rate = as_written(config.learning_rate)
    d_w, d_b = gradient(asked_x, asked_y, start_weight, start_bias)
    later = gradient(asked_x, asked_y, start_weight - rate * d_w, start_bias)[1]
    low, high = float(x.min()), float(x.max())
    lowest, end = bowl_of(x, y).lowest, float(history.loss[-1])
    left, right = predict([low, high], end_weight, end_bias).tolist()
    return {
        "n": int(x.size),
        "rate": config.learning_rate,
        "batch": size_of_batch(config.batch_size, x.size),
        "n_epochs": config.n_epochs,
        "n_updates": int(history.update[-1]),
        "asked_x": asked_x,
        "asked_y": asked_y,
        "asked_w": start_weight,
        "asked_b": start_bias,
        "asked_error": asked_y - (start_weight * asked_x + start_bias),
        "next_bias": start_bias - rate * d_b,
        "next_uphill": start_bias + rate * d_b,
        "next_with_x": start_bias - rate * d_b * asked_x,
        "next_after_weight": start_bias - rate * later,
        "x_low": low,
        "x_high": high,
        "end_left": left,
        "end_right": right,
        "end_weight": end_weight,
        "end_bias": end_bias,
        "first_loss": float(history.loss[0]),
        "end_loss": end,
        "least_loss": lowest,
        "is_near": int(end <= NEAR * lowest + 1e-12),
        "condition": condition_number(x),
        "zone": zone,
        "ending": "diverged" if history.diverged else zone,
    }
