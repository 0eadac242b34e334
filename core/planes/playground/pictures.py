"""Four runs whose two losses tell four things: to choose between."""

import numpy as np

from core.planes.playground.lesson import Config, train
from core.planes.playground.network import Floats
from core.planes.playground.presets import PRESETS, Preset

N_POINTS = 100
"""A small picture needs no more."""

RUNS: dict[str, Preset] = {
    "too_simple": PRESETS["xor_line"],
    "jumping": Preset("circle", Config(learning_rate=3.0)),
    "by_heart": PRESETS["by_heart"],
    "gap": Preset(
        "moons",
        Config(hidden_sizes=(8,), learning_rate=0.01, n_epochs=100),
        n_samples=100,
        noise=0.4,
    ),
}
"""By name: one line for xor; steps that are too large; ten samples by heart; all as it should."""


def pictures() -> dict[str, Floats]:
    """Train the four, and return how their losses went.

    Returns
    -------
    dict of str to ndarray of float, shape (2, n)
        By name: the loss of the samples learned from, and that of the test samples, at equal shares
        of the run.

    Examples
    --------
    >>> own, test = pictures()["by_heart"]
    >>> bool(own[-1] < 0.1 * own[0]), bool(test[-1] > 2 * test.min())
    (True, True)
    """
    return {name: losses(run) for name, run in RUNS.items()}


def losses(run: Preset) -> Floats:
    """Train one, and return both its losses at equal shares of the run, shape (2, n)."""
    samples = run.samples()
    history = train(*samples.train, run.config, test=samples.test)
    at = np.linspace(0, history.update[-1], N_POINTS)
    both = history.loss, history.column("test_loss")
    return np.stack([np.interp(at, history.update, loss) for loss in both])
