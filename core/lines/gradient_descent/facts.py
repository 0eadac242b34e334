"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

import numpy as np

from core.datasets import Samples
from core.history import History
from core.hyperparameters import size_of_batch
from core.learning.claims import Facts
from core.lines.gradient_descent.lesson import Config
from core.lines.normal_equation import parabola
from core.number import as_written

NEAR = 1.05
"""So many times the lowest loss is as good as lowest."""


def facts(samples: Samples, config: Config, history: History, zone: str, limit: float) -> Facts:
    """Tell the facts of a run.

    Parameters
    ----------
    samples : Samples
        What it learned from.
    config : Config
    history : History
        The run.
    zone : str
        What its learning rate does; see `core.lines.gradient_descent.rates`.
    limit : float
        The learning rate at which such runs begin to diverge.

    Returns
    -------
    dict of str to int, float or str
        ``seen`` is how many samples the run looked at. ``asked_a`` is the curvature of the
        samples' parabola, rounded as it is written; 1 where they have none.

    Examples
    --------
    >>> from core.datasets import as_samples
    >>> from core.lines.gradient_descent.lesson import train
    >>> samples, config = as_samples([1, 2], [1, 4]), Config(start_weight=0, batch_size=None)
    >>> found = facts(samples, config, train(*samples, config), "good", 0.4)
    >>> found["asked_a"], found["limit_of_all"], found["passes_from"], found["n_updates"]
    (2.5, 0.4, 0.2, 50)
    """
    x, y = samples
    bowl = parabola(x, y)
    best = bowl.vertex if bowl.a > 0 else float(history.column("weight")[0])
    a = as_written(bowl.a) or 1.0
    end = float(history.loss[-1])
    size = size_of_batch(config.batch_size, x.size)
    return {
        "n": int(x.size),
        "rate": config.learning_rate,
        "batch": size,
        "n_epochs": config.n_epochs,
        "n_updates": int(history.update[-1]),
        "seen": int(min(history.update[-1] * size, config.n_epochs * x.size)),
        "asked_a": a,
        "limit_of_all": 1 / a,
        "passes_from": 1 / (2 * a),
        "usual_limit": 1.0,
        "start_weight": float(history.column("weight")[0]),
        "end_weight": float(history.column("weight")[-1]),
        "best_weight": best,
        "first_loss": float(history.loss[0]),
        "highest_loss": float(np.max(history.loss)),
        "end_loss": end,
        "least_loss": bowl.lowest,
        "is_near": int(end <= NEAR * bowl.lowest + 1e-12),
        "zone": zone,
        "limit": limit,
        "ending": "diverged" if history.diverged else zone,
    }
