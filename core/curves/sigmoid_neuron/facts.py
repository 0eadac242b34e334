"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

from typing import Literal

import numpy as np

from core.curves.activations.functions import sigmoid_derivative
from core.curves.sigmoid_neuron.lesson import Config, accuracy, predict
from core.datasets import Samples
from core.history import History
from core.learning.claims import Facts
from core.number import as_written

Ending = Literal["learned", "stuck", "on_the_way", "diverged"]
"""How a run ended; see `facts`."""

LEARNED = 0.95
"""A run has learned its samples where so many of them lie on the right side of ½."""

FLAT = 0.01
"""A neuron is saturated on a sample where the sigmoid's slope is less than this."""


def facts(samples: Samples, config: Config, history: History) -> Facts:
    """Tell the facts of a run.

    Parameters
    ----------
    samples : Samples
        What it learned from.
    config : Config
    history : History
        The run.

    Returns
    -------
    dict of str to int, float or str
        Those called ``asked_`` are of the start and of a sample whose x is neither small nor the
        largest, rounded as they are written, for the squared error. ``ending`` is learned where at
        least 95 % of the samples lie on the right side of ½; stuck where they do not, and the
        weight has moved by less than 0.5; else on the way, if the run has not diverged.

    Examples
    --------
    At ŷ = ½ the squared error of y = 1 has the slopes −2·½, ½·½ and x = 2:

    >>> from core.datasets import as_samples
    >>> from core.curves.sigmoid_neuron.lesson import train
    >>> samples, config = as_samples([-4, 2], [0, 1]), Config(start_weight=0, start_bias=0)
    >>> found = facts(samples, config, train(*samples, config))
    >>> found["asked_x"], found["slope"], found["slope_without_sigmoid"], found["ending"]
    (2.0, -0.5, -2.0, 'learned')
    """
    x, y = samples
    first_weight, first_bias = history.params[0].tolist()
    weight, bias = history.params[-1].tolist()
    size = np.abs(x)
    asked = int(np.argmin(np.abs(size - 0.5 * size.max())))
    asked_x, asked_y = as_written(float(x[asked])), as_written(float(y[asked]))
    y_hat = as_written(float(predict(asked_x, first_weight, first_bias)))
    to_y_hat, to_z = -2 * (asked_y - y_hat), y_hat * (1 - y_hat)
    share = accuracy(x, y, weight, bias)
    moved = abs(weight - first_weight)
    z = first_weight * x + first_bias
    return {
        "n": int(x.size),
        "rate": config.learning_rate,
        "n_epochs": config.n_epochs,
        "loss": config.loss,
        "asked_x": asked_x,
        "asked_y": asked_y,
        "asked_y_hat": y_hat,
        "slope": to_y_hat * to_z * asked_x,
        "slope_without_sigmoid": to_y_hat * asked_x,
        "slope_without_x": to_y_hat * to_z,
        "slope_added": to_y_hat + to_z + asked_x,
        "link_loss": to_y_hat,
        "link_sigmoid": to_z,
        "start_weight": first_weight,
        "start_bias": first_bias,
        "end_weight": weight,
        "end_bias": bias,
        "weight_moved": moved,
        "first_accuracy": accuracy(x, y, first_weight, first_bias),
        "accuracy": share,
        "saturated": float(np.mean(sigmoid_derivative(z) < FLAT)),
        "first_loss": float(history.loss[0]),
        "end_loss": float(history.loss[-1]),
        "ending": _ending(history, share, moved),
    }


def _ending(history: History, share: float, moved: float) -> Ending:
    if history.diverged:
        return "diverged"
    if share >= LEARNED:
        return "learned"
    return "stuck" if moved < 0.5 else "on_the_way"
