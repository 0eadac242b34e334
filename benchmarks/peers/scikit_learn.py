"""The same job in scikit-learn: sizes, batches and rate of a lesson, from a start of its own."""

import warnings
from typing import Protocol

from numpy.typing import ArrayLike


class Job(Protocol):
    """What a lesson's configuration says of it."""

    @property
    def batch_size(self) -> int | None: ...
    @property
    def learning_rate(self) -> float: ...
    @property
    def n_epochs(self) -> int: ...
    @property
    def shuffle(self) -> bool: ...
    @property
    def seed(self) -> int: ...


def learn(
    x: ArrayLike, y: ArrayLike, job: Job, hidden_sizes: tuple[int, ...], activation: str
) -> float:
    """Train a classifier by plain SGD for all its epochs; the loss at its end."""
    from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
    from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

    model = MLPClassifier(
        hidden_sizes,
        activation=activation,
        solver="sgd",
        alpha=0.0,
        batch_size=job.batch_size,
        learning_rate_init=job.learning_rate,
        max_iter=job.n_epochs,
        shuffle=job.shuffle,
        random_state=job.seed,
        tol=0.0,
        n_iter_no_change=job.n_epochs,
        momentum=0.0,
        nesterovs_momentum=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # all epochs were asked for
        model.fit(x, y)
    if model.n_iter_ != job.n_epochs:
        raise RuntimeError(f"Not the same job: {model.n_iter_} epochs.")
    return float(model.loss_)
