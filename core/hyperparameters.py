"""What the lessons' configurations have in common: one clear sentence for each rule."""

from collections.abc import Sequence

import numpy as np

from core.datasets import LARGEST
from core.messages import N_, require


def check_parameters(**values: float) -> None:
    """Check starting values of parameters: numbers no larger than `LARGEST`.

    Raises
    ------
    InputError
        If one of them is larger, infinite or not a number.

    Examples
    --------
    >>> check_parameters(start_weight=0.1)
    >>> check_parameters(start_weight=float("nan"))
    Traceback (most recent call last):
    core.messages.InputError: start_weight must be between −1e+50 and 1e+50, not nan.
    """
    for name, value in values.items():
        require(
            abs(value) <= LARGEST,
            N_("{name} must be between −{limit} and {limit}, not {value}."),
            name=name,
            limit=LARGEST,
            value=value,
        )


def check_learning_rate(value: float) -> None:
    """Check a learning rate: finite, at least 0.

    Raises
    ------
    InputError
        If it is not.
    """
    require(
        0 <= value < np.inf,
        N_("{name} must be a finite number of at least 0, not {value}."),
        name="learning_rate",
        value=value,
    )


def check_counts(**values: int | None) -> None:
    """Check numbers of things: at least 1, or None for those a lesson leaves open.

    Raises
    ------
    InputError
        If one of them is less.

    Examples
    --------
    >>> check_counts(n_epochs=1, batch_size=None)
    >>> check_counts(batch_size=0)
    Traceback (most recent call last):
    core.messages.InputError: batch_size must be at least 1, not 0.
    """
    for name, value in values.items():
        require(
            value is None or value >= 1,
            N_("{name} must be at least 1, not {value}."),
            name=name,
            value=value,
        )


def check_seed(value: int) -> None:
    """Check the seed of a generator: at least 0.

    Raises
    ------
    InputError
        If it is not.
    """
    require(value >= 0, N_("{name} must be at least 0, not {value}."), name="seed", value=value)


def check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
    """Check that `value` is one of the names in `allowed`.

    Raises
    ------
    InputError
        If it is not.

    Examples
    --------
    >>> check_choice("loss", "cost", ["mean_squared_error"])
    Traceback (most recent call last):
    core.messages.InputError: loss must be one of mean_squared_error, not cost.
    """
    require(
        value in allowed,
        N_("{name} must be one of {allowed}, not {value}."),
        name=name,
        allowed=", ".join(allowed),
        value=value,
    )


def size_of_batch(batch_size: int | None, n_samples: int) -> int:
    """Return the number of samples in a batch: at most all; None is the full batch.

    Examples
    --------
    >>> [size_of_batch(size, 20) for size in (1, 100, None)]
    [1, 20, 20]
    """
    return n_samples if batch_size is None else min(batch_size, n_samples)
