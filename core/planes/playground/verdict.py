"""What came of a run of the playground: what is to be said of its end, and of the way there."""

from typing import Any, Literal, NamedTuple

import numpy as np

from core.planes.playground.lesson import Config
from core.planes.playground.network import layer_sizes, layers_of
from core.planes.playground.run import Run

Kind = Literal[
    "diverged",
    "stopped",
    "by heart",
    "alike",
    "dead",
    "gone",
    "learned",
    "partly",
    "hardly",
    "number",
]
"""What may be said of a run."""

ROSE, MUCH = 1.25, 0.05
"""Where the test loss ends so many times as high as it once was, and has risen by such a share of
what it was at the start, the network learns by heart."""

LEARNED, HARDLY = 0.95, 0.65
"""From this accuracy on a network has learned its samples; below that one it hardly has."""


class Finding(NamedTuple):
    """One thing to say, and its numbers."""

    kind: Kind
    numbers: dict[str, Any]


def findings(run: Run) -> list[Finding]:
    """Return what is to be said of a run, the most telling first.

    Examples
    --------
    >>> from core.planes.playground import Config, train
    >>> from core.planes.playground.data import make
    >>> [finding.kind for finding in findings(train(*make("blobs"), Config(n_epochs=50)))]
    ['learned']
    >>> zero = Config(n_epochs=2, initialisation="zero")
    >>> [finding.kind for finding in findings(train(*make("circle"), zero))]
    ['alike', 'hardly']
    """
    found = []
    if run.diverged:
        found.append(Finding("diverged", {"update": run.ended_at}))
    if run.stopped_early:
        epochs = {"epoch": int(run.epoch[-1]), "patience": run.config.patience}
        found.append(Finding("stopped", epochs))
    found += [*_by_heart(run), *_of_neurons(run)]
    if not run.diverged:
        found.append(_of_samples(run))
    return found


def _by_heart(run: Run) -> list[Finding]:
    """The test loss rose again, while that of the training samples fell."""
    if "test_loss" not in run.extra or run.diverged:
        return []
    test = run.column("test_loss")
    lowest = int(test.argmin())
    rose = test[-1] - test[lowest]
    if rose < max((ROSE - 1) * test[lowest], MUCH * test[0]) or run.loss[-1] >= run.loss[lowest]:
        return []
    numbers = {"epoch": int(run.epoch[lowest]), "lowest": test[lowest], "last": test[-1]}
    return [Finding("by heart", numbers | {"loss": run.loss[-1]})]


def _of_neurons(run: Run) -> list[Finding]:
    """Neurons that are all alike, or dead; weights that are gone."""
    config, found = run.config, []
    layers = layers_of(run.params[-1], config)
    hidden = [np.column_stack(layer) for layer in layers[:-1]]
    crowds = [rows for rows in hidden if len(rows) > 1]
    if crowds and all((rows == rows[0]).all() for rows in crowds):
        found.append(Finding("alike", {}))
    if "n_dead" in run.extra and run.column("n_dead")[-1] > 0:
        numbers = {"dead": int(run.column("n_dead")[-1]), "n": n_relu(config)}
        found.append(Finding("dead", numbers))
    if config.l1 > 0:
        weights = np.concatenate([layer.weights.ravel() for layer in layers])
        gone = int((weights == 0).sum())
        if gone:
            found.append(Finding("gone", {"gone": gone, "n": weights.size}))
    return found


def n_relu(config: Config) -> int:
    """Return how many hidden neurons are ReLUs.

    Examples
    --------
    >>> n_relu(Config(hidden_sizes=(4, 2), activation=("relu", "tanh")))
    4
    """
    names = config.activation
    if isinstance(names, str):
        names = (names,) * len(config.hidden_sizes)
    sizes = layer_sizes(config)[1:-1]
    return sum(size for size, name in zip(sizes, names, strict=True) if name == "relu")


def _of_samples(run: Run) -> Finding:
    """How well the samples have been learned."""
    if "accuracy" not in run.extra:
        return Finding("number", {"loss": run.loss[-1]})
    share = float(run.column("accuracy")[-1])
    test = float(run.column("test_accuracy")[-1]) if "test_accuracy" in run.extra else None
    kind: Kind = "learned" if share >= LEARNED else "partly" if share >= HARDLY else "hardly"
    return Finding(kind, {"share": share, "test": test})
