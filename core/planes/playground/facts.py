"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

import math

import numpy as np

from core.learning.claims import Facts
from core.planes.playground import network as net
from core.planes.playground.data import Split
from core.planes.playground.run import Run
from core.planes.playground.verdict import HARDLY, LEARNED, findings


def facts(samples: Split, run: Run, shape: str) -> Facts:
    """Tell the facts of a run.

    Parameters
    ----------
    samples : Split
        What it learned from, and what was kept apart.
    run : Run
        The last stretch of the time line.
    shape : str
        What lays the points out: one of `core.planes.playground.data.Shape`, or "own".

    Returns
    -------
    dict of str to int, float or str
        What there is not, such as the accuracy of a number or a loss of test samples, is nan.

    Examples
    --------
    >>> from core.planes.playground import Config, train
    >>> from core.planes.playground.data import make
    >>> points = make("blobs")
    >>> run = train(*points, Config(hidden_sizes=(4, 2), n_epochs=50))
    >>> told = facts(Split(points, None), run, "blobs")
    >>> told["sizes"], told["n_hidden"], told["n_params"], told["ending"]
    ('2-4-2-1', 6, 25, 'learned')
    """
    config = run.config
    sizes = net.layer_sizes(config)
    test_loss = run.column("test_loss") if "test_loss" in run.extra else np.array([math.nan])
    return {
        "shape": shape,
        "n_train": int(samples.train.y.size),
        "n_test": 0 if samples.test is None else int(samples.test.y.size),
        "has_plain_inputs": int(set(config.inputs) <= {"x1", "x2"}),
        "sizes": "-".join(str(size) for size in sizes),
        "n_hidden": sum(config.hidden_sizes) - len(config.silenced),
        "n_params": net.count_params(config),
        "rate": config.learning_rate,
        "n_epochs": config.n_epochs,
        "first_loss": float(run.loss[0]),
        "end_loss": float(run.loss[-1]),
        "lowest_test_loss": float(test_loss.min()),
        "end_test_loss": float(test_loss[-1]),
        "accuracy": _last(run, "accuracy"),
        "test_accuracy": _last(run, "test_accuracy"),
        "ending": ending(run, samples),
    }


def ending(run: Run, samples: Split) -> str:
    """Name how a run ended: "diverged", "by_heart", "learned", "partly" or "hardly".

    Of a number, the share of its spread that is explained takes the place of the accuracy.

    Examples
    --------
    >>> from core.planes.playground import Config, train
    >>> from core.planes.playground.data import make
    >>> points = make("plane")
    >>> config = Config(hidden_sizes=(), loss="mean_squared_error")
    >>> ending(train(*points, config), Split(points, None))
    'learned'
    """
    if run.diverged:
        return "diverged"
    if any(finding.kind == "by heart" for finding in findings(run)):
        return "by_heart"
    share = _last(run, "accuracy")
    if math.isnan(share):
        spread = float(np.var(samples.train.y))
        share = 1 - float(run.loss[-1]) / spread if spread > 0 else 0.0
    return "learned" if share >= LEARNED else "partly" if share >= HARDLY else "hardly"


def _last(run: Run, column: str) -> float:
    return float(run.column(column)[-1]) if column in run.extra else math.nan
