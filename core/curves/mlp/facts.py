"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

from typing import Protocol

import numpy as np

from core.curves.mlp.layers import Architecture, count_params, layer_sizes, predict
from core.datasets import Samples
from core.history import History
from core.hyperparameters import size_of_batch
from core.learning.claims import Facts


class Recipe(Architecture, Protocol):
    """What the configurations of both engines have."""

    @property
    def learning_rate(self) -> float: ...
    @property
    def n_epochs(self) -> int: ...
    @property
    def batch_size(self) -> int | None: ...
    @property
    def seed(self) -> int: ...


def facts(samples: Samples, config: Recipe, history: History, *, is_own: bool = False) -> Facts:
    """Tell the facts of a run, of either engine.

    Parameters
    ----------
    samples : Samples
        What it learned from.
    config : mlp.Config or torch_lesson.Config
    history : History
        The run.
    is_own : bool, default=False
        The samples are the reader's own.

    Returns
    -------
    dict of str to int, float or str
        ``n_wrong`` counts the samples on the wrong side of ½ at the end, ``n_steps`` the steps up
        and down that the network then makes from sample to sample.

    Examples
    --------
    >>> from core.curves import mlp
    >>> from core.datasets import two_steps
    >>> config = mlp.Config(n_epochs=10)
    >>> found = facts(two_steps(), config, mlp.train(*two_steps(), config))
    >>> found["sizes"], found["n_params"], found["n_weights"], found["n_wrong"], found["n_steps"]
    ('1-3-1', 10, 6, 24, 0)
    """
    x, y = samples
    sizes = layer_sizes(config)
    n_neurons = sum(sizes[1:])
    said = predict(x, history.params[-1], config) >= 0.5
    in_order = said[np.argsort(x, kind="stable")]
    return {
        "n": int(x.size),
        "is_own": int(is_own),
        "sizes": "-".join(map(str, sizes)),
        "n_hidden": config.n_hidden,
        "n_hidden_layers": config.n_hidden_layers,
        "n_params": count_params(sizes),
        "n_weights": count_params(sizes) - n_neurons,
        "n_neurons": n_neurons,
        "n_without_output_bias": count_params(sizes) - 1,
        "activation": config.activation,
        "rate": config.learning_rate,
        "batch": size_of_batch(config.batch_size, x.size),
        "n_epochs": config.n_epochs,
        "seed": config.seed,
        "n_wrong": int(np.sum(said != (y >= 0.5))),
        "n_steps": int(np.sum(in_order[1:] != in_order[:-1])),
        "first_loss": float(history.loss[0]),
        "end_loss": float(history.loss[-1]),
    }
